// Package filter picks boats from a register by what people type; docs/filters.md describes it.
package filter

import "strings"

// Filter is what was typed, understood. The zero value lets every boat through.
type Filter struct {
	conditions []condition
}

// Match says whether a boat, given by its fields, is let through.
func (f Filter) Match(boat map[string]string) bool {
	for _, one := range f.conditions {
		if !one.holds(boat) {
			return false
		}
	}
	return true
}

// String is the filter as it can be typed, with single blanks and no quotes but those it needs.
func (f Filter) String() string {
	parts := make([]string, len(f.conditions))
	for at, one := range f.conditions {
		parts[at] = one.String()
	}
	return strings.Join(parts, " ")
}

// Select returns those of some boats that are let through, in their order.
func (f Filter) Select(boats []map[string]string) []map[string]string {
	var found []map[string]string
	for _, boat := range boats {
		if f.Match(boat) {
			found = append(found, boat)
		}
	}
	return found
}
