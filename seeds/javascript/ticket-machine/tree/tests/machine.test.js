import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Stock, total } from "../src/coins.js";
import { fare, isPeak } from "../src/fares.js";
import { TicketMachine } from "../src/machine.js";

const NOON = 720;

function printer(failures = 0) {
  const told = [];
  let left = failures;
  return {
    told,
    async print(text) {
      await new Promise((resolve) => setImmediate(resolve));
      if (left > 0) {
        left -= 1;
        throw new Error("paper jam");
      }
      told.push(text);
    },
    async close() {
      told.push("closed");
    },
  };
}

describe("fares", () => {
  it("grow with the zones", () => {
    assert.equal(fare({ from: 1, to: 1 }, NOON), 180);
    assert.equal(fare({ from: 4, to: 2 }, NOON), 300);
    assert.throws(() => fare({ from: 0, to: 2 }, NOON), RangeError);
  });
  it("are higher in the morning", () => {
    assert.equal(isPeak(420), true);
    assert.equal(fare({ from: 1, to: 2 }, 569), 280);
    assert.equal(fare({ from: 1, to: 2 }, 570), 240);
  });
  it("depend on who travels", () => {
    assert.equal(fare({ from: 1, to: 2, who: "child" }, 500), 140);
    assert.equal(fare({ from: 1, to: 6, who: "dog" }, 500), 90);
  });
  it("are lower for both ways together", () => {
    assert.equal(fare({ from: 1, to: 2, back: true }, NOON), 435);
    assert.equal(fare({ from: 1, to: 6, back: true }, NOON), 865);
  });
});

describe("coins", () => {
  it("are added up", () => {
    assert.equal(total([200, 5, 50]), 255);
    assert.equal(new Stock([5, 5, 10]).count(5), 2);
  });
  it("make change", () => {
    assert.deepEqual(new Stock([50, 20, 20, 20, 10]).change(60), [50, 10]);
    assert.deepEqual(new Stock([50, 20, 20, 20]).change(60), [20, 20, 20]);
    assert.equal(new Stock([50]).change(20), null);
  });
});

describe("a machine", () => {
  it("sells a ticket", async () => {
    const paper = printer();
    const machine = new TicketMachine(paper, [20]);
    assert.equal(machine.choose({ from: 1, to: 1 }, NOON), 180);
    assert.deepEqual(await machine.insert(100), { due: 80 });
    assert.deepEqual(await machine.insert(100), { back: [20], ticket: true });
    assert.deepEqual(paper.told, ["1-1 adult 180"]);
    assert.deepEqual([machine.sold, machine.takings, machine.state], [1, 180, "idle"]);
  });
  it("gives the coins back where it cannot sell", async () => {
    const machine = new TicketMachine(printer(2));
    machine.choose({ from: 1, to: 1 }, NOON);
    assert.deepEqual(await machine.insert(200), { back: [200], reason: "no change" });
    machine.choose({ from: 1, to: 1, who: "dog" }, NOON);
    await machine.insert(50);
    await machine.insert(20);
    assert.deepEqual(await machine.insert(20), { back: [50, 20, 20], reason: "no ticket" });
  });
  it("can be stopped", async () => {
    const paper = printer();
    const machine = new TicketMachine(paper);
    machine.choose({ from: 1, to: 1 }, NOON);
    await machine.insert(50);
    assert.deepEqual(machine.cancel(), { back: [50] });
    assert.deepEqual(await machine.insert(50), { back: [50] });
    await machine.close();
    assert.deepEqual([machine.state, paper.told], ["shut", ["closed"]]);
  });
});
