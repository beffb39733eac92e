package filter

import (
	"strconv"
	"strings"
)

// condition compares one field with a value.
type condition struct {
	field, sign, value string
}

func (c condition) holds(boat map[string]string) bool {
	have, known := boat[c.field]
	switch c.sign {
	case "=":
		return known && have == c.value
	case "!=":
		return !known || have != c.value
	}
	left, err := strconv.Atoi(have)
	if err != nil {
		return false
	}
	right, err := strconv.Atoi(c.value)
	if err != nil {
		return false
	}
	if c.sign == "<" {
		return left < right
	}
	return left > right
}

func (c condition) String() string {
	if c.value == "" || strings.ContainsAny(c.value, " \"()") {
		return c.field + c.sign + `"` + strings.ReplaceAll(c.value, `"`, `""`) + `"`
	}
	return c.field + c.sign + c.value
}
