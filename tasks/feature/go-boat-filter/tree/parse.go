package filter

import "fmt"

// Parse understands a filter. The error says at which character the trouble is, counted from 1.
func Parse(text string) (Filter, error) {
	var found Filter
	r := &reader{text: text}
	for {
		r.blanks()
		if r.done() {
			return found, nil
		}
		one, err := r.condition()
		if err != nil {
			return Filter{}, err
		}
		found.conditions = append(found.conditions, one)
	}
}

// reader goes through a text from left to right.
type reader struct {
	text string
	at   int
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
	for !r.done() && r.text[r.at] != ' ' {
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
	if r.done() || r.text[r.at] == ' ' {
		return nil
	}
	return trouble(r.at, "a blank is expected")
}

func isLetter(one byte) bool { return one >= 'a' && one <= 'z' }

func trouble(at int, what string) error {
	return fmt.Errorf("at %d: %s", at+1, what)
}
