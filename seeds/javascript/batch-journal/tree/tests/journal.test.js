import assert from "node:assert/strict";
import test from "node:test";

import { Journal, StoreError } from "../src/journal.js";
import { MemoryStore } from "./helpers.js";

test("a full batch is stored", async () => {
  const store = new MemoryStore();
  const journal = new Journal(store, { batch: 2 });
  await journal.write("info", "ferry in");
  assert.equal(journal.pending, 1);
  await journal.write("info", "ferry out");
  assert.deepEqual(store.batches, [["0001 INFO    ferry in", "0002 INFO    ferry out"]]);
  assert.equal(journal.pending, 0);
});

test("an error does not wait for the batch", async () => {
  const store = new MemoryStore();
  const journal = new Journal(store, { batch: 10 });
  await journal.write("warning", "wind");
  assert.equal(store.batches.length, 0);
  await journal.write("error", "crane stuck");
  assert.deepEqual(store.batches, [["0001 WARNING wind", "0002 ERROR   crane stuck"]]);
});

test("what is not urgent enough is left out", async () => {
  const journal = new Journal(new MemoryStore(), { minimum: "warning" });
  assert.equal(await journal.write("info", "gulls"), false);
  assert.equal(await journal.write("warning", "wind"), true);
  assert.equal(journal.pending, 1);
});

test("a busy store is asked again", async () => {
  const store = new MemoryStore(2);
  const journal = new Journal(store, { batch: 1, retries: 2 });
  await journal.write("info", "tug");
  assert.equal(store.tries, 3);
  assert.deepEqual(store.batches, [["0001 INFO    tug"]]);
});

test("lines are kept when the store gives up", async () => {
  const store = new MemoryStore(2);
  const journal = new Journal(store, { batch: 1, retries: 1 });
  await assert.rejects(journal.write("info", "tug"), StoreError);
  assert.equal(journal.pending, 1);
  assert.equal(await journal.flush(), 1);
  assert.equal(journal.stored, 1);
});

test("closing stores the rest, once", async () => {
  const store = new MemoryStore();
  const journal = new Journal(store);
  await journal.write("info", "last boat");
  await journal.close();
  await journal.close();
  assert.deepEqual([store.batches.length, store.closes], [1, 1]);
  await assert.rejects(journal.write("info", "late"), /closed/);
});
