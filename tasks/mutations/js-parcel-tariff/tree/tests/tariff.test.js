import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { NotAccepted, consignment, insurance, price, sizeOf } from "../src/tariff.js";

const box = (grams, side, value = 0) => ({ grams, length: side, width: 100, height: 50, value });

describe("sizes", () => {
  it("goes by weight", () => {
    assert.equal(sizeOf(box(501, 200)).name, "small");
    assert.equal(sizeOf(box(2000, 200)).name, "small");
  });
  it("goes by the longest side", () => {
    assert.equal(sizeOf(box(100, 601)).name, "medium");
    assert.equal(sizeOf(box(100, 600)).name, "small");
  });
  it("takes nothing larger than large", () => {
    assert.throws(() => sizeOf(box(20001, 200)), NotAccepted);
    assert.throws(() => sizeOf(box(100, 1501)), /too long/);
  });
});

describe("prices", () => {
  it("depends on the zone", () => {
    assert.equal(price(box(400, 200)), 290);
    assert.equal(price(box(400, 200), { zone: "far" }), 450);
  });
  it("adds half for express", () => {
    assert.equal(price(box(400, 200), { express: true }), 435);
  });
  it("insures what is worth more", () => {
    assert.equal(insurance(5000), 0);
    assert.equal(insurance(12000), 200);
  });
  it("is lower for many parcels", () => {
    const parcels = Array.from({ length: 10 }, () => box(400, 200));
    assert.deepEqual(consignment(parcels), { cents: 2610, discount: 290 });
  });
});
