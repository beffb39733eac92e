package welcome

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func ask(t *testing.T, desk *Desk, method, target string) (int, string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	desk.ServeHTTP(recorder, httptest.NewRequest(method, target, nil))
	if kind := recorder.Header().Get("Content-Type"); kind != "application/json" {
		t.Errorf("%s %s: content type %q", method, target, kind)
	}
	return recorder.Code, strings.TrimSpace(recorder.Body.String())
}

func expect(t *testing.T, desk *Desk, method, target string, status int, body string) {
	t.Helper()
	gotStatus, gotBody := ask(t, desk, method, target)
	if gotStatus != status || gotBody != body {
		t.Errorf("%s %s: want %d %s, got %d %s", method, target, status, body, gotStatus, gotBody)
	}
}

func TestWelcome(t *testing.T) {
	desk := New()
	expect(t, desk, "GET", "/welcome?name=Ines", 200, `{"text":"Welcome, Ines!","visit":1}`)
	expect(t, desk, "GET", "/welcome?name=Olga", 200, `{"text":"Welcome, Olga!","visit":1}`)
	expect(t, desk, "GET", "/welcome?name=Ines", 200, `{"text":"Welcome, Ines!","visit":2}`)
	expect(t, desk, "GET", "/visits", 200, `{"people":2,"total":3}`)
}

func TestOtherPages(t *testing.T) {
	expect(t, New(), "GET", "/goodbye", 404, `{"error":"no such page"}`)
}

func TestOtherMethods(t *testing.T) {
	expect(t, New(), "POST", "/welcome?name=Ines", 405, `{"error":"only GET"}`)
}

func TestWithoutName(t *testing.T) {
	expect(t, New(), "GET", "/welcome", 400, `{"error":"name is missing"}`)
}
