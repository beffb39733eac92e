import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { morningList, overdueList } from "../src/index.js";
import { sample } from "./helpers.js";

describe("lists", () => {
  it("tells what is late", () => {
    const library = sample();
    library.desk("harbour").lend("f1", "m1", 11);
    library.desk("harbour").lend("b1", "m2", 11);
    assert.deepEqual(overdueList(library, "harbour", 22), [
      { item: "f1", title: "The Lighthouse", member: "Ada", late: 4, fee: 60 },
    ]);
  });

  it("has a line for the morning", () => {
    const library = sample();
    library.desk("harbour").lend("f1", "m1", 11);
    assert.deepEqual(morningList(library, "harbour", 18), ["Harbour: 1 due today, 0 late, fees 0.00"]);
    assert.deepEqual(morningList(library, "harbour", 23), ["Harbour: shut today"]);
  });
});
