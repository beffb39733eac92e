package rates

import "testing"

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if want != got {
		t.Errorf("%s: want %v, got %v", what, want, got)
	}
}

func TestNightsOfAWeekday(t *testing.T) {
	for _, row := range []struct {
		hour  int
		night bool
	}{{0, true}, {5, true}, {6, false}, {12, false}, {21, false}, {22, true}, {23, true}} {
		same(t, "Tuesday", row.night, Night(Day+row.hour*Hour))
	}
}

func TestWeekends(t *testing.T) {
	same(t, "Saturday at 10", false, Night(5*Day+10*Hour))
	same(t, "Saturday at 15", true, Night(5*Day+15*Hour))
	same(t, "Sunday at 15", true, Night(6*Day+15*Hour))
}

func TestSplitOfAnEvening(t *testing.T) {
	same(t, "evening", Share{Day: 120 * 50, Night: 60 * 50}, Split([]Use{{20 * Hour, 23 * Hour, 50}}))
}

func TestSplitOfAWeekend(t *testing.T) {
	got := Split([]Use{{5 * Day, 7 * Day, 1}})
	same(t, "weekend", Share{Day: 6 * Hour, Night: 42 * Hour}, got)
}

func TestCosts(t *testing.T) {
	prices := Prices{Day: 3000, Night: 2000, Base: 100}
	share := Share{Day: 2 * wattMinutes, Night: wattMinutes/2 + 1}
	same(t, "cost", 100+60+11, prices.Cost(share))
	same(t, "better", -1, Better(prices, Prices{Day: 3000, Night: 2000, Base: 101}, share))
}

func TestLongestNight(t *testing.T) {
	start, length := Longest(0)
	same(t, "start", 5*Day+12*Hour, start)
	same(t, "length", 42*Hour, length)
}
