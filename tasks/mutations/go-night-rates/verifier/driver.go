package main

import (
	"fmt"
	"strings"

	"example.com/rates"
)

const (
	hour = 60
	day  = 24 * hour
)

// day says which minutes of a day change the rate, and the rate at its begin.
func edges(weekday int) func(say func(...any)) {
	return func(say func(...any)) {
		said := []string{fmt.Sprint("night ", rates.Night(weekday*day))}
		for minute := 1; minute < day; minute++ {
			at := weekday*day + minute
			if rates.Night(at) != rates.Night(at-1) {
				said = append(said, fmt.Sprintf("%02d:%02d", minute/hour, minute%hour))
			}
		}
		say(strings.Join(said, " "))
	}
}

func split(uses ...rates.Use) func(say func(...any)) {
	return func(say func(...any)) {
		share := rates.Split(uses)
		say("day", share.Day, "night", share.Night)
	}
}

func at(weekday, hours, minutes int) int { return weekday*day + hours*hour + minutes }

func use(from, to, watts int) rates.Use { return rates.Use{From: from, To: to, Watts: watts} }

func costs(prices rates.Prices, shares ...rates.Share) func(say func(...any)) {
	return func(say func(...any)) {
		for _, share := range shares {
			say(prices.Cost(share))
		}
	}
}

var cases = map[string]func(say func(...any)){
	"monday":              edges(0),
	"friday":              edges(4),
	"saturday":            edges(5),
	"sunday":              edges(6),
	"saturday_much_later": edges(7*52 + 5),
	"weekdays": func(say func(...any)) {
		for week := 0; week < 2; week++ {
			for one := 0; one < 7; one++ {
				say(rates.Weekday(at(7*week+one, 0, 0)), rates.Weekday(at(7*week+one, 23, 59)))
			}
		}
	},
	"dough_from_noon_on":       split(use(at(5, 12, 0), at(5, 20, 0), 700)),
	"dough_shortly_after_noon": split(use(at(5, 12, 1), at(5, 20, 0), 700)),
	"saturday_around_noon":     split(use(at(5, 11, 30), at(5, 12, 30), 10)),
	"saturday_until_noon":      split(use(at(5, 8, 0), at(5, 12, 0), 10)),
	"the_minute_of_noon":       split(use(at(5, 12, 0), at(5, 12, 1), 3), use(at(5, 11, 59), at(5, 12, 0), 5)),
	"whole_week":               split(use(0, 7*day, 1)),
	"whole_weekend":            split(use(at(4, 22, 0), at(7, 6, 0), 2)),
	"over_midnight":            split(use(at(1, 21, 0), at(2, 7, 30), 4)),
	"noon_on_other_days":       split(use(at(3, 12, 0), at(3, 13, 0), 9), use(at(6, 12, 0), at(6, 13, 0), 5)),
	"several_uses":             split(use(at(0, 5, 0), at(0, 7, 0), 1), use(at(0, 6, 30), at(0, 22, 30), 2)),
	"uses_without_a_length":    split(use(100, 100, 9), use(200, 100, 9), use(0, 1, 9)),
	"longest_night_of_a_week": func(say func(...any)) {
		for _, from := range []int{0, at(2, 3, 0), at(5, 11, 0), at(5, 12, 0), at(5, 12, 30), at(6, 9, 0)} {
			start, length := rates.Longest(from)
			say(from, start, length)
		}
	},
	"costs_are_rounded_up": costs(rates.Prices{Day: 3000, Night: 2000, Base: 50}, rates.Share{}, rates.Share{Day: 1}, rates.Share{Night: 1}, rates.Share{Day: 2000, Night: 3000}, rates.Share{Day: 2001, Night: 3001}, rates.Share{Day: 60000 * 100}),
	"cheaper_prices": func(say func(...any)) {
		one, two := rates.Prices{Day: 3000, Night: 1000, Base: 9}, rates.Prices{Day: 2000, Night: 2000, Base: 9}
		for _, share := range []rates.Share{{}, {Day: 60000}, {Night: 60000}, {Day: 60000, Night: 60000}} {
			say(rates.Better(one, two, share), rates.Better(two, one, share))
		}
	},
}
