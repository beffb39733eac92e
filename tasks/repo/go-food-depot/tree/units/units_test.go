package units

import "testing"

func TestParse(t *testing.T) {
	for _, row := range []struct {
		text string
		kind Kind
		want int
	}{
		{"12kg", Weight, 12000},
		{"2.5kg", Weight, 2500},
		{"0.75kg", Weight, 750},
		{"1.125kg", Weight, 1125},
		{"40g", Weight, 40},
		{"30", Pieces, 30},
	} {
		got, err := Parse(row.text, row.kind)
		if err != nil || got != row.want {
			t.Errorf("%s: want %d, got %d, %v", row.text, row.want, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "kg", "5", "1.2345kg", "-1kg", "1,5kg", "x"} {
		if got, err := Parse(text, Weight); err == nil {
			t.Errorf("%q: got %d", text, got)
		}
	}
}

func TestFormat(t *testing.T) {
	for want, amount := range map[string]int{"750 g": 750, "12 kg": 12000, "2.5 kg": 2500, "1.05 kg": 1050} {
		if got := Format(amount, Weight); got != want {
			t.Errorf("want %s, got %s", want, got)
		}
	}
}
