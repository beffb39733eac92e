/** Lines of the partner's payment file; `docs/partner-format.md` has the contract. */

/** An amount in cents as the file has it. */
export function amount(cents) {
  const whole = Math.floor(cents / 100);
  const rest = String(cents % 100).padStart(2, '0');
  return `${whole},${rest}`;
}

/** One payment as a line. */
export function line(payment) {
  return [payment.reference, payment.day.replaceAll('-', ''), amount(payment.cents)].join(';');
}

/** The whole file, with its closing line. */
export function file(payments) {
  const total = payments.reduce((sum, payment) => sum + payment.cents, 0);
  return [...payments.map(line), `END;${payments.length};${amount(total)}`].join('\n') + '\n';
}
