package allocate

// divide gives everybody what they want if there is enough. Otherwise each gets the share that is
// in proportion, rounded down to steps; steps that are over go one by one to those who still miss
// something, from the first on.
func divide(wanted []int, available, step int) []int {
	total := 0
	for _, one := range wanted {
		total += one
	}
	given := make([]int, len(wanted))
	if total <= available {
		copy(given, wanted)
		return given
	}
	left := available
	for at, one := range wanted {
		given[at] = one * available / total / step * step
		left -= given[at]
	}
	for at := range wanted {
		if left >= step && wanted[at]-given[at] >= step {
			given[at] += step
			left -= step
		}
	}
	return given
}
