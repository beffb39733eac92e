// Package press is the queue of a printing press: jobs wait until they are taken, changed or
// called off. The comments of the exported names are what the shop was promised.
package press

import "sort"

// Job is one order. The queue owns it: its fields are for reading.
type Job struct {
	ID       string
	Priority int // higher is more urgent
	Sheets   int
	number   int // the order of arrival
	index    int // place in the heap, or -1
}

// Queue holds the jobs that wait. It is not safe for use by several goroutines.
type Queue struct {
	jobs   heap
	byID   map[string]*Job
	number int
	sheets int
}

// NewQueue is an empty queue.
func NewQueue() *Queue {
	return &Queue{byID: map[string]*Job{}}
}

// before says whether one job is printed before another: the more urgent, and of those the one
// that arrived first.
func before(one, two *Job) bool {
	if one.Priority != two.Priority {
		return one.Priority > two.Priority
	}
	return one.number < two.number
}

// Add puts in a job and says whether it is new; a name that waits already is left as it is.
func (q *Queue) Add(id string, priority, sheets int) bool {
	if q.byID[id] != nil {
		return false
	}
	q.number++
	job := &Job{ID: id, Priority: priority, Sheets: sheets, number: q.number}
	q.byID[id] = job
	q.jobs.push(job)
	q.sheets += sheets
	return true
}

// Next takes out the job that is to be printed now, or nil.
func (q *Queue) Next() *Job {
	if len(q.jobs) == 0 {
		return nil
	}
	return q.take(0)
}

// First is what Next would take, but it stays.
func (q *Queue) First() *Job {
	if len(q.jobs) == 0 {
		return nil
	}
	return q.jobs[0]
}

// Cancel takes a job out, wherever it stands, and says whether it was there. The order of the
// others stays as it was.
func (q *Queue) Cancel(id string) bool {
	job := q.byID[id]
	if job == nil {
		return false
	}
	q.take(job.index)
	return true
}

// Change gives a job another priority; among equals it keeps its time of arrival.
func (q *Queue) Change(id string, priority int) bool {
	job := q.byID[id]
	if job == nil {
		return false
	}
	q.jobs.remove(job.index)
	job.Priority = priority
	q.jobs.push(job)
	return true
}

// Len is the number of jobs that wait.
func (q *Queue) Len() int { return len(q.jobs) }

// Sheets is how many sheets they need in all.
func (q *Queue) Sheets() int { return q.sheets }

// Plan lists the names of all that wait in the order in which they will be printed.
func (q *Queue) Plan() []string {
	jobs := append(heap(nil), q.jobs...)
	sort.Slice(jobs, func(i, j int) bool { return before(jobs[i], jobs[j]) })
	names := make([]string, len(jobs))
	for at, job := range jobs {
		names[at] = job.ID
	}
	return names
}

// Fit takes out the jobs from the first on as long as all their sheets are within a stack of paper;
// it stops before the first one that does not fit.
func (q *Queue) Fit(stack int) []*Job {
	var taken []*Job
	for len(q.jobs) > 0 && q.jobs[0].Sheets <= stack {
		job := q.take(0)
		stack -= job.Sheets
		taken = append(taken, job)
	}
	return taken
}

func (q *Queue) take(at int) *Job {
	job := q.jobs.remove(at)
	delete(q.byID, job.ID)
	q.sheets -= job.Sheets
	return job
}
