package binding

import "context"

// taker takes one failure after the other.
type taker interface {
	take(f Failure) (more bool) // false when no other can change the answer
	forget()                    // what was taken so far: it is told again
}

// teller is a Validator that stops when nothing more is wanted: a client can break
// more rules than anybody will read of.
type teller interface {
	valid(v any) bool // for certain
	tell(ctx context.Context, v any, to taker)
}

// allFailures takes all.
type allFailures []Failure

func (a *allFailures) take(f Failure) bool { *a = append(*a, f); return true }

func (a *allFailures) forget() { *a = nil }

// wantedFailures takes what can become a violation of a request.
type wantedFailures struct {
	plan   *In
	faults *faults
	at     spot // of the struct that is judged
	kept   []Failure
}

// usualFailures is the room that failures get at first.
const usualFailures = 8

// take leaves out what is about a part that could not be read, and stops at as many
// as a client gets back. Those of maps come in any order: the first of them in
// the right one are only known when all were seen.
func (w *wantedFailures) take(f Failure) (more bool) {
	if len(w.faults.unread) > 0 {
		if location, _ := w.plan.locate(w.at, f.Path); w.faults.hides(location) {
			return true
		}
	}
	if w.kept == nil {
		w.kept = make([]Failure, 0, usualFailures)
	}
	w.kept = append(w.kept, f)
	if !w.plan.maps {
		return len(w.kept) < maxViolations
	}
	if len(w.kept) == 2*maxViolations {
		w.plan.sortFailures(w.kept)
		w.kept = w.kept[:maxViolations]
	}
	return true
}

func (w *wantedFailures) forget() { w.kept = w.kept[:0] }

// broken applies the rules to a struct and returns what is wrong, in order.
func (w *wantedFailures) broken(ctx context.Context, v any, by Validator) []Failure {
	if t, ok := by.(teller); ok {
		t.tell(ctx, v, w)
	} else {
		for _, f := range by.Struct(ctx, v) {
			if !w.take(f) {
				break
			}
		}
	}
	w.plan.sortFailures(w.kept)
	return w.kept
}
