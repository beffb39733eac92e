import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { noticesFor } from "../src/index.js";
import { sample } from "./helpers.js";

describe("notices", () => {
  it("are sent to those who are late", () => {
    const library = sample();
    library.desk("harbour").lend("f1", "m1", 11);
    assert.deepEqual(noticesFor(library, "harbour", 19), []);
    assert.deepEqual(noticesFor(library, "harbour", 22), [
      {
        to: "Ada",
        lines: [
          "Dear reader,",
          '"The Lighthouse" should have been back 4 days ago.',
          "So far this costs 0.60.",
          "Your branch Harbour",
        ],
      },
    ]);
  });

  it("ask for nothing at a branch without fees", () => {
    const library = sample();
    library.desk("hill").lend("f1", "m1", 11);
    const [notice] = noticesFor(library, "hill", 28);
    assert.equal(notice.lines.at(-2), "There is nothing to pay.");
  });
});
