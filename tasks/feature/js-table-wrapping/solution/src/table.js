import { cellText, pad, wrap } from "./cells.js";
import { column, widthOf } from "./columns.js";

/** A table as text; docs/tables.md has the details. */
export function renderTable(columns, rows, { gap = "  ", header = true } = {}) {
  const shaped = columns.map((one) => column(one));
  const body = rows.flatMap((row) => wrapped(texts(row, shaped.length), shaped));
  const titles = wrapped(shaped.map(({ title }) => cellText(title)), shaped);
  const all = header ? [...titles, ...body] : body;
  const widths = shaped.map((one, at) => widthOf(one, all.map((line) => line[at])));
  const lines = all.map((line) => layLine(line, shaped, widths, gap));
  if (header) {
    lines.splice(titles.length, 0, layRule(widths, gap));
  }
  return lines.join("\n");
}

function texts(row, count) {
  if (row.length > count) {
    throw new RangeError(`a row has ${row.length} cells, the table ${count} columns`);
  }
  return Array.from({ length: count }, (_, at) => cellText(row[at]));
}

/** One row of texts as the lines that it takes, cells above each other. */
function wrapped(line, columns) {
  const cells = line.map((text, at) => wrap(text, columns[at].max));
  const height = Math.max(1, ...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, at) => cells.map((cell) => cell[at] ?? ""));
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
