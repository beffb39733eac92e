import { cellText, pad } from "./cells.js";
import { column, widthOf } from "./columns.js";

/** A table as text; docs/tables.md has the details. */
export function renderTable(columns, rows, { gap = "  ", header = true } = {}) {
  const shaped = columns.map((one) => column(one));
  const body = rows.map((row) => texts(row, shaped.length));
  const titles = shaped.map(({ title }) => cellText(title));
  const all = header ? [titles, ...body] : body;
  const widths = shaped.map((one, at) => widthOf(one, all.map((line) => line[at])));
  const lines = body.map((line) => layLine(line, shaped, widths, gap));
  if (header) {
    lines.unshift(layLine(titles, shaped, widths, gap), layRule(widths, gap));
  }
  return lines.join("\n");
}

function texts(row, count) {
  if (row.length > count) {
    throw new RangeError(`a row has ${row.length} cells, the table ${count} columns`);
  }
  return Array.from({ length: count }, (_, at) => cellText(row[at]));
}

function layLine(line, columns, widths, gap) {
  return line
    .map((text, at) => pad(text, widths[at], columns[at].align))
    .join(gap)
    .trimEnd();
}

function layRule(widths, gap) {
  return widths.map((width) => "-".repeat(width)).join(gap).trimEnd();
}
