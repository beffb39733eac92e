/**
 * One line of the readings file, `meter;litres`, as `{ meter, litres }`.
 *
 * Empty lines and lines that start with "#" are no readings: null. Anything else that is not a
 * reading is an Error.
 */
export function parseRow(line) {
  const text = line.trim();
  if (text === "" || text.startsWith("#")) {
    return null;
  }
  const parts = text.split(";");
  const litres = Number(parts[1]);
  if (parts.length !== 2 || parts[0] === "" || parts[1] === "" || !Number.isInteger(litres)) {
    throw new Error(`not a reading: ${text}`);
  }
  return { meter: parts[0], litres };
}
