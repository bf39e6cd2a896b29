// Package together says which functions cannot be in one unit: the cut by a grain
// asks it before a deployment, the Lambda host when it starts.
package together

import (
	"fmt"
	"slices"

	"github.com/anygrain/anygrain/fn"
)

// Problems returns a line for each function whose events (fn.TakesEvents) cannot be told from
// those of another one: two that take the same kind from the same source, or one that takes
// whatever comes beside one that is invoked directly. An event says which service and which source
// it comes from, and no more.
func Problems(functions []fn.Function) []string {
	var problems []string
	first := map[claim]fn.Function{}
	for _, f := range functions {
		if other, c, taken := claimed(first, f); taken {
			problems = append(problems, problem(f, "takes %s, and so does %s (%s) of the same unit: nothing in the event says which of the two is meant; "+
				"say where the events of one come from (fn.EventsFrom; on Lambda fnlambda.From(\"orders-queue\"))", c, other.Name(), other.Place()))
		}
	}
	any, taken := first[claim{}]
	if i := slices.IndexFunc(functions, invokedDirectly); taken && i >= 0 {
		problems = append(problems, problem(any, "takes any event, and is in one unit with %s (%s), which has no route and no event, so that it is invoked directly: "+
			"nothing in a payload says which of the two is meant; say what %s takes (fn.TakesEvents)", functions[i].Name(), functions[i].Place(), any.Name()))
	}
	return problems
}

func problem(f fn.Function, format string, args ...any) string {
	return f.Place() + ": " + f.Name() + ": " + fmt.Sprintf(format, args...) +
		", or put " + f.Name() + " into a unit of its own (the grain function, or a line of a partition)"
}

// claim is a kind of event from a source. Without a kind it is any event, without a source one
// from any that nobody names.
type claim struct{ kind, source string }

// String names the events.
func (c claim) String() string {
	text := "any event"
	if c.kind != "" {
		text = "events of the kind " + c.kind
	}
	if c.source != "" {
		text += fmt.Sprintf(" from %q", c.source)
	}
	return text
}

// claimed notes what f takes, and returns the first of it that another function has taken.
func claimed(first map[claim]fn.Function, f fn.Function) (other fn.Function, at claim, taken bool) {
	kinds, sources, ok := f.Events()
	if !ok {
		return fn.Function{}, claim{}, false
	}
	for _, kind := range orRest(kinds) {
		for _, source := range orRest(sources) {
			c := claim{kind, source}
			switch earlier, there := first[c]; {
			case !there:
				first[c] = f
			case !taken && earlier != f:
				other, at, taken = earlier, c, true
			}
		}
	}
	return other, at, taken
}

// orRest is what a function says, or that it takes the rest.
func orRest(said []string) []string {
	if len(said) == 0 {
		return []string{""}
	}
	return said
}

// invokedDirectly reports whether nothing starts the function but an invoke with its In, or a call.
func invokedDirectly(f fn.Function) bool {
	_, _, events := f.Events()
	return !events && len(f.Routes())+len(f.Triggers()) == 0
}
