import { isTable } from "./tables.js";

/** `table`, which nobody can change any more, nor anything inside it. */
export function frozen(table) {
  for (const value of Object.values(table)) {
    if (isTable(value)) {
      frozen(value);
    }
  }
  return Object.freeze(table);
}
