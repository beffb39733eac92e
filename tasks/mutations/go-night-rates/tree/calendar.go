// Package rates splits the use of electricity into what each price applies to; docs/rates.md has
// the rules. Time is in whole minutes since a Monday at 00:00.
package rates

// Lengths of time in minutes.
const (
	Hour = 60
	Day  = 24 * Hour
	Week = 7 * Day
)

const (
	morning = 6 * Hour  // the day rate begins
	evening = 22 * Hour // the night rate begins
	noon    = 12 * Hour
)

// Weekday is the day of a minute: 0 is Monday, 6 is Sunday.
func Weekday(minute int) int {
	return minute % Week / Day
}

// Night says whether the night rate applies at a minute.
func Night(minute int) bool {
	clock := minute % Day
	if clock < morning || clock >= evening {
		return true
	}
	switch Weekday(minute) {
	case 5:
		return clock > noon
	case 6:
		return true
	}
	return false
}

// next is the first minute after this one at which the rate may change.
func next(minute int) int {
	start := minute - minute%Day
	for _, edge := range []int{morning, noon, evening, Day} {
		if minute < start+edge {
			return start + edge
		}
	}
	return start + Day
}
