const ALIGNMENTS = ["left", "right"];

/** A column as the caller described it, with defaults and checked. */
export function column({ title = "", align = "left", min = 0 } = {}) {
  if (!ALIGNMENTS.includes(align)) {
    throw new RangeError(`unknown alignment ${align}`);
  }
  return { title, align, min };
}

/** How wide a column is, with these texts in it. */
export function widthOf({ min }, texts) {
  return Math.max(min, ...texts.map((text) => text.length));
}
