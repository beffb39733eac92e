package main

import (
	"fmt"
	"strings"

	"example.com/press"
)

// day does what a text says, word by word: "+a5" adds a with priority 5, "-a" cancels it, "a=3"
// changes it, "." prints one, "!" prints all.
func day(words string) func(say func(...any)) {
	return func(say func(...any)) {
		queue := press.NewQueue()
		for _, word := range strings.Fields(words) {
			var id, sign string
			var priority int
			switch {
			case word == ".":
				say("one", printed(queue, 1))
			case word == "!":
				say("plan", strings.Join(queue.Plan(), " "))
				say("all ", printed(queue, -1), queue.Len(), queue.Sheets())
			case word[0] == '+':
				fmt.Sscanf(word, "%1s%1s%d", &sign, &id, &priority)
				if !queue.Add(id, priority, 10) {
					say("no", word)
				}
			case word[0] == '-':
				if !queue.Cancel(word[1:]) {
					say("no", word)
				}
			default:
				fmt.Sscanf(word, "%1s%1s%d", &id, &sign, &priority)
				if !queue.Change(id, priority) {
					say("no", word)
				}
			}
		}
	}
}

func printed(queue *press.Queue, count int) string {
	var names []string
	for ; count != 0; count-- {
		first, job := queue.First(), queue.Next()
		if first != job {
			names = append(names, "(other)")
		}
		if job == nil {
			break
		}
		names = append(names, job.ID)
	}
	return strings.Join(names, " ")
}

// long days, made up by a simple rule from a number.
func long(seed, steps int, spread int) func(say func(...any)) {
	return func(say func(...any)) {
		queue, state := press.NewQueue(), uint32(seed)
		draw := func(below int) int {
			state = state*1664525 + 1013904223
			return int(state>>8) % below
		}
		wrong, done := 0, 0
		for step := 0; step < steps; step++ {
			id := fmt.Sprint("j", draw(spread))
			switch draw(6) {
			case 0, 1, 2:
				queue.Add(id, draw(20), draw(9))
			case 3:
				queue.Cancel(id)
			case 4:
				queue.Change(id, draw(20))
			default:
				plan := queue.Plan()
				job := queue.Next()
				if job != nil {
					done++
					if job.ID != plan[0] {
						wrong++
					}
				}
			}
		}
		plan := strings.Join(queue.Plan(), " ")
		rest := printed(queue, -1)
		say("printed", done, "against the plan", wrong, "rest as planned", plan == rest, "left", queue.Sheets())
	}
}

var cases = map[string]func(say func(...any)){
	"order_of_priorities":       day("+a1 +b9 +c5 +d5 +e9 +f0 !"),
	"order_of_arrival":          day("+h2 +g2 +f2 +e2 +d2 +c2 +b2 +a2 !"),
	"names_that_wait_already":   day("+a1 +b2 +a9 ! +a9 !"),
	"cancel_the_first":          day("+a1 +b2 +c3 +d4 -d ! +d1 !"),
	"cancel_the_last_one_added": day("+a9 +b8 +c7 -c ! -a"),
	"cancel_all":                day("+a1 +b2 -a -b ! -b +b1 !"),
	"cancel_deep_in_the_queue":  day("+a9 +b3 +c8 +d2 +e1 +f7 +g6 -d !"),
	"cancel_among_many":         day("+a9 +b4 +c8 +d3 +e2 +f7 +g6 +h1 +i0 +j5 +k6 -h -e !"),
	"cancel_two_and_go_on":      day("+a9 +b3 +c8 +d2 +e1 +f7 +g6 -e -d . . . +h5 !"),
	"change_to_the_front":       day("+a1 +b2 +c3 +d4 a=9 !"),
	"change_to_the_end":         day("+a9 +b8 +c7 +d6 a=0 ! a=1"),
	"change_keeps_the_arrival":  day("+a5 +b5 +c5 b=1 b=5 !"),
	"change_deep_in_the_queue":  day("+a9 +b3 +c8 +d2 +e1 +f7 +g6 d=0 !"),
	"change_and_print_in_turns": day("+a9 +b3 +c8 +d2 +e1 +f7 +g6 e=4 d=5 . . b=9 . !"),
	"change_of_equals":          day("+a9 +b3 +c7 +d3 +e3 +f7 +g7 d=1 e=7 !"),
	"cancelled_among_seven":     day("+a9 +b6 +c2 +d5 +e7 +f8 +g8 -d !"),
	"cancelled_among_ten":       day("+a8 +b6 +c2 +d7 +e8 +f4 +g0 +h6 +i2 +j7 -c !"),
	"cancelled_among_twelve":    day("+a9 +b2 +c6 +d1 +e2 +f9 +g6 +h2 +i0 +j0 +k3 +l4 -h . !"),
	"less_urgent_among_nine":    day("+a2 +b2 +c9 +d9 +e3 +f4 +g3 +h5 +i6 a=3 !"),
	"more_urgent_among_nine":    day("+a0 +b8 +c6 +d6 +e9 +f1 +g4 +h7 +i7 f=6 !"),
	"a_short_long_day":          long(7, 200, 12),
	"a_long_day":                long(1, 20000, 40),
	"a_long_day_with_many":      long(99, 20000, 400),
	"few_jobs":                  long(5, 20000, 4),
	"stacks_of_paper": func(say func(...any)) {
		queue := press.NewQueue()
		for at, sheets := range []int{5, 9, 1, 20, 2} {
			queue.Add(fmt.Sprint("j", at), 9-at, sheets)
		}
		for _, stack := range []int{4, 14, 0, 1, 21, 22, 2, 2} {
			names := ""
			for _, job := range queue.Fit(stack) {
				names += " " + job.ID
			}
			say(fmt.Sprint(stack, ":", names), queue.Len(), queue.Sheets())
		}
	},
}
