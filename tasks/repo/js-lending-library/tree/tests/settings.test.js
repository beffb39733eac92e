import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { LibraryError, openLibrary } from "../src/index.js";
import { LIBRARY, sample } from "./helpers.js";

describe("settings", () => {
  it("are the library's unless the branch has its own", () => {
    const { fees, loanDays, closedWeekdays } = sample().settings("harbour");
    assert.deepEqual(fees, { perDay: 30, graceDays: 2, most: 1000 });
    assert.deepEqual(loanDays, { book: 28, film: 5, game: 14 });
    assert.deepEqual(closedWeekdays, [0, 1]);
  });

  it("are checked", () => {
    const odd = { harbour: { fees: { perDay: -1 } } };
    assert.throws(() => openLibrary(LIBRARY, odd), /harbour: fees.perDay makes no sense/);
    assert.throws(() => sample().settings("valley"), LibraryError);
  });
});
