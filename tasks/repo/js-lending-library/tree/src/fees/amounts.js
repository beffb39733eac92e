/** Cents as they are written for members. */
export function amount(cents) {
  const rest = String(cents % 100).padStart(2, "0");
  return `${Math.floor(cents / 100)}.${rest}`;
}
