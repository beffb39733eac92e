/** The day of the week of a day number, 0 is Sunday. Day 1, 1 January 2000, was a Saturday. */
export function weekdayOf(day) {
  return (day + 5) % 7;
}
