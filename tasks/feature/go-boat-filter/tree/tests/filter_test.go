package filter_test

import (
	"strings"
	"testing"

	"example.com/filter"
)

var boats = []map[string]string{
	{"name": "Tern", "kind": "sloop", "length": "8"},
	{"name": "Old Gull", "kind": "ketch", "length": "14"},
	{"name": "Curlew", "kind": "sloop", "length": "11"},
	{"name": "Skua", "kind": "barge"},
}

func picked(t *testing.T, text string) string {
	t.Helper()
	f, err := filter.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	var names []string
	for _, boat := range f.Select(boats) {
		names = append(names, boat["name"])
	}
	return strings.Join(names, ",")
}

func expect(t *testing.T, text, want string) {
	t.Helper()
	if got := picked(t, text); got != want {
		t.Errorf("%s: want %s, got %s", text, want, got)
	}
}

func TestConditionsTogether(t *testing.T) {
	expect(t, "", "Tern,Old Gull,Curlew,Skua")
	expect(t, "kind=sloop", "Tern,Curlew")
	expect(t, "kind=sloop length>8", "Curlew")
	expect(t, "kind!=sloop length<20", "Old Gull")
}

func TestQuotes(t *testing.T) {
	expect(t, `name="Old Gull"`, "Old Gull")
	expect(t, `name="Old ""Gull"""`, "")
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"kind":      "at 5: one of = != < > is expected",
		"kind=":     "at 6: a value is expected",
		`name="Old`: "at 6: this quote is never closed",
	} {
		if _, err := filter.Parse(text); err == nil || err.Error() != want {
			t.Errorf("%s: want %s, got %v", text, want, err)
		}
	}
}

func TestTypedAgain(t *testing.T) {
	f, err := filter.Parse(`  kind=sloop   name="Tern" kind!="a b"`)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.String(); got != `kind=sloop name=Tern kind!="a b"` {
		t.Errorf("got %s", got)
	}
}

func TestEither(t *testing.T) {
	expect(t, "kind=ketch or length<10", "Tern,Old Gull")
	expect(t, "kind=sloop length>8 or kind=barge", "Curlew,Skua")
}

func TestGroupsAndNot(t *testing.T) {
	expect(t, "(kind=ketch or kind=sloop) length>8", "Old Gull,Curlew")
	expect(t, "not (kind=ketch or kind=sloop)", "Skua")
}
