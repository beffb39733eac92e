// Package crib keeps the loans of a tool crib. Days are plain numbers, money is in cents.
package crib

import (
	"errors"
	"sort"
	"sync"
)

// What a crib refuses.
var (
	ErrUnknown  = errors.New("no such tool")
	ErrOut      = errors.New("every copy is out")
	ErrLimit    = errors.New("the member has too many tools")
	ErrBlocked  = errors.New("the member is blocked")
	ErrNoLoan   = errors.New("the member does not have this tool")
	ErrReserved = errors.New("others wait for this tool")
	ErrDays     = errors.New("a loan takes 1 to 28 days")
)

const maxDays = 28

// Loan is one tool in the hands of a member until the end of the day Due.
type Loan struct {
	Member, Tool string
	Due          int
	extended     bool
}

type tool struct {
	copies, worth int
	queue         []string
}

// Crib is safe for use by several goroutines.
type Crib struct {
	mu    sync.Mutex
	limit int
	tools map[string]*tool
	loans []Loan
	owed  map[string]int
}

// New is an empty crib in which a member may have up to limit tools at a time.
func New(limit int) *Crib {
	return &Crib{limit: limit, tools: map[string]*tool{}, owed: map[string]int{}}
}

// Stock adds copies of a tool. A tool's worth is the highest that was ever given for it.
func (c *Crib) Stock(name string, copies, worth int) {
	c.mu.Lock()
	found := c.tools[name]
	if found == nil {
		found = &tool{}
		c.tools[name] = found
	}
	found.copies += copies
	if worth > found.worth {
		found.worth = worth
	}
	c.mu.Unlock()
}

// Free is how many copies of a tool are neither lent nor kept for those who wait.
func (c *Crib) Free(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.tools[name]
	if found == nil {
		return 0
	}
	free := found.copies - c.lent(name) - len(found.queue)
	if free < 0 {
		return 0
	}
	return free
}

// Borrow lends a tool from day now on for some days and returns the day it is due.
//
// Copies that are in are kept for those who wait, in their order: with two copies in, the first
// two may have one. Who gets a tool no longer waits for it.
func (c *Crib) Borrow(member, name string, now, days int) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.tools[name]
	if found == nil {
		return 0, ErrUnknown
	}
	if days < 1 || days > maxDays {
		return 0, ErrDays
	}
	if Standing(c.owed[member]) == "blocked" {
		return 0, ErrBlocked
	}
	if c.held(member) >= c.limit {
		return 0, ErrLimit
	}
	in := found.copies - c.lent(name)
	if in <= 0 {
		return 0, ErrOut
	}
	place := position(found.queue, member)
	if place < 0 && len(found.queue) >= in || place >= in {
		return 0, ErrReserved
	}
	if place >= 0 {
		found.queue = append(found.queue[:place], found.queue[place+1:]...)
	}
	due := now + days
	c.loans = append(c.loans, Loan{Member: member, Tool: name, Due: due})
	return due, nil
}

// Return takes a tool back on day now and returns the fee, which is added to what is owed. Of
// several copies in the same hands the one that is due first is taken back.
func (c *Crib) Return(member, name string, now int) (int, error) {
	c.mu.Lock()
	at := c.loan(member, name)
	if at < 0 {
		c.mu.Unlock()
		return 0, ErrNoLoan
	}
	fee := Fee(c.loans[at].Due, now, c.tools[name].worth)
	c.owed[member] += fee
	c.loans = append(c.loans[:at], c.loans[at+1:]...)
	c.mu.Unlock()
	return fee, nil
}

// Extend makes a loan longer, once, unless it is late or somebody waits for the tool.
func (c *Crib) Extend(member, name string, now, days int) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.loan(member, name)
	if at < 0 || c.loans[at].Due < now || c.loans[at].extended {
		return 0, ErrNoLoan
	}
	if days < 1 || days > maxDays {
		return 0, ErrDays
	}
	if len(c.tools[name].queue) > 0 {
		return 0, ErrReserved
	}
	c.loans[at].Due += days
	c.loans[at].extended = true
	return c.loans[at].Due, nil
}

// Wait puts a member at the end of a tool's queue and returns their place, from 1. Who waits
// already keeps their place.
func (c *Crib) Wait(member, name string) (int, error) {
	c.mu.Lock()
	found := c.tools[name]
	if found == nil {
		c.mu.Unlock()
		return 0, ErrUnknown
	}
	place := position(found.queue, member)
	if place < 0 {
		place = len(found.queue)
		found.queue = append(found.queue, member)
	}
	c.mu.Unlock()
	return place + 1, nil
}

// Pay takes money from a member and returns what they still owe; what is too much is not kept.
func (c *Crib) Pay(member string, cents int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cents > 0 {
		c.owed[member] -= cents
	}
	if c.owed[member] < 0 {
		c.owed[member] = 0
	}
	return c.owed[member]
}

// Late lists the loans that were due before day now: the longest overdue first, and those of one
// day by member and tool.
func (c *Crib) Late(now int) []Loan {
	c.mu.Lock()
	defer c.mu.Unlock()
	var late []Loan
	for _, loan := range c.loans {
		if loan.Due < now {
			late = append(late, loan)
		}
	}
	sort.Slice(late, func(i, j int) bool {
		one, two := late[i], late[j]
		if one.Due != two.Due {
			return one.Due < two.Due
		}
		if one.Member != two.Member {
			return one.Member < two.Member
		}
		return one.Tool < two.Tool
	})
	return late
}

func (c *Crib) lent(name string) int {
	count := 0
	for _, loan := range c.loans {
		if loan.Tool == name {
			count++
		}
	}
	return count
}

func (c *Crib) held(member string) int {
	count := 0
	for _, loan := range c.loans {
		if loan.Member == member {
			count++
		}
	}
	return count
}

func (c *Crib) loan(member, name string) int {
	best := -1
	for at, loan := range c.loans {
		if loan.Member != member || loan.Tool != name {
			continue
		}
		if best < 0 || loan.Due < c.loans[best].Due {
			best = at
		}
	}
	return best
}

func position(queue []string, member string) int {
	for at, name := range queue {
		if name == member {
			return at
		}
	}
	return -1
}
