import assert from "node:assert/strict";
import test from "node:test";

import { importReadings } from "../src/import.js";
import { report } from "../src/report.js";

function archive() {
  const rows = [];
  return {
    rows,
    async open() {},
    async write(row) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      rows.push(row);
    },
    async close() {
      rows.push("closed");
    },
  };
}

test("an empty file writes nothing", async () => {
  const summary = await importReadings([], archive());
  assert.deepEqual(summary, { written: 0, skipped: 0, failed: [] });
});

test("comments are skipped", async () => {
  const summary = await importReadings(["# north", ""], archive());
  assert.equal(summary.skipped, 2);
});

test("bad lines are noted", async () => {
  const summary = await importReadings(["M1;ten"], archive());
  assert.deepEqual(summary.failed, [{ line: 1, reason: "not a reading: M1;ten" }]);
});

test("readings are written before the archive is closed", async () => {
  const target = archive();
  const summary = await importReadings(["M1;10", "# note", "M2;20"], target);
  assert.deepEqual(target.rows, [
    { meter: "M1", litres: 10 },
    { meter: "M2", litres: 20 },
    "closed",
  ]);
  assert.equal(summary.written, 2);
});

test("the mail says how many were written", async () => {
  const summary = await importReadings(["M1;10", "M2;x"], archive());
  assert.equal(report(summary), "1 written, 0 skipped, 1 failed\nline 2: not a reading: M2;x");
});
