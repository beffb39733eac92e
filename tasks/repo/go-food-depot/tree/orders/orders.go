// Package orders has the stops of a tour and what they ask for.
package orders

import (
	"fmt"
	"sort"

	"example.com/depot/catalog"
	"example.com/depot/units"
)

// Stop is a place that goods are brought to. A lower rank is served first.
type Stop struct {
	Name string
	Rank int
}

// Order is a wish of one stop for one product.
type Order struct {
	Stop    string
	Product string
	Amount  int
}

// Book collects stops and orders.
type Book struct {
	goods  catalog.Catalog
	stops  map[string]Stop
	orders []Order
}

// NewBook is an empty book for the products of a catalog.
func NewBook(goods catalog.Catalog) *Book {
	return &Book{goods: goods, stops: map[string]Stop{}}
}

// AddStop puts in a stop that is not there yet.
func (b *Book) AddStop(stop Stop) error {
	if _, known := b.stops[stop.Name]; known {
		return fmt.Errorf("stop %s is there already", stop.Name)
	}
	b.stops[stop.Name] = stop
	return nil
}

// Order puts in a wish as it was written, such as "2.5kg". Several wishes of one stop for the same
// product are added up.
func (b *Book) Order(stop, product, quantity string) error {
	if _, known := b.stops[stop]; !known {
		return fmt.Errorf("unknown stop %s", stop)
	}
	found, err := b.goods.Find(product)
	if err != nil {
		return err
	}
	amount, err := units.Parse(quantity, found.Kind)
	if err != nil {
		return err
	}
	for at := range b.orders {
		if one := &b.orders[at]; one.Stop == stop && one.Product == product {
			one.Amount += amount
			return nil
		}
	}
	b.orders = append(b.orders, Order{stop, product, amount})
	return nil
}

// Stops lists the stops in the order of the tour: by rank, then by name.
func (b *Book) Stops() []Stop {
	stops := make([]Stop, 0, len(b.stops))
	for _, stop := range b.stops {
		stops = append(stops, stop)
	}
	sort.Slice(stops, func(i, j int) bool {
		if stops[i].Rank != stops[j].Rank {
			return stops[i].Rank < stops[j].Rank
		}
		return stops[i].Name < stops[j].Name
	})
	return stops
}

// For lists the wishes for a product in the order of the tour.
func (b *Book) For(product string) []Wish {
	var wishes []Wish
	for _, stop := range b.Stops() {
		for _, one := range b.orders {
			if one.Stop == stop.Name && one.Product == product {
				wishes = append(wishes, Wish{stop, one.Amount})
			}
		}
	}
	return wishes
}

// Wish is what one stop would like to have.
type Wish struct {
	Stop   Stop
	Amount int
}
