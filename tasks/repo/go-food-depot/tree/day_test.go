package depot

import "testing"

func expect(t *testing.T, file, want string) {
	t.Helper()
	got, err := Plan(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("want\n%sgot\n%s", want, got)
	}
}

func TestAQuietDay(t *testing.T) {
	expect(t, `
date 8
product rice loose
product eggs pieces 60g
receive rice 40kg until 30
receive eggs 90 until 12
stop school 1
stop mill-lane 2
order school rice 12.5kg
order school eggs 30
order mill-lane rice 4kg
`, `school: 1 crate, 14.3 kg
  eggs 30 pcs
  rice 12.5 kg
mill-lane: 1 crate, 4 kg
  rice 4 kg
left eggs: 60 pcs until 12
left rice: 23.5 kg until 30
`)
}

func TestAShortDay(t *testing.T) {
	expect(t, `
date 8
crate 5kg
product beans loose
receive beans 3kg until 7     # gone off yesterday
receive beans 6kg until 8
stop harbour 1
stop mill-lane 1
stop school 1
order school beans 6kg
order harbour beans 4.5kg
order mill-lane beans 1.5kg
`, `harbour: 1 crate, 2.25 kg
  beans 2.25 kg
  (beans 2.25 kg missing)
mill-lane: 1 crate, 750 g
  beans 750 g
  (beans 750 g missing)
school: 1 crate, 3 kg
  beans 3 kg
  (beans 3 kg missing)
left beans: 3 kg until 7 (too old)
`)
}

func TestTheDayOfTheComplaint(t *testing.T) {
	expect(t, `
date 15
product saffron-rice loose
product tea loose
receive saffron-rice 4.08kg until 90
receive tea 1.2kg until 60
stop mill-lane 1
stop school 2
order mill-lane saffron-rice 1.05kg
order mill-lane tea 0.4kg
order school saffron-rice 3.03kg
order school tea 0.06kg
`, `mill-lane: 1 crate, 1.45 kg
  saffron-rice 1.05 kg
  tea 400 g
school: 1 crate, 3.09 kg
  saffron-rice 3.03 kg
  tea 60 g
left saffron-rice: nothing
left tea: 740 g until 60
`)
}

func TestTroubleIsToldWithItsLine(t *testing.T) {
	_, err := Plan("date 8\n\norder school rice 1kg")
	if err == nil || err.Error() != "line 3: unknown stop school" {
		t.Errorf("got %v", err)
	}
}
