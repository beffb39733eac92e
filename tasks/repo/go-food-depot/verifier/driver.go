package main

import (
	"fmt"
	"strings"

	"example.com/depot"
	"example.com/depot/allocate"
	"example.com/depot/catalog"
	"example.com/depot/orders"
	"example.com/depot/packing"
	"example.com/depot/units"
)

// planned takes the lines of a file, separated by "; ".
func planned(files ...string) func(say func(...any)) {
	return func(say func(...any)) {
		for _, file := range files {
			text, err := depot.Plan(strings.ReplaceAll(file, "; ", "\n"))
			if err != nil {
				say("error", err)
				continue
			}
			say(strings.TrimSuffix(text, "\n"))
		}
	}
}

func weights(texts ...string) func(say func(...any)) {
	return func(say func(...any)) {
		for _, text := range texts {
			grams, err := units.Parse(text, units.Weight)
			if err != nil {
				say("error", err)
				continue
			}
			say(text, grams, units.Format(grams, units.Weight))
		}
	}
}

func share(available, step int, wishes ...int) func(say func(...any)) {
	return func(say func(...any)) {
		var all []orders.Wish
		for at := 0; at < len(wishes); at += 2 {
			all = append(all, orders.Wish{Stop: orders.Stop{Name: fmt.Sprint("s", at/2), Rank: wishes[at]}, Amount: wishes[at+1]})
		}
		say(allocate.Share(all, available, step))
	}
}

const goods = "date 10; product tea loose; product eggs pieces 60g; stop a 1; stop b 1; stop c 2; "

var cases = map[string]func(say func(...any)){
	"weights_with_a_zero_first": weights("1.05kg", "0.01kg", "0.09kg", "12.034kg", "0.025kg", "7.099kg"),
	"weights_with_two_zeros":    weights("1.001kg", "0.005kg", "3.009kg"),
	"weights_with_decimals":     weights("1.5kg", "0.25kg", "2.125kg", "2.999kg", "10.1kg", "0.11kg"),
	"weights_with_zeros_behind": weights("1.50kg", "1.500kg", "0.100kg", "0.10kg", "1.0kg", "1.00kg", "1.000kg", "0.050kg", "0.010kg"),
	"whole_weights":             weights("0kg", "1kg", "40kg", "0g", "5g", "999g", "1000g", "1001g"),
	"no_weights":                weights("", "kg", "g", "1", "1.0001kg", "1.kg", ".5kg", "1.5g", "-1kg", "1.-5kg", "1,5kg", "1.2.3kg", "1 kg", "+1kg"),
	"small_orders":              planned(goods + "receive tea 2kg until 20; order a tea 0.05kg; order b tea 0.005kg; order c tea 1.07kg"),
	"small_receipts":            planned(goods + "receive tea 0.08kg until 20; receive tea 0.09kg until 12; order a tea 100g"),
	"small_crates":              planned(goods + "crate 1.02kg; receive tea 9kg until 20; order a tea 3100g"),
	"light_pieces":              planned(goods + "product leaves pieces 0.004kg; crate 20g; receive leaves 50 until 20; order a leaves 12"),
	"short_of_small_orders":     planned(goods + "receive tea 0.09kg until 20; order a tea 0.06kg; order b tea 0.12kg; order c tea 0.03kg"),
	"sums_of_wishes":            planned(goods + "receive tea 1kg until 20; order a tea 0.02kg; order a tea 0.03kg; order a tea 20g"),
	"a_day_without_decimals":    planned(goods + "receive tea 5kg until 20; receive eggs 40 until 10; order c tea 700g; order a eggs 30; order b eggs 20; order c eggs 5"),
	"ranks_before_shares":       planned(goods + "receive tea 1kg until 20; order c tea 600g; order a tea 400g; order b tea 200g"),
	"old_goods_stay":            planned(goods + "receive tea 1kg until 9; receive tea 1kg until 10; receive tea 500g until 11; order a tea 3kg"),
	"lines_with_mistakes":       planned(goods+"order a tea 1.5", goods+"order d tea 1kg", goods+"order a salt 1kg", "date x", "crate 0kg", "stop a 1; stop a 2", goods+"receive tea 1kg till 9", "hello", goods+"order a eggs 1kg", "product x pieces 0g", "product x heavy"),
	"shares_in_steps":           share(100, 10, 1, 70, 1, 70, 1, 70),
	"shares_by_rank":            share(100, 10, 0, 30, 1, 50, 1, 50, 2, 10),
	"shares_of_small_wishes":    share(20, 10, 1, 5, 1, 5, 1, 25),
	"crates_of_mixed_goods": func(say func(...any)) {
		tea, pan := catalog.Product{Name: "tea"}, catalog.Product{Name: "pan", Kind: units.Pieces, Grams: 900}
		for _, crate := range packing.Pack([]packing.Item{{Product: tea, Amount: 1300}, {Product: pan, Amount: 3}, {Product: tea, Amount: 200}}, 1000) {
			text := ""
			for _, item := range crate.Items {
				text += fmt.Sprint(" ", item.Product.Name, " ", item.Amount)
			}
			say(fmt.Sprint(crate.Mass, ":", text))
		}
	},
}
