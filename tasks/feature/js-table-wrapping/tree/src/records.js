import { renderTable } from "./table.js";

/** A table of objects: a column for each of `keys`, titled with its key unless it says otherwise. */
export function renderRecords(records, keys, options) {
  const columns = keys.map((key) => (typeof key === "string" ? { key, title: key } : key));
  const rows = records.map((record) => columns.map(({ key }) => record[key]));
  return renderTable(columns, rows, options);
}
