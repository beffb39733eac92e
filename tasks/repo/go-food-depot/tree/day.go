// Package depot plans one day of a food depot from a file; docs/day.md describes both.
package depot

import (
	"strings"

	"example.com/depot/allocate"
	"example.com/depot/catalog"
	"example.com/depot/packing"
	"example.com/depot/report"
)

// Plan reads the file of a day and returns the report for the driver and the depot. The error says
// in which line the trouble is.
func Plan(file string) (string, error) {
	d, err := read(file)
	if err != nil {
		return "", err
	}
	deliveries := d.deliveries()
	var rest strings.Builder
	for _, name := range d.goods.Names() {
		product := d.goods[name]
		rest.WriteString(report.Rest(name, product.Kind, d.stock.Left(name), d.date))
	}
	return report.Tour(deliveries) + rest.String(), nil
}

// deliveries shares out the goods, takes them from the stock and packs them.
func (d *day) deliveries() []report.Delivery {
	stops := d.book.Stops()
	all := make([]report.Delivery, len(stops))
	for at, stop := range stops {
		all[at].Stop = stop.Name
	}
	for _, name := range d.goods.Names() {
		product := d.goods[name]
		wishes := d.book.For(name)
		given := allocate.Share(wishes, d.stock.Available(name, d.date), product.Kind.Step())
		wanted := map[string]int{}
		for _, wish := range wishes {
			wanted[wish.Stop.Name] = wish.Amount
		}
		for at := range all {
			put(&all[at], product, given[all[at].Stop], wanted[all[at].Stop])
			d.stock.Take(name, given[all[at].Stop], d.date)
		}
	}
	for at := range all {
		all[at].Crates = packing.Pack(all[at].Items, d.crate)
	}
	return all
}

// put notes what a delivery has of a product, and what is missing of it.
func put(one *report.Delivery, product catalog.Product, given, wanted int) {
	if given > 0 {
		one.Items = append(one.Items, packing.Item{Product: product, Amount: given})
	}
	if wanted > given {
		one.Missing = append(one.Missing, packing.Item{Product: product, Amount: wanted - given})
	}
}
