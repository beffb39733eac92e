package allocate

import (
	"reflect"
	"testing"

	"example.com/depot/orders"
)

func wish(name string, rank, amount int) orders.Wish {
	return orders.Wish{Stop: orders.Stop{Name: name, Rank: rank}, Amount: amount}
}

func TestEnoughForAll(t *testing.T) {
	got := Share([]orders.Wish{wish("a", 1, 500), wish("b", 2, 300)}, 800, 10)
	if want := (Given{"a": 500, "b": 300}); !reflect.DeepEqual(want, got) {
		t.Errorf("got %v", got)
	}
}

func TestLowRanksFirst(t *testing.T) {
	got := Share([]orders.Wish{wish("a", 1, 500), wish("b", 2, 300)}, 600, 10)
	if want := (Given{"a": 500, "b": 100}); !reflect.DeepEqual(want, got) {
		t.Errorf("got %v", got)
	}
}

func TestProportions(t *testing.T) {
	got := Share([]orders.Wish{wish("a", 1, 600), wish("b", 1, 300), wish("c", 1, 100)}, 500, 10)
	if want := (Given{"a": 300, "b": 150, "c": 50}); !reflect.DeepEqual(want, got) {
		t.Errorf("got %v", got)
	}
}

func TestOddStepsGoToTheFirst(t *testing.T) {
	got := Share([]orders.Wish{wish("a", 1, 5), wish("b", 1, 5), wish("c", 1, 5)}, 8, 1)
	if want := (Given{"a": 3, "b": 3, "c": 2}); !reflect.DeepEqual(want, got) {
		t.Errorf("got %v", got)
	}
}
