package packing

import (
	"testing"

	"example.com/depot/catalog"
	"example.com/depot/units"
)

var (
	rice = catalog.Product{Name: "rice", Kind: units.Weight}
	eggs = catalog.Product{Name: "eggs", Kind: units.Pieces, Grams: 60}
)

func TestCratesAreFilled(t *testing.T) {
	crates := Pack([]Item{{rice, 2500}, {eggs, 10}}, 2000)
	if len(crates) != 2 || crates[0].Mass != 2000 || crates[1].Mass != 1100 {
		t.Errorf("got %v", crates)
	}
}

func TestPiecesAreNotCut(t *testing.T) {
	crates := Pack([]Item{{eggs, 5}}, 130)
	if len(crates) != 3 || crates[0].Mass != 120 || crates[2].Mass != 60 {
		t.Errorf("got %v", crates)
	}
}
