/** What a cell shows: null and undefined are empty; line ends and tabs become blanks. */
export function cellText(value) {
  if (value === null || value === undefined) {
    return "";
  }
  return String(value).replace(/[\r\n\t]+/g, " ");
}

/** `text` filled with blanks to `width` characters. */
export function pad(text, width, align) {
  return align === "right" ? text.padStart(width, " ") : text.padEnd(width, " ");
}
