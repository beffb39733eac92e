package pages

import (
	"fmt"
	"testing"
)

func parsed(t *testing.T, text string, last int) Set {
	t.Helper()
	set, err := Parse(text, last)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return set
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if fmt.Sprint(want) != fmt.Sprint(got) {
		t.Fatalf("want %v, got %v", want, got)
	}
}

func TestTypedSelections(t *testing.T) {
	same(t, "1-3,7", parsed(t, " 1-3, 7", 10))
	same(t, "1-2,9-10", parsed(t, "-2,9-", 10))
	same(t, "", parsed(t, "", 10))
}

func TestRangesAreJoined(t *testing.T) {
	same(t, "2-8", parsed(t, "5-8,2-4", 10))
	same(t, "2-8", parsed(t, "2-6,4-8", 10))
}

func TestEvenAndOdd(t *testing.T) {
	same(t, "2,4", parsed(t, "even", 5))
	same(t, "1,3,5", parsed(t, "odd", 5))
}

func TestMistakesAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"1,,2": "nothing between two commas",
		"5-3":  `a range that runs backwards: "5-3"`,
		"x":    `no page: "x"`,
	} {
		_, err := Parse(text, 10)
		same(t, want, err)
	}
}

func TestPagesBehindTheLast(t *testing.T) {
	same(t, "4-6", parsed(t, "4-9", 6))
	same(t, "", parsed(t, "8", 6))
}

func TestCountAndHas(t *testing.T) {
	set := parsed(t, "2-4,8", 10)
	same(t, 4, set.Count())
	for page, want := range []bool{false, false, true, true, true, false, false, false, true, false} {
		same(t, want, set.Has(page))
	}
}

func TestWithoutAndCommon(t *testing.T) {
	all := parsed(t, "1-10", 10)
	some := parsed(t, "3-4,9", 10)
	same(t, "1-2,5-8,10", all.Without(some))
	same(t, "3-4,9", all.Common(some))
}

func TestSheets(t *testing.T) {
	same(t, 5, Range(1, 10).Sheets(2, false))
	same(t, 3, Range(1, 10).Sheets(2, true))
}

func TestBooklets(t *testing.T) {
	same(t, []int{8, 1, 2, 7, 6, 3, 4, 5}, Booklet(8))
}
