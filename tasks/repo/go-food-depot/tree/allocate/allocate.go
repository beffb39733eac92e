// Package allocate shares out what there is; docs/sharing.md has the rules.
package allocate

import "example.com/depot/orders"

// Given is what the stops get of one product, by name.
type Given map[string]int

// Share gives to the wishes, which are in the order of the tour, what is available, in multiples
// of a step.
func Share(wishes []orders.Wish, available, step int) Given {
	given := Given{}
	left := available
	for start := 0; start < len(wishes); {
		end := start
		for end < len(wishes) && wishes[end].Stop.Rank == wishes[start].Stop.Rank {
			end++
		}
		for at, amount := range divide(amounts(wishes[start:end]), left, step) {
			given[wishes[start+at].Stop.Name] = amount
			left -= amount
		}
		start = end
	}
	return given
}

func amounts(wishes []orders.Wish) []int {
	all := make([]int, len(wishes))
	for at, wish := range wishes {
		all[at] = wish.Amount
	}
	return all
}
