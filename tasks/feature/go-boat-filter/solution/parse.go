package filter

import "fmt"

// Parse understands a filter. The error says at which character the trouble is, counted from 1.
func Parse(text string) (Filter, error) {
	r := &reader{text: text}
	if r.blanks(); r.done() {
		return Filter{}, nil
	}
	found, err := r.either()
	if err != nil {
		return Filter{}, err
	}
	if !r.done() {
		return Filter{}, trouble(r.at, "this ) was never opened")
	}
	if r.unclosed > 0 {
		return Filter{}, trouble(r.unclosed-1, "this ( is never closed")
	}
	return Filter{found}, nil
}

// either reads rules with "or" between them.
func (r *reader) either() (rule, error) {
	var found either
	for {
		one, err := r.all()
		if err != nil {
			return nil, err
		}
		found = append(found, one)
		if !r.word("or") {
			break
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return found, nil
}

// all reads rules next to each other, up to "or", a closing parenthesis or the end.
func (r *reader) all() (rule, error) {
	var found all
	for {
		one, err := r.single()
		if err != nil {
			return nil, err
		}
		found = append(found, one)
		r.blanks()
		if r.done() || r.text[r.at] == ')' || r.sees("or") {
			break
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return found, nil
}

func (r *reader) single() (rule, error) {
	if r.word("not") {
		one, err := r.single()
		return negated{one}, err
	}
	r.blanks()
	if r.done() || r.text[r.at] == ')' || r.sees("or") {
		return nil, trouble(r.at, "a condition is expected")
	}
	if r.text[r.at] == '(' {
		return r.group()
	}
	return r.condition()
}

func (r *reader) group() (rule, error) {
	start := r.at
	r.at++
	found, err := r.either()
	if err != nil {
		return nil, err
	}
	if r.done() {
		r.unclosed = start + 1
		return found, nil
	}
	r.at++
	return found, nil
}

// sees says whether a word of its own is next.
func (r *reader) sees(word string) bool {
	end := r.at + len(word)
	if end > len(r.text) || r.text[r.at:end] != word {
		return false
	}
	return end == len(r.text) || isEnd(r.text[end])
}

// word reads a word of its own, and the blanks before it, if it is there.
func (r *reader) word(word string) bool {
	r.blanks()
	if !r.sees(word) {
		return false
	}
	r.at += len(word)
	return true
}

// reader goes through a text from left to right.
type reader struct {
	text     string
	at       int
	unclosed int // the place of the outermost parenthesis that is not closed, or 0
}

func (r *reader) done() bool { return r.at >= len(r.text) }

func (r *reader) blanks() {
	for !r.done() && r.text[r.at] == ' ' {
		r.at++
	}
}

// condition reads a field, a sign and a value without blanks between them.
func (r *reader) condition() (condition, error) {
	start := r.at
	for !r.done() && isLetter(r.text[r.at]) {
		r.at++
	}
	field := r.text[start:r.at]
	if field == "" {
		return condition{}, trouble(start, "a field is expected")
	}
	sign := r.sign()
	if sign == "" {
		return condition{}, trouble(r.at, "one of = != < > is expected")
	}
	value, err := r.value()
	return condition{field, sign, value}, err
}

func (r *reader) sign() string {
	for _, sign := range []string{"!=", "=", "<", ">"} {
		end := r.at + len(sign)
		if end <= len(r.text) && r.text[r.at:end] == sign {
			r.at = end
			return sign
		}
	}
	return ""
}

func (r *reader) value() (string, error) {
	start := r.at
	if !r.done() && r.text[r.at] == '"' {
		return r.quoted()
	}
	for !r.done() && !isEnd(r.text[r.at]) {
		if r.text[r.at] == '"' {
			return "", trouble(r.at, "a quote within a value")
		}
		r.at++
	}
	if r.at == start {
		return "", trouble(start, "a value is expected")
	}
	return r.text[start:r.at], nil
}

// quoted reads up to the closing quote; two quotes stand for one.
func (r *reader) quoted() (string, error) {
	start := r.at
	value := []byte{}
	for r.at++; !r.done(); r.at++ {
		if r.text[r.at] == '"' {
			r.at++
			if r.done() || r.text[r.at] != '"' {
				return string(value), r.apart()
			}
		}
		value = append(value, r.text[r.at])
	}
	return "", trouble(start, "this quote is never closed")
}

// apart checks that a blank or the end follows.
func (r *reader) apart() error {
	if r.done() || isEnd(r.text[r.at]) {
		return nil
	}
	return trouble(r.at, "a blank is expected")
}

func isLetter(one byte) bool { return one >= 'a' && one <= 'z' }

func isEnd(one byte) bool { return one == ' ' || one == '(' || one == ')' }

func trouble(at int, what string) error {
	return fmt.Errorf("at %d: %s", at+1, what)
}
