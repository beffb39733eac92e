import assert from "node:assert/strict";
import test from "node:test";

import { paymentFile } from "../src/file.js";

const PAYMENT = { account: 4711, amount: 1250, purpose: "rent" };

test("payment line as the gateway reads it", () => {
  const line = paymentFile(12, 345, [PAYMENT]).split("\n")[1];
  assert.equal(line.slice(2, 14), "000000004711");
  assert.equal(line.slice(14, 24), "0000001250");
  assert.equal(line.slice(24), "rent                ");
  assert.equal(line.length, 44);
});

test("header and footer as the gateway reads them", () => {
  const lines = paymentFile(12, 345, [PAYMENT]).split("\n");
  assert.equal(lines[0], "HD0000001200345");
  assert.equal(lines[2], "FT0000010000000001250");
});
