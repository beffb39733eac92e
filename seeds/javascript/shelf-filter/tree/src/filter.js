import { parse } from "./parser.js";

/** The items for which `condition` holds, at most `limit` of them, in their order. */
export function filter(condition, items, limit = Infinity) {
  const test = parse(condition);
  const found = [];
  for (const item of items) {
    if (found.length >= limit) {
      break;
    }
    if (test(item)) {
      found.push(item);
    }
  }
  return found;
}
