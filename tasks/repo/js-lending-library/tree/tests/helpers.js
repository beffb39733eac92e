import { openLibrary } from "../src/index.js";

export const LIBRARY = {
  name: "Library",
  loanDays: { book: 28, film: 7, game: 14 },
  maxLoans: 10,
  renewals: { allowed: true, times: 2 },
  fees: { perDay: 20, graceDays: 2, most: 1000 },
  notices: { greeting: "Dear reader,", afterDays: 3 },
  closedWeekdays: [0],
};
export const HARBOUR = { name: "Harbour", loanDays: { film: 5 }, fees: { perDay: 30 }, closedWeekdays: [0, 1] };
export const HILL = {
  name: "Hill",
  renewals: { allowed: false },
  fees: { perDay: 0 },
  notices: { greeting: "" },
};

/** A library with two branches, some items and two members. */
export function sample() {
  const library = openLibrary(LIBRARY, { harbour: HARBOUR, hill: HILL });
  library.catalogue.add({ id: "b1", title: "Tides" });
  library.catalogue.add({ id: "b2", title: "Knots" });
  library.catalogue.add({ id: "f1", title: "The Lighthouse", kind: "film" });
  library.members.add({ id: "m1", name: "Ada" });
  library.members.add({ id: "m2", name: "Bo", group: "child" });
  return library;
}
