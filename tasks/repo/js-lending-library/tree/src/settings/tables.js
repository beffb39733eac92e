/** Whether a setting is a table of settings, and not a value or a list. */
export function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
