package press

// heap keeps jobs so that the first of them is always at index 0: no job comes before its parent.
// Each job knows its index.
type heap []*Job

func (h *heap) push(job *Job) {
	job.index = len(*h)
	*h = append(*h, job)
	h.up(job.index)
}

// remove takes out the job at an index.
func (h *heap) remove(at int) *Job {
	last := len(*h) - 1
	job := (*h)[at]
	h.swap(at, last)
	(*h)[last] = nil
	*h = (*h)[:last]
	if at < last {
		h.settle(at)
	}
	job.index = -1
	return job
}

// settle moves the job at an index to where it belongs.
func (h heap) settle(at int) {
	h.down(at)
}

func (h heap) up(at int) {
	for at > 0 {
		parent := (at - 1) / 2
		if !before(h[at], h[parent]) {
			return
		}
		h.swap(at, parent)
		at = parent
	}
}

func (h heap) down(at int) {
	for {
		child := 2*at + 1
		if child >= len(h) {
			return
		}
		if right := child + 1; right < len(h) && before(h[right], h[child]) {
			child = right
		}
		if !before(h[child], h[at]) {
			return
		}
		h.swap(at, child)
		at = child
	}
}

func (h heap) swap(one, two int) {
	h[one], h[two] = h[two], h[one]
	h[one].index, h[two].index = one, two
}
