// Package packing puts what a stop gets into crates.
package packing

import (
	"example.com/depot/catalog"
	"example.com/depot/units"
)

// Item is an amount of a product.
type Item struct {
	Product catalog.Product
	Amount  int
}

// Crate is what lies in one crate.
type Crate struct {
	Items []Item
	Mass  int // in grams
}

// Pack fills crates one after the other, none heavier than limit grams. Loose goods are split
// wherever a crate is full, pieces are not cut; a piece that is too heavy by itself gets a crate of
// its own.
func Pack(items []Item, limit int) []Crate {
	var crates []Crate
	var current Crate
	for _, item := range items {
		for item.Amount > 0 {
			part := fitting(item, limit-current.Mass)
			if part == 0 && current.Mass > 0 {
				crates = append(crates, current)
				current = Crate{}
				continue
			}
			if part == 0 {
				part = 1
			}
			current.Items = append(current.Items, Item{item.Product, part})
			current.Mass += item.Product.Mass(part)
			item.Amount -= part
		}
	}
	if current.Mass > 0 {
		crates = append(crates, current)
	}
	return crates
}

// fitting is how much of an item weighs at most so many grams.
func fitting(item Item, room int) int {
	most := room
	if item.Product.Kind == units.Pieces {
		most = room / item.Product.Grams
	}
	if most < 0 {
		return 0
	}
	if most > item.Amount {
		return item.Amount
	}
	return most
}
