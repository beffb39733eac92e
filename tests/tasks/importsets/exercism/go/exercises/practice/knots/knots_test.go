package knots

import (
	"reflect"
	"testing"
)

func TestKnots(t *testing.T) {
	for _, tc := range speeds {
		t.Run(tc.name, func(t *testing.T) {
			got, err := Knots(tc.kmh)
			if err != nil || got != tc.want {
				t.Fatalf("Knots(%v) = %v, %v, want %v", tc.kmh, got, err, tc.want)
			}
		})
	}
}

func TestBelowZero(t *testing.T) {
	if _, err := Knots(-1); err == nil {
		t.Fatal("Knots(-1) is no error")
	}
}

func TestLegs(t *testing.T) {
	if got := Legs([]int{3, 10, 12}); !reflect.DeepEqual(got, []int{7, 2}) {
		t.Fatalf("Legs = %v", got)
	}
}

func TestNoLegs(t *testing.T) {
	if got := Legs([]int{3}); len(got) != 0 {
		t.Fatalf("Legs = %v", got)
	}
}

func BenchmarkKnots(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Knots(20)
	}
}
