// Package stock keeps what is in the depot, batch by batch.
package stock

import "sort"

// Batch is an amount of one product that can be eaten up to and including a day.
type Batch struct {
	Product string
	Amount  int
	Until   int
}

// Stock is all batches: of each product the ones that go bad first come first.
type Stock struct {
	batches []Batch
}

// Receive adds a batch. Of batches for the same day the one that came first stays first.
func (s *Stock) Receive(batch Batch) {
	s.batches = append(s.batches, batch)
	sort.SliceStable(s.batches, func(i, j int) bool {
		return s.batches[i].Until < s.batches[j].Until
	})
}

// Available is how much of a product can still be eaten on a day.
func (s *Stock) Available(product string, day int) int {
	total := 0
	for _, batch := range s.batches {
		if batch.Product == product && batch.Until >= day {
			total += batch.Amount
		}
	}
	return total
}

// Take removes an amount that is available, from what goes bad first on.
func (s *Stock) Take(product string, amount, day int) {
	for at := range s.batches {
		batch := &s.batches[at]
		if batch.Product != product || batch.Until < day {
			continue
		}
		part := amount
		if part > batch.Amount {
			part = batch.Amount
		}
		batch.Amount -= part
		amount -= part
	}
}

// Left lists the batches of a product that are not empty.
func (s *Stock) Left(product string) []Batch {
	var left []Batch
	for _, batch := range s.batches {
		if batch.Product == product && batch.Amount > 0 {
			left = append(left, batch)
		}
	}
	return left
}
