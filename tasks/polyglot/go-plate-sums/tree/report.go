package plates

import (
	"fmt"
	"strings"
)

// Report is a text with a line for each sum, and a last one with the number of plates and bytes.
func Report(sums []Sum) string {
	var text strings.Builder
	bytes := 0
	for _, sum := range sums {
		fmt.Fprintf(&text, "%08x %9d %s\n", sum.Sum, sum.Size, sum.Name)
		bytes += sum.Size
	}
	fmt.Fprintf(&text, "%d plates, %d bytes\n", len(sums), bytes)
	return text.String()
}
