import { openDays } from "../calendar/open-days.js";

/** The late days of a loan that are counted, if its item is back on `day`. */
export function lateDays(settings, loan, day) {
  return openDays(settings, loan.due, day);
}

/** The late days that cost something. */
export function paidDays(settings, loan, day) {
  return Math.max(0, lateDays(settings, loan, day) - settings.fees.graceDays);
}
