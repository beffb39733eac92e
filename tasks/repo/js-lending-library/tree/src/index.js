import { Catalogue } from "./catalogue/catalogue.js";
import { Desk } from "./desk/desk.js";
import { Ledger } from "./loans/ledger.js";
import { Members } from "./members/members.js";
import { branchSettings } from "./settings/branches.js";

export { LibraryError, NotAllowed } from "./errors.js";
export { morningList } from "./reports/morning.js";
export { overdueList } from "./reports/overdue.js";
export { noticesFor } from "./notices/notices.js";

/**
 * A library with its branches: `settings` are the library's, `branches` a table of names and of
 * what each settles for itself.
 */
export function openLibrary(settings, branches) {
  const known = branchSettings(settings, branches);
  const catalogue = new Catalogue();
  const members = new Members();
  const ledger = new Ledger();
  return {
    catalogue,
    members,
    ledger,
    settings: (branch) => known.of(branch),
    desk: (branch) => new Desk({ branch, settings: known.of(branch), catalogue, members, ledger }),
  };
}
