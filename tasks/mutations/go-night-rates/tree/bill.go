package rates

// Prices are in hundredths of a cent for a kilowatt hour, the base price in cents for a bill.
type Prices struct {
	Day, Night, Base int
}

const wattMinutes = 1000 * Hour // in a kilowatt hour

// Cost is the price of a share in cents, each rate rounded up by itself to whole cents.
func (p Prices) Cost(share Share) int {
	return p.Base + cents(share.Day, p.Day) + cents(share.Night, p.Night)
}

func cents(amount, price int) int {
	const unit = wattMinutes * 100
	return (amount*price + unit - 1) / unit
}

// Better says which of two prices is lower for a share: -1 the first, 1 the second, 0 neither.
func Better(one, two Prices, share Share) int {
	first, second := one.Cost(share), two.Cost(share)
	switch {
	case first < second:
		return -1
	case first > second:
		return 1
	default:
		return 0
	}
}
