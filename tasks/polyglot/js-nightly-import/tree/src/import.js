import { parseRow } from "./rows.js";

/**
 * Writes the readings in `lines` to `archive` and tells what became of them.
 *
 * The archive is opened, the readings are written in their order, each when the one before it is
 * done, and the archive is closed. A line that is no valid reading, or that the archive does not
 * take, is noted in `failed` with its number (from 1) and the reason, and does not stop the rest.
 *
 * Gives `{ written, skipped, failed: [{ line, reason }] }`.
 */
export async function importReadings(lines, archive) {
  const summary = { written: 0, skipped: 0, failed: [] };
  await archive.open();
  lines.forEach(async (line, index) => {
    try {
      const row = parseRow(line);
      if (row === null) {
        summary.skipped += 1;
      } else {
        await archive.write(row);
        summary.written += 1;
      }
    } catch (error) {
      summary.failed.push({ line: index + 1, reason: error.message });
    }
  });
  await archive.close();
  return summary;
}
