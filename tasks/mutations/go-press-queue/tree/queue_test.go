package press

import (
	"fmt"
	"strings"
	"testing"
)

func filled(t *testing.T, jobs ...string) *Queue {
	t.Helper()
	queue := NewQueue()
	for _, job := range jobs {
		var id string
		var priority int
		if _, err := fmt.Sscanf(job, "%s %d", &id, &priority); err != nil {
			t.Fatal(err)
		}
		queue.Add(id, priority, 10)
	}
	return queue
}

func printed(queue *Queue) string {
	var names []string
	for job := queue.Next(); job != nil; job = queue.Next() {
		names = append(names, job.ID)
	}
	return strings.Join(names, " ")
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if want != got {
		t.Errorf("want %v, got %v", want, got)
	}
}

func TestUrgentJobsComeFirst(t *testing.T) {
	same(t, "c b d a e", printed(filled(t, "a 1", "b 5", "c 9", "d 5", "e 0")))
}

func TestEqualsByArrival(t *testing.T) {
	same(t, "a b c d e f g", printed(filled(t, "a 3", "b 3", "c 3", "d 3", "e 3", "f 3", "g 3")))
}

func TestCancelling(t *testing.T) {
	queue := filled(t, "a 1", "b 2", "c 3")
	same(t, true, queue.Cancel("b"))
	same(t, false, queue.Cancel("b"))
	same(t, "c a", printed(queue))
}

func TestChanging(t *testing.T) {
	queue := filled(t, "a 1", "b 2", "c 3")
	same(t, true, queue.Change("a", 2))
	same(t, "c a b", printed(queue))
}

func TestTheDayAtTheShop(t *testing.T) {
	queue := filled(t, "novel 5", "flyers 8", "maps 4", "posters 1", "menus 7", "tickets 8", "cards 9")
	queue.Cancel("posters")
	plan := strings.Join(queue.Plan(), " ")
	same(t, plan, printed(queue))
}

func TestStacks(t *testing.T) {
	queue := filled(t, "a 1", "b 2", "c 3")
	same(t, 2, len(queue.Fit(29)))
	same(t, 10, queue.Sheets())
	same(t, 1, queue.Len())
}
