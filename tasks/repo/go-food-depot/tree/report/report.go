// Package report writes what the driver takes along and what stays in the depot.
package report

import (
	"fmt"
	"strings"

	"example.com/depot/packing"
	"example.com/depot/stock"
	"example.com/depot/units"
)

// Delivery is all that one stop gets, and what of its wishes is missing.
type Delivery struct {
	Stop    string
	Items   []packing.Item
	Missing []packing.Item
	Crates  []packing.Crate
}

// Tour writes a paragraph for each delivery.
func Tour(deliveries []Delivery) string {
	var text strings.Builder
	for _, one := range deliveries {
		mass := 0
		for _, crate := range one.Crates {
			mass += crate.Mass
		}
		fmt.Fprintf(&text, "%s: %s, %s\n", one.Stop, crates(len(one.Crates)), units.Format(mass, units.Weight))
		for _, item := range one.Items {
			fmt.Fprintf(&text, "  %s %s\n", item.Product.Name, units.Format(item.Amount, item.Product.Kind))
		}
		for _, item := range one.Missing {
			fmt.Fprintf(&text, "  (%s %s missing)\n", item.Product.Name, units.Format(item.Amount, item.Product.Kind))
		}
	}
	return text.String()
}

func crates(count int) string {
	if count == 1 {
		return "1 crate"
	}
	return fmt.Sprintf("%d crates", count)
}

// Rest writes a line for what is left of a product; what is too old is marked.
func Rest(name string, kind units.Kind, left []stock.Batch, day int) string {
	if len(left) == 0 {
		return fmt.Sprintf("left %s: nothing\n", name)
	}
	parts := make([]string, len(left))
	for at, batch := range left {
		parts[at] = fmt.Sprintf("%s until %d", units.Format(batch.Amount, kind), batch.Until)
		if batch.Until < day {
			parts[at] += " (too old)"
		}
	}
	return fmt.Sprintf("left %s: %s\n", name, strings.Join(parts, ", "))
}
