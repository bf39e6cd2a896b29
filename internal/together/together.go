// Package together says which functions cannot be in one unit: the cut by a grain
// asks it before a deployment, the Lambda host when it starts.
package together

import (
	"fmt"
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// Problems returns a line for each function that takes events of a kind
// (fn.TakesEvents) beside another one. Lambda hands a unit its events without a word
// about which function is meant, so that they would all be refused, and a queue or a
// stream would send them again until they expire.
func Problems(functions []fn.Function) []string {
	var problems []string
	for i, f := range functions {
		kinds, _ := f.Events()
		if len(kinds) == 0 || len(functions) == 1 {
			continue
		}
		other := functions[0]
		if i == 0 {
			other = functions[1]
		}
		problems = append(problems, fmt.Sprintf(
			"%s: %s: takes %s and is in one unit with %s (%s): nothing in an event says which function is meant, so that Lambda would refuse it again and again; "+
				"put %s into a unit of its own (the grain function, or a line of a partition)",
			f.Place(), f.Name(), strings.Join(kinds, ", "), other.Name(), other.Place(), f.Name()))
	}
	return problems
}
