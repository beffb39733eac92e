// Package welcome greets visitors at the door of a museum; docs/api.md describes the service.
package welcome

import (
	"net/http"
	"strings"
	"sync"
)

// Desk is the service. It is safe for use by several requests at a time.
type Desk struct {
	mu     sync.Mutex
	visits map[string]int
	total  int
}

// New is a desk that nobody has come to yet.
func New() *Desk {
	return &Desk{visits: map[string]int{}}
}

// ServeHTTP answers one request.
func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	route, known := routes[r.URL.Path]
	if !known {
		refuse(w, http.StatusNotFound, "no such page")
		return
	}
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		refuse(w, http.StatusMethodNotAllowed, "only GET")
		return
	}
	route(d, w, r)
}

var routes = map[string]func(*Desk, http.ResponseWriter, *http.Request){
	"/welcome": (*Desk).welcome,
	"/visits":  (*Desk).count,
}

func (d *Desk) welcome(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimSpace(r.URL.Query().Get("name"))
	if name == "" {
		refuse(w, http.StatusBadRequest, "name is missing")
		return
	}
	d.mu.Lock()
	d.visits[name]++
	d.total++
	visit := d.visits[name]
	d.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"text": "Welcome, " + name + "!", "visit": visit})
}

func (d *Desk) count(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	total, people := d.total, len(d.visits)
	d.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"total": total, "people": people})
}
