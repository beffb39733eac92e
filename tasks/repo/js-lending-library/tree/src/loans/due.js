import { nextOpen } from "../calendar/open-days.js";
import { LibraryError } from "../errors.js";

/** The day on which an item of `kind` that is taken or renewed on `day` must be back. */
export function dueDay(settings, kind, day) {
  const days = settings.loanDays[kind];
  if (days === undefined) {
    throw new LibraryError(`${kind} cannot be lent`);
  }
  return nextOpen(settings, day + days);
}
