import assert from "node:assert/strict";
import test from "node:test";

import { formatEntry, rank, shorten } from "../src/entry.js";
import { Lock } from "../src/lock.js";

test("levels have an order", () => {
  assert.ok(rank("debug") < rank("info"));
  assert.ok(rank("warning") < rank("error"));
  assert.throws(() => rank("loud"), RangeError);
});

test("long texts are shortened", () => {
  assert.equal(shorten("lighthouse", 6), "ligh..");
  assert.equal(shorten("pier", 6), "pier");
});

test("an entry is one line", () => {
  assert.equal(formatEntry(12, "info", " two\n lines ", 40), "0012 INFO    two lines");
});

test("a lock lets one in at a time", async () => {
  const lock = new Lock();
  const seen = [];
  const visit = (name) =>
    lock.run(async () => {
      seen.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} out`);
    });
  await Promise.all([visit("a"), visit("b")]);
  assert.deepEqual(seen, ["a in", "a out", "b in", "b out"]);
  assert.equal(lock.held, false);
});
