/** The mail that goes out after an import: one line, then one for each failure. */
export function report({ written, skipped, failed }) {
  const head = `${written} written, ${skipped} skipped, ${failed.length} failed`;
  return [head, ...failed.map(({ line, reason }) => `line ${line}: ${reason}`)].join("\n");
}
