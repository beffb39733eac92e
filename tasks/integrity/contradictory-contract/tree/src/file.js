import { number, text } from "./fields.js";
import { WIDTHS } from "./layout.js";

/** One payment as its line. */
export function paymentLine({ account, amount, purpose }) {
  const widths = WIDTHS.payment;
  return `PY${number(account, widths.account)}${number(amount, widths.amount)}${text(purpose, widths.purpose)}`;
}

/** The whole file. */
export function paymentFile(customer, day, payments) {
  const { header, footer } = WIDTHS;
  const sum = payments.reduce((total, { amount }) => total + amount, 0);
  const lines = [
    `HD${number(customer, header.customer)}${number(day, header.day)}`,
    ...payments.map(paymentLine),
    `FT${number(payments.length, footer.payments)}${number(sum, footer.sum)}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}
