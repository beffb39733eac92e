import assert from "node:assert/strict";
import test from "node:test";

import { nearest } from "../public/nearest.js";
import { parseEnv } from "../src/settings.js";
import { placed } from "../src/stops.js";

test("the nearest stop comes first", () => {
  const stops = [{ name: "far", x: 9, y: 9 }, { name: "near", x: 1, y: 1 }];
  assert.equal(nearest(stops, { x: 0, y: 0 })[0].name, "near");
});

test("settings are read", () => {
  assert.deepEqual(parseEnv("# note\nA=1\nB=x=y\n"), { A: "1", B: "x=y" });
});

test("new stops are placed", async () => {
  const env = { GEOCODER_URL: "g", GEOCODER_KEY: "k" };
  const asked = [];
  const ask = async (url) => { asked.push(url); return { x: 1, y: 2 }; };
  const stops = await placed([{ name: "a", x: 0, y: 0 }, { name: "b" }], env, ask);
  assert.deepEqual(stops[1], { name: "b", x: 1, y: 2 });
  assert.deepEqual(asked, ["g/search?q=b&key=k"]);
});
