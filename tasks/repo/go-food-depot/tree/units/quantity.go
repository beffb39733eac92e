// Package units has the quantities of goods: grams or pieces, both whole numbers.
package units

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind says what a quantity counts.
type Kind int

// The kinds of quantities.
const (
	Weight Kind = iota // in grams
	Pieces
)

// Step is the smallest amount of a kind that is given out.
func (k Kind) Step() int {
	if k == Weight {
		return 10
	}
	return 1
}

// Parse reads a quantity of some kind: "12kg", "2.5kg" or "750g" is a weight, a plain number is
// pieces. The result is in grams or pieces. Grams are whole, so there are up to three decimals.
func Parse(text string, kind Kind) (int, error) {
	if kind == Pieces {
		count, err := digits(text)
		if err != nil {
			return 0, fmt.Errorf("%q is no number of pieces", text)
		}
		return count, nil
	}
	if number, ok := cutSuffix(text, "kg"); ok {
		grams, err := kilograms(number)
		if err != nil {
			return 0, fmt.Errorf("%q is no weight", text)
		}
		return grams, nil
	}
	if number, ok := cutSuffix(text, "g"); ok {
		if grams, err := digits(number); err == nil {
			return grams, nil
		}
	}
	return 0, fmt.Errorf("%q is no weight", text)
}

func cutSuffix(text, suffix string) (string, bool) {
	return strings.TrimSuffix(text, suffix), strings.HasSuffix(text, suffix)
}

// kilograms reads a decimal number of kilograms as grams.
func kilograms(text string) (int, error) {
	whole, decimals, split := strings.Cut(text, ".")
	grams, err := digits(whole)
	if err != nil {
		return 0, err
	}
	grams *= 1000
	if !split {
		return grams, nil
	}
	if len(decimals) > 3 {
		return 0, fmt.Errorf("too many decimals")
	}
	part, err := digits(decimals)
	if err != nil {
		return 0, err
	}
	for part > 0 && part < 100 {
		part *= 10
	}
	return grams + part, nil
}

func digits(text string) (int, error) {
	for _, one := range text {
		if one < '0' || one > '9' {
			return 0, fmt.Errorf("no digit: %q", one)
		}
	}
	return strconv.Atoi(text)
}
