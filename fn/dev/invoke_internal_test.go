package dev

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// waiting returns a worker that nobody has started a process of.
func waiting(t *testing.T) *worker {
	t.Helper()
	w := newWorker(grain.Unit{Name: "orders"}, nil, newConsole(io.Discard, false, nil).source(own, -1))
	w.timeout = time.Minute
	return w
}

// ended fails the test when it is not closed within a while.
func ended(t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal(what)
	}
}

// The next process would get it with its deadline passed, for nobody.
func TestAnEventThatNobodyWaitsForIsDropped(t *testing.T) {
	running := func(t *testing.T, w *worker) { w.set(newProcess(t.Context()), nil) } // its runtime asks for no event
	tests := map[string]struct {
		process func(t *testing.T, w *worker)
		timeout time.Duration
		away    bool // the client goes
	}{
		"after the timeout, between two processes":   {timeout: time.Millisecond},
		"after the timeout, of a process that waits": {process: running, timeout: time.Millisecond},
		"without its client, between two processes":  {timeout: time.Minute, away: true},
		"without its client, of one that waits":      {process: running, timeout: time.Minute, away: true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := waiting(t)
			w.timeout = test.timeout
			if test.process != nil {
				test.process(t, w)
			}
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			if test.away {
				leave()
			}
			released := make(chan struct{})
			if _, err := w.invoke(ctx, event{id: "1"}, func() { close(released) }); err == nil {
				t.Error("it is answered")
			}
			ended(t, released, "the event is kept for the next process")
		})
	}
}

// Lambda does not stop a function whose caller has gone.
func TestAnEventThatWasTakenIsFinished(t *testing.T) {
	w := waiting(t)
	p := newProcess(t.Context())
	w.set(p, nil)
	ctx, leave := context.WithCancel(t.Context())
	released, returned := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(returned)
		_, _ = w.invoke(ctx, event{id: "1"}, func() { close(released) })
	}()
	p.api.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, runtimeapi.Prefix+"invocation/next", nil))
	leave()
	ended(t, returned, "the client waits on")
	select {
	case <-released:
		t.Error("the slot is free before the function has answered")
	default:
	}
	rec := httptest.NewRecorder()
	p.api.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, runtimeapi.Prefix+"invocation/1/response", http.NoBody))
	if rec.Code != http.StatusAccepted {
		t.Errorf("the answer is not taken: %d %s", rec.Code, rec.Body)
	}
	ended(t, released, "the slot is not free after the answer")
}
