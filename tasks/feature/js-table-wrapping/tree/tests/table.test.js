import assert from "node:assert/strict";
import test from "node:test";

import { renderRecords } from "../src/records.js";
import { renderTable } from "../src/table.js";

const lines = (...all) => all.join("\n");

test("columns are as wide as they must be", () => {
  assert.equal(
    renderTable([{ title: "Boat" }, { title: "Berth", align: "right" }], [["Curlew", 12], ["Tern", 3]]),
    lines("Boat    Berth", "------  -----", "Curlew     12", "Tern        3"),
  );
});

test("rows may be short", () => {
  assert.equal(renderTable([{ title: "A" }, { title: "B" }], [["x"]]), lines("A  B", "-  -", "x"));
  assert.throws(() => renderTable([{ title: "A" }], [["x", "y"]]), RangeError);
});

test("the header can be left out", () => {
  assert.equal(renderTable([{ title: "Long title" }, {}], [["a", "b"]], { header: false }), "a  b");
});

test("records become rows", () => {
  assert.equal(
    renderRecords([{ boat: "Tern", berth: null }], ["boat", { key: "berth", title: "at", min: 4 }]),
    lines("boat  at", "----  ----", "Tern"),
  );
});

test("long cells are wrapped", () => {
  assert.equal(
    renderTable(
      [{ title: "Boat" }, { title: "Remark", max: 12 }],
      [["Curlew", "needs a new coat of paint"], ["Tern", "fine"]],
    ),
    lines(
      "Boat    Remark",
      "------  -----------",
      "Curlew  needs a new",
      "        coat of",
      "        paint",
      "Tern    fine",
    ),
  );
});

test("a word that is too long is cut", () => {
  assert.equal(
    renderTable([{ title: "Code", max: 4 }, { title: "N", align: "right" }], [["abcdefghij", 1]]),
    lines("Code  N", "----  -", "abcd  1", "efgh", "ij"),
  );
});
