// Package catalog knows the goods of the depot.
package catalog

import (
	"fmt"
	"sort"

	"example.com/depot/units"
)

// Product is one kind of goods. Each weighs something: loose goods what they weigh, pieces the
// grams of one.
type Product struct {
	Name  string
	Kind  units.Kind
	Grams int // of one piece
}

// Mass is what an amount of a product weighs, in grams.
func (p Product) Mass(amount int) int {
	if p.Kind == units.Weight {
		return amount
	}
	return amount * p.Grams
}

// Catalog is all products by name.
type Catalog map[string]Product

// Add puts in a product that is not there yet.
func (c Catalog) Add(product Product) error {
	if _, known := c[product.Name]; known {
		return fmt.Errorf("product %s is there already", product.Name)
	}
	if product.Kind == units.Pieces && product.Grams < 1 {
		return fmt.Errorf("a piece of %s must weigh something", product.Name)
	}
	c[product.Name] = product
	return nil
}

// Find returns a product that must be there.
func (c Catalog) Find(name string) (Product, error) {
	product, known := c[name]
	if !known {
		return Product{}, fmt.Errorf("unknown product %s", name)
	}
	return product, nil
}

// Names lists all products in the order of the alphabet.
func (c Catalog) Names() []string {
	names := make([]string, 0, len(c))
	for name := range c {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
