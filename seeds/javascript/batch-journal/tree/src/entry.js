/** How urgent a level is, from 0 to 3: debug, info, warning, error. Others are a RangeError. */
export function rank(level) {
  switch (level) {
    case "debug":
      return 0;
    case "info":
      return 1;
    case "warning":
      return 2;
    case "error":
      return 3;
    default:
      throw new RangeError(`unknown level ${level}`);
  }
}

/** `text` in at most `width` characters; what was cut ends in "..". */
export function shorten(text, width) {
  if (text.length <= width) {
    return text;
  }
  if (width < 3) {
    return text.slice(0, width);
  }
  return text.slice(0, width - 2) + "..";
}

/** One line: a number of four digits or more, the level in capitals, the text on one line. */
export function formatEntry(number, level, text, width) {
  const digits = String(number).padStart(4, "0");
  const name = level.toUpperCase().padEnd(7, " ");
  const flat = text.trim().replace(/\s+/g, " ");
  return `${digits} ${name} ${shorten(flat, width)}`;
}
