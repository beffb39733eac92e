package main

import (
	"fmt"
	"strings"

	"example.com/filter"
)

var boats = []map[string]string{
	{"name": "Tern", "kind": "sloop", "length": "8"},
	{"name": "Gull", "kind": "ketch", "length": "14", "or": "1"},
	{"name": "Curlew", "kind": "sloop", "length": "11", "not": "1"},
	{"name": "Skua", "kind": "barge"},
	{"name": "or", "kind": "(old)", "length": "x", "orx": "1"},
}

func picked(f filter.Filter) string {
	var names []string
	for _, boat := range f.Select(boats) {
		names = append(names, boat["name"])
	}
	return "[" + strings.Join(names, " ") + "]"
}

// typed says which boats a text picks and how it comes back, and that this means the same.
func typed(texts ...string) func(say func(...any)) {
	return func(say func(...any)) {
		for _, text := range texts {
			f, err := filter.Parse(text)
			if err != nil {
				say("error", err)
				continue
			}
			again, err := filter.Parse(f.String())
			say(picked(f), "<"+f.String()+">", err == nil && again.String() == f.String() && picked(again) == picked(f))
		}
	}
}

// table says for which of all values of a, b and c a filter holds.
func table(texts ...string) func(say func(...any)) {
	return func(say func(...any)) {
		for _, text := range texts {
			f, err := filter.Parse(text)
			if err != nil {
				say("error", err)
				continue
			}
			var found []string
			for at := 0; at < 8; at++ {
				row := fmt.Sprintf("%03b", at)
				boat := map[string]string{"a": row[0:1], "b": row[1:2], "c": row[2:3]}
				if f.Match(boat) {
					found = append(found, row)
				}
			}
			say(strings.Join(found, " "))
		}
	}
}

var cases = map[string]func(say func(...any)){
	"old_filters":           typed("", "   ", "kind=sloop", " kind=sloop  length>8 ", "kind!=sloop length<20", `name="Tern"`, "length>x", "length!=8", "colour!=red", "colour=red"),
	"old_quotes":            typed(`name="or"`, `name="a ""b"""`, `name=""`, `kind="two words"`),
	"old_errors":            typed("kind", "kind=", "kind<", "=x", `name="Old`, `name="Old"x`, `name=O"x`, "kind sloop", "Kind=x", "kind= sloop", `a=1 "b"`),
	"either":                typed("kind=ketch or kind=barge", "kind=ketch or length<10 or kind=barge", "kind=none or kind=nothing"),
	"or_comes_last":         table("a=1 b=1 or c=1", "a=1 or b=1 c=1", "a=1 b=1 or b=0 c=1", "a=1 or b=1 or c=1"),
	"groups":                table("(a=1 or b=1) c=1", "c=1 (a=1 or b=1)", "(a=1 or b=1) (b=0 or c=0)", "(a=1)", "((a=1 b=1))", "a=1 (b=1 (c=1))"),
	"not_of_a_condition":    table("not a=1", "not a=1 b=1", "b=1 not a=1", "not a=1 or b=1", "a=1 or not b=1"),
	"not_of_a_group":        table("not (a=1 b=1)", "not (a=1 or b=1)", "not (a=1 b=1) c=1", "not (not a=1 or b=1) or c=1"),
	"repeated_not":          table("not not a=1", "not not not a=1", "not not (a=1 or b=1)", "not (not (a=1))"),
	"deep_groups":           table("((a=1 or b=1) (b=1 or c=1)) or (not (a=1 or (b=1 c=1)))", strings.Repeat("(", 200)+"a=1"+strings.Repeat(")", 200)),
	"blanks_are_not_needed": typed("(kind=sloop)length>8", "kind=sloop(length>8)", "not(kind=sloop)", "(kind=ketch)or(kind=barge)", "kind=ketch or(kind=barge)", "(kind=ketch)or kind=barge", "not(not(kind=sloop))(length<9)"),
	"many_blanks":           typed("  (  kind=ketch   or   kind=barge  )  not   length>9  "),
	"words_in_fields":       typed("or=1", "not=1", "orx=1", "notx=1", "not not=1", "or=1 or not=1", "not or=1"),
	"words_in_values":       typed("name=or", "name=not", "name=or or kind=barge", "not name=or", `name="or"`),
	"words_in_capitals":     typed("kind=ketch OR kind=barge", "NOT kind=ketch", "kind=ketch Or kind=barge"),
	"values_end_at_groups":  typed("(name=Tern)", "(name=Tern or name=Gull)", "kind=(old)", "kind=old)", `kind="(old)"`, `(kind="(old)")`, `name="Tern"(length<9)`),
	"text_without_parens":   typed("((kind=sloop) or(kind=ketch)) or kind=barge", "(kind=sloop length>8) length<20", "kind=sloop (length>8 length<20)", "(kind=sloop length>8) or kind=barge", "((kind=sloop))", "not (kind=sloop)", "(not kind=sloop) length>8"),
	"text_with_parens":      typed("(kind=sloop or kind=ketch)   length>8", "length>8(kind=sloop or kind=ketch)", "not (kind=sloop length>8)", "not(kind=sloop or kind=ketch)", "not not (kind=sloop or kind=ketch)", "not ((kind=sloop))"),
	"text_of_quoted_values": typed(`kind="(old)" or kind=sloop`, `name=")"`, `name="a(b"`, `name="x y"`),
	"never_closed":          typed("(kind=sloop", "a=1 (kind=sloop", "((kind=sloop)", "((kind=sloop", "not (kind=sloop or (length>8)"),
	"never_opened":          typed("kind=sloop)", "(kind=sloop))", "(kind=sloop) )", "a=1 or b=2) c=3"),
	"conditions_missing":    typed("or", "or a=1", "a=1 or", "a=1 or ", "a=1 or or b=2", "not", "not or a=1", "a=1 not", "not ", "()", "( )", "a=1 ()", "(a=1 or)", "(or a=1)", "(not)", "(", "( ", "not ("),
	"first_mistake_counts":  typed("(kind", "(kind=", "kind=sloop) or", "a=1 or kind) x", "(a=1 b", "((a=1) or", "(a=1 or b=2) c)", `(name="x`),
	"selections_keep_order": typed("not kind=x", "length>0 or length<0 or not length>0"),
}
