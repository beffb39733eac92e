package rates

// Use is a load that was on from minute From until, but not including, minute To.
type Use struct {
	From, To int
	Watts    int
}

// Share is how much of some uses falls to each rate, in watt minutes.
type Share struct {
	Day, Night int
}

// Split sums up the uses by rate. Uses that end before they begin are left out.
func Split(uses []Use) Share {
	var share Share
	for _, use := range uses {
		for at := use.From; at < use.To; {
			end := next(at)
			if end > use.To {
				end = use.To
			}
			amount := (end - at) * use.Watts
			if Night(at) {
				share.Night += amount
			} else {
				share.Day += amount
			}
			at = end
		}
	}
	return share
}

// Longest is the longest time without a break at the night rate that begins within a week from
// minute From on, as its first minute and its length.
func Longest(from int) (start, length int) {
	for at := from; at < from+Week; {
		end := at
		for Night(end) && end < at+Week {
			end = next(end)
		}
		if end-at > length {
			start, length = at, end-at
		}
		at = next(end)
	}
	return start, length
}
