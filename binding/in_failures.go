package binding

import (
	"context"

	"github.com/anygrain/anygrain/internal/rules"
)

// wantedFailures takes what can become a violation of a request.
type wantedFailures struct {
	codec  *In
	faults *faults
	at     spot // of the struct that is judged
	kept   []Failure
}

// usualFailures is the room that failures get at first.
const usualFailures = 8

// Take implements rules.Taker. It leaves out what is about a part that could not be read, and stops at as many
// as a client gets back. Those of maps come in any order: the first of them in
// the right one are only known when all were seen.
func (w *wantedFailures) Take(f Failure) (more bool) {
	if len(w.faults.unread) > 0 {
		if location, _ := w.codec.locate(w.at, f.Path); w.faults.hides(location) {
			return true
		}
	}
	if w.kept == nil {
		w.kept = make([]Failure, 0, usualFailures)
	}
	w.kept = append(w.kept, f)
	if !w.codec.maps {
		return len(w.kept) < maxViolations
	}
	if len(w.kept) == 2*maxViolations {
		w.codec.sortFailures(w.kept)
		w.kept = w.kept[:maxViolations]
	}
	return true
}

// Forget implements rules.Taker.
func (w *wantedFailures) Forget() { w.kept = w.kept[:0] }

// broken applies the rules to a struct and returns what is wrong, in order.
func (w *wantedFailures) broken(ctx context.Context, v any, by Validator) []Failure {
	if set, ok := by.(*rules.Set); ok {
		set.Tell(ctx, v, w)
	} else {
		for _, f := range by.Struct(ctx, v) {
			if !w.Take(f) {
				break
			}
		}
	}
	w.codec.sortFailures(w.kept)
	return w.kept
}
