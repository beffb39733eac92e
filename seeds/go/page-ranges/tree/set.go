// Package pages handles selections of pages: sets of numbers from 1 on, kept as ranges.
package pages

import (
	"strconv"
	"strings"
)

type span struct{ from, to int }

// Set is a selection. The zero value is empty. Sets are values: no method changes its receiver.
type Set struct {
	spans []span // in order, with at least one page between two of them that is in none
}

// Range is all pages from one up to and including another; empty where they run backwards.
func Range(from, to int) Set {
	if from > to {
		return Set{}
	}
	return Set{spans: []span{{from, to}}}
}

// Count is the number of pages.
func (s Set) Count() int {
	count := 0
	for _, one := range s.spans {
		count += one.to - one.from + 1
	}
	return count
}

// Has says whether a page is selected.
func (s Set) Has(page int) bool {
	low, high := 0, len(s.spans)
	for low < high {
		middle := (low + high) / 2
		switch one := s.spans[middle]; {
		case page < one.from:
			high = middle
		case page > one.to:
			low = middle + 1
		default:
			return true
		}
	}
	return false
}

// Union is the pages of either.
func (s Set) Union(other Set) Set {
	var all []span
	i, j := 0, 0
	for i < len(s.spans) || j < len(other.spans) {
		var next span
		if j >= len(other.spans) || i < len(s.spans) && s.spans[i].from <= other.spans[j].from {
			next = s.spans[i]
			i++
		} else {
			next = other.spans[j]
			j++
		}
		end := len(all) - 1
		if end < 0 || next.from > all[end].to+1 {
			all = append(all, next)
		} else if next.to > all[end].to {
			all[end].to = next.to
		}
	}
	return Set{all}
}

// Without is the pages of s that are not in other.
func (s Set) Without(other Set) Set {
	var rest []span
	at := 0
	for _, one := range s.spans {
		from := one.from
		for at < len(other.spans) && other.spans[at].to < from {
			at++
		}
		for next := at; next < len(other.spans) && other.spans[next].from <= one.to; next++ {
			if gone := other.spans[next]; gone.from > from {
				rest = append(rest, span{from, gone.from - 1})
			}
			from = other.spans[next].to + 1
		}
		if from <= one.to {
			rest = append(rest, span{from, one.to})
		}
	}
	return Set{rest}
}

// Common is the pages of both.
func (s Set) Common(other Set) Set {
	return s.Without(s.Without(other))
}

// Sheets is how many sheets of paper the pages take with some of them on each side. Selected pages
// are printed one after the other; one sheet has two sides if duplex.
func (s Set) Sheets(perSide int, duplex bool) int {
	if perSide < 1 {
		return 0
	}
	sides := (s.Count() + perSide - 1) / perSide
	if !duplex {
		return sides
	}
	return (sides + 1) / 2
}

// Booklet is the order in which the pages 1 to last are printed so that the folded sheets make a
// booklet, two pages a side: first the right number of blanks is added (as 0) to make whole sheets
// of four, then each side takes one page from the end and one from the beginning, the outer page
// first on front sides and last on back sides.
func Booklet(last int) []int {
	total := (last + 3) / 4 * 4
	order := make([]int, 0, total)
	for left, right := 1, total; left < right; left, right = left+1, right-1 {
		outer, inner := right, left
		if left%2 == 0 {
			outer, inner = left, right
		}
		for _, page := range []int{outer, inner} {
			if page > last {
				page = 0
			}
			order = append(order, page)
		}
	}
	return order
}

// String is the selection as it can be typed: "1-3,7". Two neighbours are still a range.
func (s Set) String() string {
	parts := make([]string, 0, len(s.spans))
	for _, one := range s.spans {
		text := strconv.Itoa(one.from)
		if one.to > one.from {
			text += "-" + strconv.Itoa(one.to)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ",")
}
