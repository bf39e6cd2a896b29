package dev

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/grain"
)

func TestLinesComeWholeBehindTheNameOfTheirSource(t *testing.T) {
	var out bytes.Buffer
	c := newConsole(&out, false, []grain.Unit{{Name: "a"}, {Name: "orders"}})
	a, b := c.source("a", 0), c.source("orders", 1)
	for _, w := range []struct {
		to   *source
		text string
	}{{a, "one\ntw"}, {b, "three\r\n\n"}, {a, "o\nfour"}, {b, "five"}} {
		if n, err := w.to.Write([]byte(w.text)); n != len(w.text) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	a.flush()
	a.flush()
	const want = "a      | one\norders | three\norders | \na      | two\na      | four\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestALineWithoutEndIsCut(t *testing.T) {
	var out bytes.Buffer
	s := newConsole(&out, false, nil).source("dev", -1)
	_, _ = s.Write(bytes.Repeat([]byte("x"), maxLine+1))
	if got := strings.Count(out.String(), "\n"); got != 1 || len(s.rest) != 1 {
		t.Errorf("%d lines, %d bytes are kept", got, len(s.rest))
	}
}

func TestNamesAreColouredOnDemand(t *testing.T) {
	var out bytes.Buffer
	c := newConsole(&out, true, []grain.Unit{{Name: "orders"}})
	c.source("orders", 0).printf("hello")
	c.source(own, -1).printf("hello")
	if want := "\x1b[36morders |\x1b[0m hello\ndev    | hello\n"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

func TestTheDelayGrowsWhileProcessesEndSoon(t *testing.T) {
	var d delays
	for i, want := range []time.Duration{100, 200, 400, 800, 1600, 3200, 6400, 10000, 10000} {
		if got := d.after(time.Second); got != want*time.Millisecond {
			t.Errorf("%d: %v", i, got)
		}
	}
	if got := d.after(time.Minute); got != firstDelay {
		t.Errorf("after a long life: %v", got)
	}
}

func TestCallsFindRoomWhereRequestsWait(t *testing.T) {
	s := newSlots(4)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for range 2 {
		if _, err := s.request(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.request(done); !errors.Is(err, context.Canceled) {
		t.Errorf("a third request does not wait: %v", err)
	}
	release, err := s.call()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.call(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.call(); !errors.Is(err, errThrottled) {
		t.Errorf("a call too many: %v", err)
	}
	release()
	if _, err := s.call(); err != nil {
		t.Errorf("after one has ended: %v", err)
	}
}

func TestTheEnvironmentIsReplacedNotRepeated(t *testing.T) {
	env := with([]string{"A=1", "B=2", "A=3", "odd"}, "A=4")
	if strings.Join(env, " ") != "B=2 odd A=4" || lookup(env, "A") != "4" || lookup(env, "C") != "" {
		t.Errorf("got %q", env)
	}
}

func TestUnitsWithTheSameTagsShareABinary(t *testing.T) {
	all := binaries([]grain.Unit{{Name: "a", Tags: []string{"x", "y"}}, {Name: "b", Tags: []string{"x"}}, {Name: "c", Tags: []string{"x", "y"}}}, "dir")
	if len(all) != 2 || strings.Join(all[0].units, " ") != "a c" || all[0].tags != "x,y" || all[1].path == all[0].path {
		t.Errorf("got %+v", all)
	}
}

func TestPagesInABrowserReachNoPrivateAPI(t *testing.T) {
	l, err := net.Listen("tcp", anyPort)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	h := private(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	_, port, _ := net.SplitHostPort(l.Addr().String())
	for name, c := range map[string]struct {
		host, field, value string
		status             int
	}{
		"a unit":            {l.Addr().String(), "", "", 204},
		"a tool":            {"localhost:" + port, "", "", 204},
		"another name":      {"evil.example:" + port, "", "", 403},
		"a form":            {l.Addr().String(), "Origin", "https://evil.example", 403},
		"an image":          {l.Addr().String(), "Sec-Fetch-Site", "cross-site", 403},
		"without the port":  {"localhost", "", "", 403},
		"a page of its own": {l.Addr().String(), "Origin", "null", 403},
	} {
		r := httptest.NewRequest("POST", "http://"+c.host+"/", nil)
		if c.field != "" {
			r.Header.Set(c.field, c.value)
		}
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != c.status {
			t.Errorf("%s: got %d, want %d", name, w.Code, c.status)
		}
	}
}

func TestAUnitWithoutASlotIsThrottled(t *testing.T) {
	var out bytes.Buffer
	w := newWorker(grain.Unit{Name: "orders"}, nil, newConsole(&out, false, nil).source(own, -1))
	w.timeout = time.Millisecond
	for range cap(w.slots.outside) {
		if _, err := w.request(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.request(t.Context()); !errors.Is(err, errThrottled) || !strings.Contains(out.String(), "16 events have got no answer") {
		t.Errorf("got %v and said %q", err, out.String())
	}
}
