import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { NotAllowed } from "../src/index.js";
import { sample } from "./helpers.js";

describe("a desk", () => {
  it("lends for as long as the branch says", () => {
    const library = sample();
    assert.equal(library.desk("harbour").lend("f1", "m1", 11), 18);
    assert.equal(library.desk("hill").lend("b1", "m1", 11), 39);
  });

  it("takes fees for late items", () => {
    const library = sample();
    const desk = library.desk("harbour");
    const due = desk.lend("f1", "m1", 11);
    assert.equal(desk.take("f1", due + 4), 60);
  });

  it("halves the fees of children", () => {
    const library = sample();
    const desk = library.desk("harbour");
    const due = desk.lend("f1", "m2", 11);
    assert.equal(desk.take("f1", due + 4), 30);
  });

  it("renews where the branch does", () => {
    const library = sample();
    const desk = library.desk("harbour");
    desk.lend("b1", "m1", 10);
    assert.equal(desk.renew("b1", 20), 48);
  });

  it("does not renew where the branch does not", () => {
    const library = sample();
    const desk = library.desk("hill");
    desk.lend("b1", "m1", 10);
    assert.throws(() => desk.renew("b1", 20), NotAllowed);
  });
});
