package main

import "example.com/pages"

// typed says what becomes of texts for a document of some pages.
func typed(last int, texts ...string) func(func(...any)) {
	return func(say func(...any)) {
		for _, text := range texts {
			set, err := pages.Parse(text, last)
			if err != nil {
				say("error", err, set.Count())
				continue
			}
			say("["+set.String()+"]", set.Count())
		}
	}
}

// both says what three ways of combining give for pairs of texts.
func both(pairs ...string) func(func(...any)) {
	return func(say func(...any)) {
		for at := 0; at < len(pairs); at += 2 {
			one, two := set(pairs[at]), set(pairs[at+1])
			say("["+one.Union(two).String()+"]", "["+one.Without(two).String()+"]", "["+one.Common(two).String()+"]")
			say("  [" + one.String() + "] [" + two.String() + "]")
		}
	}
}

func set(text string) pages.Set {
	found, err := pages.Parse(text, 1000)
	if err != nil {
		panic(err)
	}
	return found
}

func has(text string, upTo int) func(func(...any)) {
	return func(say func(...any)) {
		found := []any{}
		for page := -1; page <= upTo; page++ {
			if set(text).Has(page) {
				found = append(found, page)
			}
		}
		say(found...)
	}
}

func sheets(perSide int, duplex bool, counts ...int) func(func(...any)) {
	return func(say func(...any)) {
		for _, count := range counts {
			say(count, pages.Range(5, count+4).Sheets(perSide, duplex))
		}
	}
}

func booklets(lasts ...int) func(func(...any)) {
	return func(say func(...any)) {
		for _, last := range lasts {
			say(last, pages.Booklet(last))
		}
	}
}

var cases = map[string]func(say func(...any)){
	"single_pages":            typed(12, "1", "12", "3,5", "5,3", "3,3", "007"),
	"simple_ranges":           typed(12, "1-12", "2-5", "4-4", "2 - 5", " 2-5 , 7-8 "),
	"open_ranges":             typed(12, "-1", "-5", "- 5", "12-", "3-", "-12", "1-", "-99", "3 -"),
	"neighbours_are_joined":   typed(12, "1,2", "2,1", "1-3,4-6", "4-6,1-3", "1,3", "3,1,2", "1-2,4-5"),
	"overlapping_ranges":      typed(12, "1-5,3-8", "3-8,1-5", "1-9,3-4", "3-4,1-9", "1-5,5-6", "2-4,6-8,3-7"),
	"even_pages":              typed(7, "even", "even,1", "even,odd", "even, even"),
	"odd_pages":               typed(8, "odd", "odd,4", "odd,2-4"),
	"very_short_documents":    typed(1, "even", "odd", "1", "2", "-", "1-", "-1", "1-2"),
	"documents_without_pages": typed(0, "even", "odd", "1", "1-5", "1-", ""),
	"behind_the_last_page":    typed(6, "6", "7", "6-7", "7-8", "5-99", "7-", "99-", "-7", "2,7,4"),
	"nothing_typed":           typed(6, "", " ", "  \t"),
	"lonely_commas":           typed(6, ",", "1,", ",1", "1,,2", "1, ,2"),
	"page_zero":               typed(6, "0", "0-3", "-0", "00"),
	"backwards":               typed(6, "3-2", "6-1", "9-7", "3-3", "1,5-4"),
	"no_numbers":              typed(6, "x", "1x", "1.5", "+1", "1-2-3", "Even", "all", "2-x", "x-2", "1 2", "--", "9999999999999999999999"),
	"lonely_dashes":           typed(6, "-", " - ", "1,-"),
	"has_finds_every_page":    has("1,3-5,8-9,12,20-22", 25),
	"has_of_two_ranges":       has("2-3,6-7", 9),
	"has_of_one_page":         has("4", 6),
	"has_of_nothing":          has("", 4),
	"apart":                   both("1-3", "7-9", "7-9", "1-3", "1-3", "4-6", "4-6", "1-3", "5", "7"),
	"one_within_the_other":    both("1-9", "4-6", "4-6", "1-9", "1-9", "1-3", "1-9", "7-9", "5-6", "5-6"),
	"across_an_edge":          both("1-5", "4-8", "4-8", "1-5", "1-5", "5-8", "5-8", "1-5", "2-3", "1,4"),
	"many_ranges":             both("1-3,5-7,9-11", "2-6,10", "2-6,10", "1-3,5-7,9-11", "1-20", "2,4,6-8,20", "1,3,5,7", "1-7", "10-20,30-40", "15-35"),
	"with_nothing":            both("1-3", "", "", "1-3", "", ""),
	"sets_do_not_change": func(say func(...any)) {
		one, two := set("1-3,9"), set("4-5")
		sum := one.Union(two)
		more := sum.Union(set("6-7"))
		say(one, two, sum, more, sum.Without(two), sum)
	},
	"ranges_backwards": func(say func(...any)) {
		say(pages.Range(3, 2).Count(), pages.Range(3, 3).Count(), pages.Range(3, 4).Count(), pages.Range(3, 2))
	},
	"sheets_of_one_side":   sheets(1, false, 0, 1, 2, 9),
	"sheets_of_two_sides":  sheets(1, true, 0, 1, 2, 3, 4),
	"several_pages_a_side": sheets(4, false, 0, 1, 4, 5, 8, 9),
	"several_pages_duplex": sheets(2, true, 0, 1, 2, 3, 4, 5, 8, 9),
	"senseless_sides":      func(say func(...any)) { sheets(0, true, 4)(say); sheets(-1, false, 4)(say) },
	"small_booklets":       booklets(0, 1, 2, 3, 4),
	"larger_booklets":      booklets(5, 7, 8, 11, 12, 13),
}
