package binding

import (
	"context"
	"sort"

	"github.com/anygrain/anygrain/internal/rules"
)

// keptFailures takes what can become a violation of a request.
type keptFailures struct {
	codec  *In
	faults *faults
	at     spot // of the struct that is judged
	kept   []Failure
}

// usualFailures is the capacity that failures get at first.
const usualFailures = 8

// Take implements rules.Taker. It leaves out what is about a field that could not be read, and stops at as many
// as a client gets back. Those of maps come in any order: the first of them in
// the right one are only known when all were seen.
func (w *keptFailures) Take(f Failure) (more bool) {
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
func (w *keptFailures) Forget() { w.kept = w.kept[:0] }

// broken applies the rules to a struct and returns what is wrong, in order.
func (w *keptFailures) broken(ctx context.Context, v any, by Validator) []Failure {
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

// sortFailures puts what the rules say of maps into an order: a validator visits
// their keys as Go does. Below fields without a map the validator's own order stays.
func (p *In) sortFailures(failures []Failure) {
	if len(failures) < 2 || !p.maps {
		return
	}
	sort.SliceStable(failures, func(i, j int) bool {
		a, b := failures[i].Path, failures[j].Path
		fieldA, _ := p.fieldAt(a)
		fieldB, _ := p.fieldAt(b)
		if fieldA == fieldB && fieldA != nil && fieldA.maps {
			return a < b
		}
		return p.orderOf(fieldA) < p.orderOf(fieldB)
	})
}

// orderOf is the place of a field among the fields of the In; what is of none comes last.
func (p *In) orderOf(field *inField) int {
	if field == nil {
		return len(p.fields)
	}
	return field.order
}
