package depot

import (
	"fmt"
	"strconv"

	"example.com/depot/catalog"
	"example.com/depot/internal/lines"
	"example.com/depot/orders"
	"example.com/depot/stock"
	"example.com/depot/units"
)

// day is all that a file says.
type day struct {
	date  int
	crate int // grams that a crate may weigh
	goods catalog.Catalog
	stock stock.Stock
	book  *orders.Book
}

const usualCrate = 15000

// commands says how a line is read by its first word, and how many words follow.
var commands = map[string]struct {
	least, most int
	read        func(d *day, words []string) error
}{
	"date":    {1, 1, (*day).readDate},
	"crate":   {1, 1, (*day).readCrate},
	"product": {2, 3, (*day).readProduct},
	"receive": {4, 4, (*day).readReceipt},
	"stop":    {2, 2, (*day).readStop},
	"order":   {3, 3, (*day).readOrder},
}

func read(file string) (*day, error) {
	goods := catalog.Catalog{}
	d := &day{crate: usualCrate, goods: goods, book: orders.NewBook(goods)}
	for _, line := range lines.Split(file) {
		command, known := commands[line.Words[0]]
		if !known {
			return nil, fmt.Errorf("line %d: unknown word %s", line.Number, line.Words[0])
		}
		words := line.Words[1:]
		if len(words) < command.least || len(words) > command.most {
			return nil, fmt.Errorf("line %d: too few or too many words", line.Number)
		}
		if err := command.read(d, words); err != nil {
			return nil, fmt.Errorf("line %d: %w", line.Number, err)
		}
	}
	return d, nil
}

func (d *day) readDate(words []string) (err error) {
	d.date, err = number(words[0])
	return err
}

func (d *day) readCrate(words []string) error {
	limit, err := units.Parse(words[0], units.Weight)
	if err == nil && limit < 1 {
		err = fmt.Errorf("a crate must hold something")
	}
	d.crate = limit
	return err
}

func (d *day) readProduct(words []string) error {
	switch {
	case words[1] == "loose" && len(words) == 2:
		return d.goods.Add(catalog.Product{Name: words[0], Kind: units.Weight})
	case words[1] == "pieces" && len(words) == 3:
		grams, err := units.Parse(words[2], units.Weight)
		if err != nil {
			return err
		}
		return d.goods.Add(catalog.Product{Name: words[0], Kind: units.Pieces, Grams: grams})
	}
	return fmt.Errorf("a product is loose, or pieces with the weight of one")
}

func (d *day) readReceipt(words []string) error {
	product, err := d.goods.Find(words[0])
	if err != nil {
		return err
	}
	amount, err := units.Parse(words[1], product.Kind)
	if err != nil {
		return err
	}
	if words[2] != "until" {
		return fmt.Errorf("%s instead of until", words[2])
	}
	until, err := number(words[3])
	if err != nil {
		return err
	}
	d.stock.Receive(stock.Batch{Product: product.Name, Amount: amount, Until: until})
	return nil
}

func (d *day) readStop(words []string) error {
	rank, err := number(words[1])
	if err != nil {
		return err
	}
	return d.book.AddStop(orders.Stop{Name: words[0], Rank: rank})
}

func (d *day) readOrder(words []string) error {
	return d.book.Order(words[0], words[1], words[2])
}

func number(text string) (int, error) {
	value, err := strconv.Atoi(text)
	if err != nil || value < 0 {
		return 0, fmt.Errorf("%q is no number", text)
	}
	return value, nil
}
