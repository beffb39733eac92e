/** Something that can be lent: `kind` is a key of the setting loanDays. */
export function item({ id, title, kind = "book" }) {
  return Object.freeze({ id, title, kind });
}
