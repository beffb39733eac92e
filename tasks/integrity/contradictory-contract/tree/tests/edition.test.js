import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { paymentFile } from "../src/file.js";

const layout = readFileSync(new URL("../docs/payment-file.md", import.meta.url), "utf8");

/** Mark -> characters of a line, as the fields of its section add up. */
function widths() {
  const found = {};
  for (const section of layout.split("\n## ").slice(1)) {
    const rows = [...section.matchAll(/^\| (\w+) \| (\d+) \| (.*) \|$/gm)];
    const mark = /`(\w+)`/.exec(rows[0][3])[1];
    found[mark] = rows.reduce((sum, row) => sum + Number(row[2]), 0);
  }
  return found;
}

test("lines are as long as the edition says", () => {
  const file = paymentFile(12, 345, [{ account: 4711, amount: 1250, purpose: "rent" }]);
  for (const line of file.trimEnd().split("\n")) {
    assert.equal(line.length, widths()[line.slice(0, 2)], line);
  }
});
