package plates

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// drawer is a shelf in memory.
type drawer map[string]string

var errGone = errors.New("it is gone")

func (d drawer) Open(name string) (io.ReadCloser, error) {
	text, found := d[name]
	if !found {
		return nil, errGone
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func TestOnePlate(t *testing.T) {
	sums, err := Sums(drawer{"m31": "ab"}, []string{"m31"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Sum{"m31", 97*31 + 98, 2}); sums[0] != want {
		t.Fatalf("want %v, got %v", want, sums[0])
	}
}

func TestAFewPlatesKeepTheirOrder(t *testing.T) {
	sums, err := Sums(drawer{"a": "x", "b": "", "c": "z"}, []string{"c", "a", "b"}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got := sums[0].Name + sums[1].Name + sums[2].Name; got != "cab" {
		t.Fatalf("want cab, got %s", got)
	}
}

func TestAMissingPlate(t *testing.T) {
	_, err := Sums(drawer{"a": "x"}, []string{"a", "b"}, 2)
	if !errors.Is(err, errGone) || err.Error() != "plate b: it is gone" {
		t.Fatalf("got %v", err)
	}
}

func TestABoxOfTwenty(t *testing.T) {
	box, names := drawer{}, []string{}
	for at := 0; at < 20; at++ {
		name := fmt.Sprintf("plate-%02d", at)
		box[name] = strings.Repeat("x", at)
		names = append(names, name)
	}
	sums, err := Sums(box, names, 4)
	if err != nil {
		t.Fatal(err)
	}
	for at, sum := range sums {
		if sum.Name != names[at] || sum.Size != at {
			t.Fatalf("%s: got %v", names[at], sum)
		}
	}
}

func TestReports(t *testing.T) {
	want := "0000000a         1 m31\n1 plates, 1 bytes\n"
	if got := Report([]Sum{{"m31", 10, 1}}); got != want {
		t.Fatalf("want %q, got %q", want, got)
	}
}
