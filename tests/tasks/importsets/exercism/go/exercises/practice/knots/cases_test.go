package knots

var speeds = []struct {
	name string
	kmh  float64
	want int
}{
	{"at rest", 0, 0},
	{"a mile", 1.852, 1},
	{"half a knot is one", 0.926, 1},
	{"a fast ferry", 70, 38},
}
