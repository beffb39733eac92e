import { LibraryError } from "../errors.js";
import { checkSettings } from "./check.js";
import { frozen } from "./frozen.js";
import { overlaid } from "./overlay.js";

/** The settings of every branch, made complete from the library's and checked. */
export function branchSettings(library, branches) {
  checkSettings("library", library);
  const table = new Map();
  for (const [branch, own] of Object.entries(branches)) {
    const complete = overlaid(library, own);
    checkSettings(branch, complete);
    table.set(branch, frozen(complete));
  }
  return {
    of(branch) {
      const settings = table.get(branch);
      if (settings === undefined) {
        throw new LibraryError(`no branch ${branch}`);
      }
      return settings;
    },
  };
}
