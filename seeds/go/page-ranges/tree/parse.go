package pages

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a selection of the pages 1 to last, as people type it into a print dialog: numbers
// and ranges between commas, blanks anywhere around them. "-4" starts at the first page, "7-"
// ends at the last one. "even" and "odd" are all such pages.
//
// What lies behind the last page is left out; a range that begins there is empty. Page 0, a range
// that runs backwards and anything else that is no number is an error, which names the part.
func Parse(text string, last int) (Set, error) {
	var set Set
	if strings.TrimSpace(text) == "" {
		return set, nil
	}
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		switch part {
		case "":
			return Set{}, fmt.Errorf("nothing between two commas")
		case "even":
			set = set.Union(every(2, last))
		case "odd":
			set = set.Union(every(1, last))
		default:
			from, to, err := bounds(part, last)
			if err != nil {
				return Set{}, err
			}
			set = set.Union(Range(from, to))
		}
	}
	return set, nil
}

func bounds(part string, last int) (from, to int, err error) {
	left, right, ranged := strings.Cut(part, "-")
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if ranged && left == "" && right == "" {
		return 0, 0, fmt.Errorf("a range without pages: %q", part)
	}
	from, to = 1, last
	if left != "" {
		if from, err = number(left); err != nil {
			return 0, 0, err
		}
	}
	if right != "" {
		if to, err = number(right); err != nil {
			return 0, 0, err
		}
		if to < from {
			return 0, 0, fmt.Errorf("a range that runs backwards: %q", part)
		}
	}
	if !ranged {
		to = from
	}
	if to > last {
		to = last
	}
	return from, to, nil
}

func number(text string) (int, error) {
	for _, digit := range text {
		if digit < '0' || digit > '9' {
			return 0, fmt.Errorf("no page: %q", text)
		}
	}
	page, err := strconv.Atoi(text)
	if err != nil || page < 1 {
		return 0, fmt.Errorf("no page: %q", text)
	}
	return page, nil
}

func every(first, last int) Set {
	var set Set
	for page := first; page <= last; page += 2 {
		set.spans = append(set.spans, span{page, page})
	}
	return set
}
