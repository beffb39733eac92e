// Package plates computes check sums of scanned photographic plates; docs/sums.md says how.
package plates

import (
	"fmt"
	"sync"
)

// Sum is the check sum of one plate and its size in bytes.
type Sum struct {
	Name string
	Sum  uint32
	Size int
}

// Sums reads the named plates, several side by side, and returns their sums in the same order.
func Sums(shelf Shelf, names []string, workers int) ([]Sum, error) {
	if workers < 1 {
		workers = 1
	}
	jobs := make(chan int)
	sums := make([]Sum, len(names))
	failures := make([]error, len(names))
	var running sync.WaitGroup
	for worker := 0; worker < workers; worker++ {
		running.Add(1)
		go func() {
			defer running.Done()
			for at := range jobs {
				sums[at], failures[at] = read(shelf, names[at])
			}
		}()
	}
	for at := range names {
		jobs <- at
	}
	close(jobs)
	running.Wait()

	for at, err := range failures {
		if err != nil {
			return nil, fmt.Errorf("plate %s: %w", names[at], err)
		}
	}
	return sums, nil
}
