package crib

import "testing"

func lent(t *testing.T, c *Crib, member, tool string, now, days int) int {
	t.Helper()
	due, err := c.Borrow(member, tool, now, days)
	if err != nil {
		t.Fatalf("%s cannot borrow %s: %v", member, tool, err)
	}
	return due
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if want != got {
		t.Fatalf("%s: want %v, got %v", what, want, got)
	}
}

func TestLateFees(t *testing.T) {
	for _, row := range []struct{ now, want int }{{10, 0}, {12, 0}, {13, 50}, {19, 350}, {20, 430}, {90, 3000}} {
		same(t, "fee", row.want, Fee(10, row.now, 3000))
	}
}

func TestStandingFollowsDebts(t *testing.T) {
	same(t, "no debts", "good", Standing(0))
	same(t, "some", "warned", Standing(700))
	same(t, "many", "blocked", Standing(2500))
}

func TestBorrowAndReturn(t *testing.T) {
	c := New(3)
	c.Stock("saw", 2, 4000)
	same(t, "due", 12, lent(t, c, "ines", "saw", 5, 7))
	same(t, "free", 1, c.Free("saw"))
	fee, err := c.Return("ines", "saw", 16)
	same(t, "fee", 100, fee)
	same(t, "error", nil, err)
	same(t, "free", 2, c.Free("saw"))
}

func TestRefusals(t *testing.T) {
	c := New(1)
	c.Stock("saw", 1, 4000)
	c.Stock("plane", 5, 2000)
	_, err := c.Borrow("ines", "drill", 1, 7)
	same(t, "unknown", ErrUnknown, err)
	_, err = c.Borrow("ines", "saw", 1, 29)
	same(t, "days", ErrDays, err)
	lent(t, c, "ines", "saw", 1, 7)
	_, err = c.Borrow("ines", "plane", 1, 7)
	same(t, "limit", ErrLimit, err)
	_, err = c.Borrow("olga", "saw", 1, 7)
	same(t, "out", ErrOut, err)
	_, err = c.Return("olga", "saw", 1)
	same(t, "not hers", ErrNoLoan, err)
}

func TestQueueKeepsItsOrder(t *testing.T) {
	c := New(3)
	c.Stock("saw", 1, 4000)
	lent(t, c, "ines", "saw", 1, 7)
	for place, member := range []string{"olga", "piet"} {
		got, _ := c.Wait(member, "saw")
		same(t, "place", place+1, got)
	}
	c.Return("ines", "saw", 3)
	_, err := c.Borrow("piet", "saw", 3, 7)
	same(t, "not yet", ErrReserved, err)
	lent(t, c, "olga", "saw", 3, 7)
}

func TestLoansAreExtendedOnce(t *testing.T) {
	c := New(3)
	c.Stock("saw", 1, 4000)
	lent(t, c, "ines", "saw", 1, 7)
	due, err := c.Extend("ines", "saw", 5, 3)
	same(t, "error", nil, err)
	same(t, "due", 11, due)
	_, err = c.Extend("ines", "saw", 5, 3)
	same(t, "twice", ErrNoLoan, err)
}

func TestBlockedUntilPaid(t *testing.T) {
	c := New(3)
	c.Stock("lathe", 1, 5000)
	lent(t, c, "ines", "lathe", 1, 1)
	c.Return("ines", "lathe", 80)
	_, err := c.Borrow("ines", "lathe", 80, 1)
	same(t, "blocked", ErrBlocked, err)
	c.Pay("ines", 5000)
	lent(t, c, "ines", "lathe", 80, 1)
}

func TestLateLoansAreListed(t *testing.T) {
	c := New(3)
	c.Stock("saw", 3, 4000)
	lent(t, c, "piet", "saw", 1, 5)
	lent(t, c, "olga", "saw", 1, 2)
	lent(t, c, "ines", "saw", 1, 20)
	late := c.Late(10)
	same(t, "count", 2, len(late))
	same(t, "first", "olga", late[0].Member)
	same(t, "second", "piet", late[1].Member)
}
