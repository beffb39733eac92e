import assert from "node:assert/strict";
import { test } from "node:test";

import { ConditionError, tokens } from "../src/tokens.js";
import { filter } from "../src/filter.js";

const SHELF = [
  { name: "Kite", kind: "toy", price: 12, tags: ["wind", "red"], sale: true },
  { name: "Lamp", kind: "light", price: 30, tags: [] },
  { name: "Red lantern", kind: "light", price: 8.5, tags: ["red"], sale: false },
];
const names = (condition, limit) => filter(condition, SHELF, limit).map(({ name }) => name);

test("prices are compared", () => {
  assert.deepEqual(names("price < 12"), ["Red lantern"]);
  assert.deepEqual(names("price >= 12"), ["Kite", "Lamp"]);
});

test("texts are equal without regard to capitals", () => {
  assert.deepEqual(names("kind = LIGHT"), ["Lamp", "Red lantern"]);
  assert.deepEqual(names('name != "red lantern"'), ["Kite", "Lamp"]);
});

test("ranges include both ends", () => {
  assert.deepEqual(names("price in 8.5..12"), ["Kite", "Red lantern"]);
});

test("words are found in texts and lists", () => {
  assert.deepEqual(names("tags has red"), ["Kite", "Red lantern"]);
  assert.deepEqual(names("name has LAMP"), ["Lamp"]);
});

test("a field alone asks whether it is set", () => {
  assert.deepEqual(names("sale"), ["Kite"]);
  assert.deepEqual(names("tags"), ["Kite", "Red lantern"]);
});

test("and binds more strongly than or", () => {
  assert.deepEqual(names("kind = toy or kind = light and price < 10"), ["Kite", "Red lantern"]);
  assert.deepEqual(names("(kind = toy or kind = light) and price < 10"), ["Red lantern"]);
});

test("not turns a condition around", () => {
  assert.deepEqual(names("not sale and not price > 20"), ["Red lantern"]);
});

test("an empty condition holds for everything", () => {
  assert.deepEqual(names("  "), ["Kite", "Lamp", "Red lantern"]);
  assert.deepEqual(names("", 2), ["Kite", "Lamp"]);
});

test("trouble is told with its place", () => {
  assert.throws(() => names("price <"), (error) => error instanceof ConditionError && error.place === 8);
  assert.throws(() => names("price ? 3"), /not understood at 7/);
  assert.equal(tokens("a >= 2").length, 4);
});
