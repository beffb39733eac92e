package main

import (
	"fmt"
	"strings"

	"example.com/crib"
)

type desk struct {
	*crib.Crib
	say func(...any)
}

func open(say func(...any), limit int, stock ...any) desk {
	d := desk{crib.New(limit), say}
	for at := 0; at < len(stock); at += 3 {
		d.Stock(stock[at].(string), stock[at+1].(int), stock[at+2].(int))
	}
	return d
}

func (d desk) borrow(member, tool string, now, days int) {
	due, err := d.Borrow(member, tool, now, days)
	d.say(member, "borrows", tool, due, err)
}

func (d desk) back(member, tool string, now int) {
	fee, err := d.Return(member, tool, now)
	d.say(member, "returns", tool, fee, err)
}

func (d desk) extend(member, tool string, now, days int) {
	due, err := d.Extend(member, tool, now, days)
	d.say(member, "extends", tool, due, err)
}

func (d desk) wait(member, tool string) {
	place, err := d.Wait(member, tool)
	d.say(member, "waits for", tool, place, err)
}

func (d desk) late(now int) {
	var all []string
	for _, loan := range d.Late(now) {
		all = append(all, fmt.Sprintf("%s:%s:%d", loan.Member, loan.Tool, loan.Due))
	}
	d.say(now, "late", strings.Join(all, " "))
}

func fees(say func(...any), due, worth int, days ...int) {
	for _, now := range days {
		say(due, now, crib.Fee(due, now, worth))
	}
}

var cases = map[string]func(say func(...any)){
	"no_fee_in_time":        func(say func(...any)) { fees(say, 30, 9000, 0, 29, 30, 31, 32) },
	"fee_of_the_first_week": func(say func(...any)) { fees(say, 30, 9000, 33, 34, 38, 39) },
	"fee_after_the_first":   func(say func(...any)) { fees(say, 30, 9000, 40, 41, 60) },
	"fee_is_never_too_high": func(say func(...any)) {
		fees(say, 0, 120, 2, 3, 4, 5, 400)
		fees(say, 0, 350, 8, 9, 10)
		fees(say, 0, 0, 9)
	},
	"standing_at_the_limits": func(say func(...any)) {
		for _, owed := range []int{0, 1, 499, 500, 501, 1999, 2000, 2001, 9000} {
			say(owed, crib.Standing(owed))
		}
	},
	"stock_adds_up": func(say func(...any)) {
		d := open(say, 9, "saw", 2, 300, "saw", 3, 200, "plane", 1, 100)
		say(d.Free("saw"), d.Free("plane"), d.Free("drill"))
		d.borrow("ines", "saw", 0, 1)
		d.back("ines", "saw", 90)
		d.Stock("plane", 0, 400)
		d.borrow("ines", "plane", 0, 1)
		d.back("ines", "plane", 90)
		say(d.Free("saw"), d.Free("plane"))
	},
	"free_counts_loans_and_queue": func(say func(...any)) {
		d := open(say, 9, "saw", 3, 300, "plane", 4, 300)
		d.borrow("ines", "saw", 1, 5)
		d.borrow("ines", "plane", 1, 5)
		say(d.Free("saw"), d.Free("plane"))
		d.wait("olga", "saw")
		say(d.Free("saw"))
		d.wait("piet", "saw")
		say(d.Free("saw"))
		d.wait("rosa", "saw")
		say(d.Free("saw"), d.Free("plane"))
	},
	"length_of_a_loan": func(say func(...any)) {
		d := open(say, 9, "saw", 9, 300)
		for _, days := range []int{-1, 0, 1, 2, 27, 28, 29} {
			d.borrow("ines", "saw", 100, days)
		}
		say(d.Free("saw"))
	},
	"unknown_tools": func(say func(...any)) {
		d := open(say, 9, "saw", 1, 300)
		d.borrow("ines", "drill", 1, 7)
		d.back("ines", "drill", 1)
		d.wait("ines", "drill")
		d.extend("ines", "drill", 1, 7)
		d.borrow("ines", "saw", 1, 7)
	},
	"limit_per_member": func(say func(...any)) {
		d := open(say, 2, "saw", 9, 300, "plane", 9, 300)
		d.borrow("ines", "saw", 1, 7)
		d.borrow("olga", "saw", 1, 7)
		d.borrow("ines", "plane", 1, 7)
		d.borrow("ines", "plane", 1, 7)
		d.back("ines", "saw", 2)
		d.borrow("ines", "plane", 2, 7)
		say(d.Free("saw"), d.Free("plane"))
	},
	"all_copies_out": func(say func(...any)) {
		d := open(say, 9, "saw", 2, 300)
		for _, member := range []string{"ines", "olga", "piet"} {
			d.borrow(member, "saw", 1, 7)
		}
		d.back("olga", "saw", 2)
		d.borrow("piet", "saw", 2, 7)
		d.borrow("olga", "saw", 2, 7)
	},
	"tools_are_told_apart": func(say func(...any)) {
		d := open(say, 9, "saw", 1, 300, "plane", 1, 300)
		d.borrow("ines", "saw", 1, 7)
		d.borrow("olga", "plane", 1, 9)
		d.back("ines", "plane", 2)
		d.back("olga", "saw", 2)
		d.back("olga", "plane", 2)
		say(d.Free("saw"), d.Free("plane"))
	},
	"several_copies_in_one_hand": func(say func(...any)) {
		d := open(say, 9, "saw", 4, 900)
		d.borrow("ines", "saw", 1, 9)
		d.borrow("ines", "saw", 1, 3)
		d.borrow("ines", "saw", 1, 6)
		d.borrow("olga", "saw", 1, 1)
		d.back("ines", "saw", 10)
		d.back("ines", "saw", 10)
		d.late(99)
		d.back("ines", "saw", 10)
		d.back("ines", "saw", 10)
	},
	"first_in_the_queue": func(say func(...any)) {
		d := open(say, 9, "saw", 1, 900)
		d.borrow("ines", "saw", 1, 9)
		d.wait("olga", "saw")
		d.wait("piet", "saw")
		d.wait("olga", "saw")
		d.borrow("olga", "saw", 2, 9)
		d.back("ines", "saw", 3)
		d.borrow("ines", "saw", 3, 9)
		d.borrow("piet", "saw", 3, 9)
		d.borrow("olga", "saw", 3, 9)
		d.back("olga", "saw", 4)
		d.borrow("olga", "saw", 4, 9)
		d.borrow("piet", "saw", 4, 9)
		d.back("piet", "saw", 5)
		d.borrow("ines", "saw", 5, 9)
	},
	"two_copies_for_a_queue": func(say func(...any)) {
		d := open(say, 9, "saw", 2, 900)
		for _, member := range []string{"a", "b", "c"} {
			d.wait(member, "saw")
		}
		d.borrow("d", "saw", 1, 9)
		d.borrow("c", "saw", 1, 9)
		d.borrow("b", "saw", 1, 9)
		d.borrow("c", "saw", 1, 9)
		d.borrow("a", "saw", 1, 9)
		d.back("a", "saw", 2)
		d.wait("e", "saw")
		d.borrow("e", "saw", 2, 9)
		d.borrow("c", "saw", 2, 9)
	},
	"more_copies_than_waiting": func(say func(...any)) {
		d := open(say, 9, "saw", 3, 900)
		d.wait("a", "saw")
		d.borrow("x", "saw", 1, 9)
		d.borrow("y", "saw", 1, 9)
		d.borrow("z", "saw", 1, 9)
		say(d.Free("saw"))
		d.borrow("a", "saw", 1, 9)
		d.borrow("z", "saw", 1, 9)
	},
	"extending": func(say func(...any)) {
		d := open(say, 9, "saw", 2, 900)
		d.borrow("ines", "saw", 1, 9)
		d.borrow("olga", "saw", 1, 9)
		for _, days := range []int{0, 29, 28} {
			d.extend("ines", "saw", 10, days)
		}
		d.extend("olga", "saw", 11, 1)
		d.extend("ines", "saw", 10, 1)
		d.extend("olga", "saw", 10, 1)
		d.extend("piet", "saw", 10, 1)
	},
	"extending_what_others_want": func(say func(...any)) {
		d := open(say, 9, "saw", 1, 900, "plane", 1, 900)
		d.borrow("ines", "saw", 1, 9)
		d.borrow("ines", "plane", 1, 9)
		d.wait("olga", "saw")
		d.extend("ines", "saw", 2, 3)
		d.extend("ines", "plane", 2, 3)
		d.late(11)
	},
	"debts_and_payments": func(say func(...any)) {
		d := open(say, 9, "lathe", 1, 1999, "drill", 1, 1)
		d.borrow("ines", "lathe", 1, 1)
		d.back("ines", "lathe", 99)
		say(d.Pay("ines", 0), d.Pay("ines", -5))
		d.borrow("ines", "drill", 1, 1)
		d.back("ines", "drill", 99)
		say(d.Pay("ines", 0), d.Pay("olga", 10))
		d.borrow("ines", "drill", 99, 1)
		d.borrow("olga", "drill", 99, 1)
		say(d.Pay("ines", 1))
		d.borrow("ines", "lathe", 99, 1)
		say(d.Pay("ines", 1998), d.Pay("ines", 5), d.Pay("ines", 0))
	},
	"late_list": func(say func(...any)) {
		d := open(say, 9, "saw", 9, 900, "adze", 9, 900)
		d.borrow("piet", "saw", 1, 4)
		d.borrow("olga", "saw", 1, 4)
		d.borrow("olga", "adze", 1, 4)
		d.borrow("rosa", "adze", 1, 3)
		d.borrow("adam", "saw", 1, 6)
		for _, now := range []int{4, 5, 6, 7, 8} {
			d.late(now)
		}
	},
	"order_of_refusals": func(say func(...any)) {
		d := open(say, 0, "saw", 0, 900)
		d.borrow("ines", "drill", 1, 0)
		d.borrow("ines", "saw", 1, 0)
		d.borrow("ines", "saw", 1, 1)
		e := open(say, 1, "saw", 0, 900)
		e.wait("olga", "saw")
		e.borrow("ines", "saw", 1, 1)
		e.extend("ines", "saw", 1, 0)
	},
	"usable_after_every_refusal": func(say func(...any)) {
		d := open(say, 1, "saw", 1, 900)
		d.back("ines", "saw", 1)
		d.wait("ines", "axe")
		d.extend("ines", "saw", 1, 1)
		d.borrow("ines", "axe", 1, 1)
		say(d.Free("axe"), d.Pay("ines", 1))
		d.late(9)
		d.borrow("ines", "saw", 1, 1)
		d.Stock("saw", 1, 1)
		d.wait("olga", "saw")
		d.back("ines", "saw", 1)
		say(d.Free("saw"))
	},
}
