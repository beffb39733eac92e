// Package plates computes check sums of scanned photographic plates; docs/sums.md says how.
package plates

import "fmt"

// Sum is the check sum of one plate and its size in bytes.
type Sum struct {
	Name string
	Sum  uint32
	Size int
}

type result struct {
	at  int
	sum Sum
	err error
}

// Sums reads the named plates, several side by side, and returns their sums in the same order.
func Sums(shelf Shelf, names []string, workers int) ([]Sum, error) {
	if workers < 1 {
		workers = 1
	}
	jobs := make(chan int)
	results := make(chan result)
	for worker := 0; worker < workers; worker++ {
		go func() {
			for at := range jobs {
				sum, err := read(shelf, names[at])
				results <- result{at, sum, err}
			}
		}()
	}
	for at := range names {
		jobs <- at
	}
	close(jobs)

	sums := make([]Sum, len(names))
	for range names {
		done := <-results
		if done.err != nil {
			return nil, fmt.Errorf("plate %s: %w", names[done.at], done.err)
		}
		sums[done.at] = done.sum
	}
	return sums, nil
}
