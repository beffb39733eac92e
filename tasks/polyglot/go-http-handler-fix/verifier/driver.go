package main

import (
	"net/http"
	"net/url"
	"strings"

	"example.com/welcome"
)

// told is a response that keeps what it is told.
type told struct {
	header http.Header
	status int
	body   strings.Builder
}

func (t *told) Header() http.Header { return t.header }

func (t *told) WriteHeader(status int) {
	if t.status == 0 {
		t.status = status
	}
}

func (t *told) Write(data []byte) (int, error) {
	t.WriteHeader(http.StatusOK)
	return t.body.Write(data)
}

// asked sends requests like "GET /visits" one after the other to one desk.
func asked(requests ...string) func(say func(...any)) {
	return func(say func(...any)) {
		desk := welcome.New()
		for _, request := range requests {
			method, target, _ := strings.Cut(request, " ")
			place, err := url.Parse(target)
			if err != nil {
				panic(err)
			}
			response := &told{header: http.Header{}}
			desk.ServeHTTP(response, &http.Request{Method: method, URL: place, Header: http.Header{}, Body: http.NoBody})
			say(response.status, strings.TrimSpace(response.body.String()), response.header.Get("Content-Type"), response.header.Get("Allow"))
		}
	}
}

var cases = map[string]func(say func(...any)){
	"visitors_are_counted":       asked("GET /welcome?name=Ines", "GET /welcome?name=Piet", "GET /welcome?name=Ines", "GET /visits"),
	"no_name_at_all":             asked("GET /welcome", "GET /welcome?", "GET /welcome?nam=Ines", "GET /welcome?Name=Ines"),
	"an_empty_name":              asked("GET /welcome?name=", "GET /welcome?name", "GET /welcome?name=&lang=nl"),
	"nothing_but_blanks":         asked("GET /welcome?name=%20", "GET /welcome?name=+++", "GET /welcome?name=%09%20%0A"),
	"refused_ones_do_not_count":  asked("GET /welcome", "GET /welcome?name=", "GET /welcome?name=Ines", "GET /welcome?name=+", "GET /visits"),
	"blanks_around_a_name":       asked("GET /welcome?name=Ines", "GET /welcome?name=Ines+", "GET /welcome?name=%20%20Ines", "GET /welcome?name=%09Ines%09", "GET /visits"),
	"blanks_within_a_name":       asked("GET /welcome?name=Ines+de+Wit", "GET /welcome?name=InesdeWit", "GET /welcome?name=+Ines+de+Wit+", "GET /visits"),
	"capital_letters":            asked("GET /welcome?name=ines", "GET /welcome?name=Ines", "GET /visits"),
	"letters_of_any_kind":        asked("GET /welcome?name=%C3%85sa", "GET /welcome?name=0", "GET /welcome?name=-"),
	"the_first_of_several":       asked("GET /welcome?name=Ines&name=Piet", "GET /welcome?name=&name=Piet", "GET /welcome?name=+&name=Piet", "GET /visits"),
	"other_pages":                asked("GET /", "GET /welcome/", "GET /Welcome?name=Ines", "DELETE /nowhere", "GET /visits"),
	"other_methods":              asked("POST /welcome?name=Ines", "PUT /visits", "HEAD /welcome?name=Ines", "GET /visits"),
	"a_wrong_method_comes_first": asked("POST /welcome", "DELETE /welcome?name="),
	"visits_need_no_name":        asked("GET /visits", "GET /visits?name="),
}
