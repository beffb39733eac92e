const ALIGNMENTS = ["left", "right"];

/** A column as the caller described it, with defaults and checked. */
export function column({ title = "", align = "left", min = 0, max = Infinity } = {}) {
  if (!ALIGNMENTS.includes(align)) {
    throw new RangeError(`unknown alignment ${align}`);
  }
  if (max !== Infinity && (!Number.isInteger(max) || max < 1)) {
    throw new RangeError("max must be a whole number above zero");
  }
  if (max < min) {
    throw new RangeError("max must not be below min");
  }
  return { title, align, min, max };
}

/** How wide a column is, with these texts in it. */
export function widthOf({ min }, texts) {
  return Math.max(min, ...texts.map((text) => text.length));
}
