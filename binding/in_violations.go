package binding

import (
	"slices"
	"strings"
)

// faults collects what is wrong with a request.
type faults struct {
	found     []fault
	unread    []string // locations of fields that could not be read, no more than there are fields
	malformed bool     // something could not be read
	syntax    bool     // the body is no JSON

	failures keptFailures // of the rules that are applied; here for the sake of its memory
	from     *request     // that is bound; nil when an In is judged that was built in Go
	keys     []string     // on the way to the element of a whole body that is judged
}

// fault is a violation with the order of the field that it belongs to.
type fault struct {
	order int
	Violation
}

// maxViolations bounds how much a client that sends nonsense gets back.
const maxViolations = 100

// cannotRead notes a field that cannot be read. Rules are not reported at or
// below unread, which is the location or one above it; "" is above all.
func (f *faults) cannotRead(order int, unread, location, rule, message string) {
	f.malformed = true
	if !slices.Contains(f.unread, unread) {
		f.unread = append(f.unread, unread)
	}
	f.add(order, Violation{location, rule, message})
}

// unknown notes something that is not known. It hides no rules, since none are about
// it; so what a client sends of it is not remembered, however much that is.
func (f *faults) unknown(order int, location string) {
	f.malformed = true
	f.add(order, Violation{location, "unknown", "is not known"})
}

// full reports whether the client gets back as much as it can.
func (f *faults) full() bool { return len(f.found) >= maxViolations }

// expect allocates for some more at once.
func (f *faults) expect(more int) {
	f.found = slices.Grow(f.found, min(more, maxViolations-len(f.found)))
}

func (f *faults) add(order int, v Violation) {
	if !f.full() {
		f.found = append(f.found, fault{order, v})
	}
}

// hides reports whether the location is at or below a field that could not be read.
func (f *faults) hides(location string) bool {
	return slices.ContainsFunc(f.unread, func(unread string) bool {
		rest, below := strings.CutPrefix(location, unread)
		return unread == "" || below && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// err returns everything in the order of the fields, nil when there is nothing.
func (f *faults) err() error {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b fault) int { return a.order - b.order })
	e := &Error{Kind: Invalid, Violations: make([]Violation, len(f.found))}
	if f.malformed {
		e.Kind = Malformed
	}
	for i, fault := range f.found {
		e.Violations[i] = fault.Violation
	}
	return e
}
