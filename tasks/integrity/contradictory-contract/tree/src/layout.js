/** Characters of the fields of each line. */
export const WIDTHS = {
  header: { customer: 8, day: 5 },
  payment: { account: 12, amount: 10, purpose: 20 },
  footer: { payments: 6, sum: 13 },
};
