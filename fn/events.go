package fn

import (
	"fmt"
	"slices"
	"strings"
)

// TakesEvents says that a function without an In decodes the events of a platform
// by itself: a Raw function that is invoked with what a queue or a bucket sends. The kinds name
// what it takes ("events.SQSEvent"); without any it takes all there are. In a unit
// on Lambda nothing in an event says which function is meant, so that a function
// with kinds has to be the only one of its unit.
func TakesEvents(kinds ...string) FunctionOption {
	return functionOption(func(d *declaration) { d.takesEvents, d.eventKinds = true, slices.Clone(kinds) })
}

// Events returns what TakesEvents says; ok is false for a function without it.
func (f Function) Events() (kinds []string, ok bool) {
	return slices.Clone(f.declared().eventKinds), f.declared().takesEvents
}

// AloneInUnit returns a problem for each function that takes events of a kind
// beside another one. Lambda hands a unit its events without a word about which function is
// meant, so that they would all be refused, and a queue or a stream would send
// them again until they expire. The cut by a grain and the Lambda host ask it.
func AloneInUnit(functions []Function) []Problem {
	var problems []Problem
	for i, f := range functions {
		if len(f.declared().eventKinds) == 0 || len(functions) == 1 {
			continue
		}
		other := functions[0]
		if i == 0 {
			other = functions[1]
		}
		problems = append(problems, Problem{Function: f.Name(), Place: f.Place(), Message: fmt.Sprintf(
			"takes %s and is in one unit with %s (%s): nothing in an event says which function is meant, so that Lambda would refuse it again and again; "+
				"put %s into a unit of its own (the grain function, or a line of a partition)",
			strings.Join(f.declared().eventKinds, ", "), other.Name(), other.Place(), f.Name())})
	}
	return problems
}
