import { weekdayOf } from "./weekdays.js";

/** Whether a branch is open on `day`. */
export function isOpen(settings, day) {
  return !settings.closedWeekdays.includes(weekdayOf(day));
}

/** How many open days there are after `from`, up to and including `to`. */
export function openDays(settings, from, to) {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) {
    if (isOpen(settings, day)) {
      count += 1;
    }
  }
  return count;
}

/** `day`, or the next one on which the branch is open; `day` itself when it never is. */
export function nextOpen(settings, day) {
  for (let later = day; later < day + 7; later += 1) {
    if (isOpen(settings, later)) {
      return later;
    }
  }
  return day;
}
