package knots

import (
	"errors"
	"math"
)

// Knots turns kilometres an hour into whole knots.
func Knots(kmh float64) (int, error) {
	if kmh < 0 {
		return 0, errors.New("speed below zero")
	}
	return int(math.Floor(kmh/1.852 + 0.5)), nil
}

// Legs gives the way between each two marks.
func Legs(marks []int) []int {
	legs := []int{}
	for at := 1; at < len(marks); at++ {
		legs = append(legs, marks[at]-marks[at-1])
	}
	return legs
}
