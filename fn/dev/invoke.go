package dev

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// maxPayload is the largest payload of an invoke in bytes (AWS Lambda quotas:
// 6 MB; 6 291 456 is in its error message).
const maxPayload = 6 << 20

// errStopping is what an invoke gets while everything is about to end.
var errStopping = errors.New("the unit is stopping")

// event is what is handed to a unit.
type event struct {
	payload       []byte
	id            string
	trace         string // X-Amzn-Trace-Id
	clientContext string // JSON
}

// invoke hands the event to the unit and waits for its answer, at most the
// timeout. A function that has the event goes on without whoever does not wait, as
// on Lambda, and keeps the slot until it has answered; an event that no process has
// taken is dropped. Release is called after either.
func (w *worker) invoke(ctx context.Context, e event, release func()) (answer, error) {
	done := make(chan answer, 1)
	wanted, leave := context.WithCancel(ctx)
	defer leave()
	invocation := runtimeapi.Invocation{
		Payload: e.payload, RequestID: e.id, Deadline: time.Now().Add(w.timeout),
		FunctionARN: w.arn, TraceID: e.trace, ClientContext: e.clientContext, Unwanted: wanted.Done(),
	}
	err := w.begin(func() {
		defer release()
		if a, ok := w.deliver(wanted, invocation); ok {
			done <- a
		}
	})
	if err != nil {
		release()
		return answer{}, err
	}
	timer := time.NewTimer(w.timeout)
	defer timer.Stop()
	select {
	case a := <-done:
		return a, nil
	case <-timer.C:
		w.own.printf("%s did not answer within %v; on Lambda it would have been killed", w.unit.Name, w.timeout)
		return timedOut(e.id, w.timeout), errTimeout
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
}

// errTimeout comes with the answer for an invoke that took too long.
var errTimeout = errors.New("the function timed out")

// begin runs f in a goroutine that end waits for.
func (w *worker) begin(f func()) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return errStopping
	}
	w.invoking.Go(f)
	return nil
}

// close takes no more invokes and ends those that still wait.
func (w *worker) close() {
	w.mu.Lock()
	w.closed = true
	w.wake()
	w.mu.Unlock()
	w.invoking.Wait()
}

// deliver hands the event to the process that runs, or to the next one, while it is
// wanted. One that a process took is lost with it.
func (w *worker) deliver(wanted context.Context, i runtimeapi.Invocation) (a answer, ok bool) {
	for {
		p, broken := w.await(wanted)
		switch {
		case wanted.Err() != nil:
			return answer{}, false
		case broken != nil:
			return uninitialised(i.RequestID, *broken), true
		case p == nil:
			return exited(i.RequestID, errStopping), true
		}
		result, err := p.api.Invoke(p.alive, i)
		failed, initFailed := errors.AsType[*runtimeapi.InitError](err)
		switch {
		case err == nil:
			return answered(result), true
		case initFailed:
			return answer{failed.Payload, true}, true
		case !errors.Is(err, runtimeapi.ErrNotTaken):
			return exited(i.RequestID, w.lastStatus()), true
		}
	}
}

// await returns the process that takes events; or how it failed to, when there
// will be none soon; or neither when the unit is closed or ctx ends.
func (w *worker) await(ctx context.Context) (*process, *ending) {
	for {
		w.mu.Lock()
		p, broken, changed, closed := w.process, w.broken, w.changed, w.closed
		w.mu.Unlock()
		if p != nil || broken != nil || closed {
			return p, broken
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, nil
		}
	}
}

func (w *worker) lastStatus() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last.status
}

// reported is an init error in a sentence.
func reported(report []byte) string {
	var f failure
	if err := json.Unmarshal(report, &f, json.RejectUnknownMembers(false)); err != nil || f.Message == "" {
		return printable(string(report))
	}
	return printable(f.Message)
}

// printable leaves out what a terminal would take for a command.
func printable(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, text)
}

// newID returns a request id in the form of Lambda's, a UUID.
func newID() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// newTrace returns a trace header as Lambda's callers have it.
func newTrace() string {
	b := make([]byte, 12)
	_, _ = rand.Read(b)
	return fmt.Sprintf("Root=1-%08x-%x", uint32(time.Now().Unix()), b)
}
