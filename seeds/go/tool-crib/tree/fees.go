package crib

// Cents per day of delay: the usual price, and the one from the second week on.
const (
	dayPrice  = 50
	longPrice = 80
	graceDays = 2
	firstDays = 7
)

// Fee is what a late return costs, in cents, and never more than the tool is worth.
//
// Two days of delay are free. Of the days after these, the first seven cost 50 cents each, and
// every further one 80 cents. Nothing is ever paid for a return in time.
func Fee(due, now, worth int) int {
	late := now - due - graceDays
	if late <= 0 {
		return 0
	}
	fee := late * dayPrice
	if late > firstDays {
		fee = firstDays*dayPrice + (late-firstDays)*longPrice
	}
	if fee > worth {
		return worth
	}
	return fee
}

// Standing is a member's standing by the fees that they owe, in cents: "good" below 500, "warned"
// from 500 on, "blocked" from 2000 on.
func Standing(owed int) string {
	switch {
	case owed >= 2000:
		return "blocked"
	case owed >= 500:
		return "warned"
	default:
		return "good"
	}
}
