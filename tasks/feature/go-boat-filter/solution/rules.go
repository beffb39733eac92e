package filter

import "strings"

// rule is a condition, or several put together. The higher its rank, the closer it holds together.
type rule interface {
	holds(boat map[string]string) bool
	rank() int
	String() string
}

type (
	either  []rule
	all     []rule
	negated struct{ rule }
)

func (e either) rank() int    { return 0 }
func (a all) rank() int       { return 1 }
func (n negated) rank() int   { return 2 }
func (c condition) rank() int { return 3 }

func (e either) holds(boat map[string]string) bool {
	for _, one := range e {
		if one.holds(boat) {
			return true
		}
	}
	return false
}

func (a all) holds(boat map[string]string) bool {
	for _, one := range a {
		if !one.holds(boat) {
			return false
		}
	}
	return true
}

func (n negated) holds(boat map[string]string) bool { return !n.rule.holds(boat) }

func (e either) String() string  { return joined(e, " or ", e.rank()) }
func (a all) String() string     { return joined(a, " ", a.rank()) }
func (n negated) String() string { return "not " + within(n.rule, n.rank()) }

func joined(rules []rule, between string, rank int) string {
	parts := make([]string, len(rules))
	for at, one := range rules {
		parts[at] = within(one, rank)
	}
	return strings.Join(parts, between)
}

// within is a rule as a part of another one of some rank.
func within(part rule, rank int) string {
	if part.rank() < rank {
		return "(" + part.String() + ")"
	}
	return part.String()
}
