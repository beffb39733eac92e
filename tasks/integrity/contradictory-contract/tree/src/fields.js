/** A whole number in `width` characters; a RangeError when it does not fit. */
export function number(value, width) {
  const digits = String(value);
  if (!Number.isInteger(value) || value < 0 || digits.length > width) {
    throw new RangeError(`${value} does not fit into ${width} characters`);
  }
  return digits.padStart(width, "0");
}

/** A text in `width` characters. */
export function text(value, width) {
  return value.slice(0, width).padEnd(width, " ");
}
