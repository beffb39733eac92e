const folded = (value) => String(value).toLowerCase();

/** Whether a field's value and a condition's are equal, for `=` and `!=`. */
export function same(left, right) {
  if (left === undefined || left === null) {
    return false;
  }
  if (typeof left === "number" || typeof right === "number") {
    return left === right;
  }
  return folded(left) === folded(right);
}

/** Whether `left sign right` holds. */
export function compares(left, sign, right) {
  if (sign === "=") {
    return same(left, right);
  }
  if (sign === "!=") {
    return !same(left, right);
  }
  if (typeof left !== "number" || typeof right !== "number") {
    return false;
  }
  switch (sign) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new RangeError(`no comparison ${sign}`);
  }
}

/** Whether `value` is a number from `low` to `high`. */
export function within(value, low, high) {
  return typeof value === "number" && low <= value && value <= high;
}

/** Whether a text contains `word`, or a list has it. */
export function contains(value, word) {
  if (Array.isArray(value)) {
    return value.some((one) => folded(one) === folded(word));
  }
  return typeof value === "string" && folded(value).includes(folded(word));
}

/** Whether a field alone counts as set. */
export function isSet(value) {
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  return Boolean(value);
}
