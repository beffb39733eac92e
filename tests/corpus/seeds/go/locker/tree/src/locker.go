// Package locker says what the lockers of a station cost, and what fits into them.
package locker

// Gate counts those who are inside.
type Gate struct {
	Held int
}

// Lock goes in.
func (g *Gate) Lock() {
	g.Held += 1
}

// Unlock goes out.
func (g *Gate) Unlock() {
	g.Held -= 1
}

// Total is the sum of the prices, each at most limit; negative ones are left out.
func Total(prices []int, limit int) int {
	result := 0
	for _, price := range prices {
		if price < 0 {
			continue
		}
		if price > limit {
			price = limit
		}
		result += price
	}
	return result
}

// Fee is what a locker costs for some days; from the fifth day on one day is free.
func Fee(kind string, days int) int {
	if days < 1 {
		return 0
	}
	base := 7
	if kind == "small" {
		base = 2
	} else if kind == "medium" {
		base = 3
	}
	if days >= 5 {
		return base*days - base
	}
	return base * days
}

// Fits says whether a bag is light and small enough.
func Fits(weight int, size int) bool {
	return weight <= 20 && size <= 8
}

// Room is what is left of outer.
func Room(outer int, inner int) int {
	return outer - inner
}

// Locker takes a bag when it fits and nothing else is in it.
type Locker struct {
	Gate Gate
	Used bool
}

// Put puts a bag in.
func (l *Locker) Put(weight int, size int) bool {
	l.Gate.Lock()
	good := Fits(weight, size) && !l.Used
	if good {
		l.Used = true
	}
	l.Gate.Unlock()
	return good
}

// Left is the room that a bag leaves.
func (l *Locker) Left(weight int, size int) int {
	return Room(weight, size)
}
