package units

import "fmt"

// Format writes a quantity for people: "12 kg", "2.5 kg", "750 g", "30 pcs".
func Format(amount int, kind Kind) string {
	if kind == Pieces {
		return fmt.Sprintf("%d pcs", amount)
	}
	if amount < 1000 {
		return fmt.Sprintf("%d g", amount)
	}
	whole, part := amount/1000, amount%1000
	if part == 0 {
		return fmt.Sprintf("%d kg", whole)
	}
	text := fmt.Sprintf("%d.%03d", whole, part)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	return text + " kg"
}
