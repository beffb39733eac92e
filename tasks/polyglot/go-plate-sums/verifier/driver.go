package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"example.com/plates"
)

// shelf counts what happens to its plates.
type shelf struct {
	mu                 sync.Mutex
	free               *sync.Cond
	together           int // how many must be open at once before one can be read
	open, most, closed int
	opened             map[string]int
}

func newShelf(together int) *shelf {
	s := &shelf{together: together, opened: map[string]int{}}
	s.free = sync.NewCond(&s.mu)
	return s
}

// Open knows plates by their names: "missing..." cannot be opened, "broken..." cannot be read to
// its end, "stuck..." cannot be closed; anything else holds its own name.
func (s *shelf) Open(name string) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened[name]++
	if strings.HasPrefix(name, "missing") {
		return nil, errors.New("not in its box")
	}
	s.open++
	if s.open > s.most {
		s.most = s.open
	}
	s.free.Broadcast()
	for s.most < s.together {
		s.free.Wait()
	}
	return &plate{shelf: s, name: name, text: name}, nil
}

type plate struct {
	shelf      *shelf
	name, text string
}

func (p *plate) Read(into []byte) (int, error) {
	runtime.Gosched()
	if p.text == "" {
		if strings.HasPrefix(p.name, "broken") {
			return 0, errors.New("a scratch")
		}
		return 0, io.EOF
	}
	count := copy(into[:1], p.text)
	p.text = p.text[count:]
	return count, nil
}

func (p *plate) Close() error {
	p.shelf.mu.Lock()
	defer p.shelf.mu.Unlock()
	p.shelf.open--
	p.shelf.closed++
	if strings.HasPrefix(p.name, "stuck") {
		return errors.New("the lid is stuck")
	}
	return nil
}

func many(count int) []string {
	names := make([]string, count)
	for at := range names {
		names[at] = fmt.Sprintf("p%d", at)
	}
	return names
}

// sums says what comes of it and what is left behind.
func sums(say func(...any), s *shelf, names []string, workers int) []plates.Sum {
	before := runtime.NumGoroutine()
	found, err := plates.Sums(s, names, workers)
	open := s.open
	for tries := 0; tries < 200 && runtime.NumGoroutine() > before; tries++ {
		time.Sleep(time.Millisecond)
	}
	say(len(found), "sums, error", err)
	say("open", open, "left", runtime.NumGoroutine()-before, "at most", s.most <= workers || s.most <= 1 && workers < 1)
	return found
}

func list(say func(...any), found []plates.Sum) {
	for _, sum := range found {
		say(sum.Name, sum.Sum, sum.Size)
	}
}

func total(found []plates.Sum, names []string) (bytes int, ordered bool) {
	ordered = len(found) == len(names)
	for at, sum := range found {
		bytes += sum.Size
		ordered = ordered && sum.Name == names[at]
	}
	return bytes, ordered
}

func box(count, workers int) func(say func(...any)) {
	return func(say func(...any)) {
		names := many(count)
		s := newShelf(0)
		say(total(sums(say, s, names, workers), names))
		say(len(s.opened), s.closed)
	}
}

func failing(workers int, names ...string) func(say func(...any)) {
	return func(say func(...any)) {
		s := newShelf(0)
		list(say, sums(say, s, names, workers))
		for _, name := range names {
			if s.opened[name] == 0 {
				say("never read:", name)
			}
		}
	}
}

var cases = map[string]func(say func(...any)){
	"one_plate":                func(say func(...any)) { list(say, sums(say, newShelf(0), []string{"ab"}, 1)) },
	"as_many_as_workers":       func(say func(...any)) { list(say, sums(say, newShelf(0), []string{"c", "", "ba", "plate"}, 4)) },
	"no_plates":                func(say func(...any)) { list(say, sums(say, newShelf(0), nil, 3)) },
	"one_more_than_workers":    box(4, 3),
	"twice_as_many_as_workers": box(6, 3),
	"a_single_worker":          box(7, 1),
	"more_workers_than_plates": box(2, 9),
	"a_large_box":              box(10000, 3),
	"no_workers": func(say func(...any)) {
		list(say, sums(say, newShelf(0), []string{"a", "b", "c"}, 0))
		list(say, sums(say, newShelf(0), []string{"a", "b"}, -4))
	},
	"a_name_twice": func(say func(...any)) {
		s := newShelf(0)
		list(say, sums(say, s, []string{"a", "b", "a", "a"}, 2))
		say(s.opened["a"], s.opened["b"])
	},
	"workers_side_by_side": func(say func(...any)) {
		names := many(12)
		s := newShelf(4)
		say(total(sums(say, s, names, 4), names))
		say(s.most)
	},
	"two_plates_are_missing":   failing(2, "missing-1", "missing-2"),
	"the_last_is_missing":      failing(2, "a", "b", "c", "d", "e", "missing"),
	"the_first_failure_counts": failing(3, "a", "b", "broken-1", "missing-1", "c", "missing-2", "stuck-1"),
	"slow_failures_come_first": failing(3, "broken-a-very-long-plate-that-takes-its-time", "missing-1", "missing-2", "missing-3"),
	"a_plate_that_stays_open":  failing(2, "a", "stuck", "b", "c"),
	"every_plate_fails":        failing(4, "missing-5", "missing-4", "missing-3", "missing-2", "missing-1"),
	"failures_and_one_worker":  failing(1, "a", "broken", "b", "missing"),
	"many_boxes_with_failures": func(say func(...any)) {
		before := runtime.NumGoroutine()
		for turn := 0; turn < 50; turn++ {
			plates.Sums(newShelf(0), []string{"missing", "broken-1", "broken-2"}, 3)
		}
		for tries := 0; tries < 200 && runtime.NumGoroutine() > before; tries++ {
			time.Sleep(time.Millisecond)
		}
		say(runtime.NumGoroutine() - before)
	},
	"reports_stay": func(say func(...any)) {
		say(plates.Report(nil) + plates.Report([]plates.Sum{{Name: "m 31", Sum: 1 << 31, Size: 1234567890}, {Name: "x", Sum: 7, Size: 2}}))
	},
}
