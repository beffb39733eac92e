package stock

import "testing"

func filled() *Stock {
	s := &Stock{}
	s.Receive(Batch{"rice", 5000, 20})
	s.Receive(Batch{"rice", 2000, 9})
	s.Receive(Batch{"rice", 900, 7})
	s.Receive(Batch{"eggs", 60, 9})
	return s
}

func TestAvailableLeavesOutWhatIsTooOld(t *testing.T) {
	if got := filled().Available("rice", 9); got != 7000 {
		t.Errorf("got %d", got)
	}
}

func TestOldestGoFirst(t *testing.T) {
	s := filled()
	s.Take("rice", 2500, 9)
	left := s.Left("rice")
	if len(left) != 2 || left[0].Amount != 900 || left[1].Amount != 4500 {
		t.Errorf("got %v", left)
	}
	if got := s.Available("eggs", 9); got != 60 {
		t.Errorf("eggs: got %d", got)
	}
}
