import assert from "node:assert/strict";
import test from "node:test";

import { TileCache } from "../src/cache.js";

test("a tile can be got back", () => {
  const cache = new TileCache(100);
  assert.equal(cache.put("a", "tile a", 40), true);
  assert.equal(cache.get("a"), "tile a");
  assert.equal(cache.get("b"), undefined);
});

test("the one not used for longest goes", () => {
  const cache = new TileCache(100);
  cache.put("a", 1, 40);
  cache.put("b", 2, 40);
  cache.get("a");
  cache.put("c", 3, 40);
  assert.deepEqual(cache.keys(), ["a", "c"]);
});

test("a pinned tile stays", () => {
  const cache = new TileCache(100);
  cache.put("a", 1, 60);
  cache.pin("a");
  assert.equal(cache.put("b", 2, 60), false);
  assert.equal(cache.put("c", 3, 40), true);
  assert.deepEqual(cache.keys(), ["a", "c"]);
});

test("an unpinned tile can go", () => {
  const cache = new TileCache(100);
  cache.put("a", 1, 60);
  cache.pin("a");
  cache.unpin("a");
  assert.equal(cache.put("b", 2, 60), true);
  assert.deepEqual(cache.keys(), ["b"]);
});

test("two layers show the same tiles and are closed", () => {
  const cache = new TileCache(100);
  for (const key of ["a", "b", "c"]) {
    cache.put(key, key, 30);
    for (const layer of ["roads", "names"]) {
      assert.equal(cache.pin(key), true, layer);
    }
  }
  for (const key of ["a", "b", "c"]) {
    cache.unpin(key);
    cache.unpin(key);
  }
  assert.deepEqual(cache.statistics, { tiles: 3, used: 90, pinned: 0 });
  assert.equal(cache.put("d", "d", 30), true);
});

test("replacing keeps the books right", () => {
  const cache = new TileCache(100);
  cache.put("a", 1, 80);
  cache.put("a", 2, 20);
  assert.deepEqual(cache.statistics, { tiles: 1, used: 20, pinned: 0 });
  assert.equal(cache.delete("a"), true);
  assert.equal(cache.statistics.used, 0);
});
