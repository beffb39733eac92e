import assert from "node:assert/strict";
import test from "node:test";

import { Hub } from "../src/hub.js";
import { Station } from "../src/station.js";

test("listeners are called in order", () => {
  const hub = new Hub();
  const heard = [];
  hub.on("gate", (text) => heard.push(`a ${text}`));
  hub.on("gate", (text) => heard.push(`b ${text}`));
  assert.equal(hub.publish("gate", "open"), 2);
  assert.deepEqual(heard, ["a open", "b open"]);
});

test("a listener can be removed", () => {
  const hub = new Hub();
  const listener = () => {};
  hub.on("gate", listener);
  assert.equal(hub.off("gate", listener), true);
  assert.equal(hub.off("gate", listener), false);
  assert.equal(hub.publish("gate"), 0);
});

test("once is once", () => {
  const hub = new Hub();
  let calls = 0;
  hub.once("gate", () => { calls += 1; });
  hub.publish("gate");
  hub.publish("gate");
  assert.equal(calls, 1);
});

test("both screens show the next news", () => {
  const station = new Station();
  station.board("left").showNext(station.hub, "7");
  station.board("right").follow(station.hub, "7");
  assert.equal(station.open("7"), 2);
  assert.equal(station.board("left").text, "left: open");
  assert.equal(station.board("right").text, "right: open");
});

test("waiting for the next news can be ended", () => {
  const hub = new Hub();
  const heard = [];
  const listener = (text) => heard.push(text);
  hub.once("gate", listener);
  assert.equal(hub.off("gate", listener), true);
  hub.publish("gate", "open");
  assert.deepEqual(heard, []);
});
