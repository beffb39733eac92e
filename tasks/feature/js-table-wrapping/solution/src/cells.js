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

/** `text` as lines of at most `max` characters, broken between words where that is possible. */
export function wrap(text, max) {
  if (text.length <= max) {
    return [text];
  }
  const lines = [];
  let line = "";
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= max) {
      line = longer;
      continue;
    }
    if (line !== "") {
      lines.push(line);
    }
    line = word;
    while (line.length > max) {
      lines.push(line.slice(0, max));
      line = line.slice(max);
    }
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}
