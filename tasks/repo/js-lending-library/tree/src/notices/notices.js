import { overdueList } from "../reports/overdue.js";
import { wording } from "./wording.js";

/** The notices that a branch sends on `day`: `{ to, lines }` for each item that is late enough. */
export function noticesFor(library, branch, day) {
  const settings = library.settings(branch);
  return overdueList(library, branch, day)
    .filter(({ late }) => late > settings.notices.afterDays)
    .map((one) => ({ to: one.member, lines: wording(settings, one) }));
}
