package fnlambda

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/eventkind"
	"github.com/anygrain/anygrain/internal/together"
)

// From says where the events come from that a function takes: the name of a queue, topic, bucket,
// table, stream or rule, the detail-type or source of an event of EventBridge, and so on, or its ARN.
// Names are compared as they stand; there are no patterns. docs/lambda.md has the names of each kind.
//
//	fnlambda.Native("orders.placed", placed, fnlambda.From("orders-queue"))
//
// It is fn.EventsFrom with a name that reads well there. Of functions of one kind in one unit all but
// one need it: the one without takes what the others do not name.
func From(sources ...string) fn.FunctionOption { return fn.EventsFrom(sources...) }

// dispatcher finds the function that an event is for: the one that declared its source, else the one
// that declared its kind, else the one that takes whatever comes.
type dispatcher struct {
	functions []fn.Function
	declared  map[declared]string // the names of functions, of which there is more than one at several
	sources   bool                // some function says from where
	typed     func() []typed      // those whose In has the members of an event, found when one comes that nobody declared
}

// declared is a kind of event from a source; without a kind it is any, without a source the rest.
type declared struct{ kind, source string }

// typed is a function that takes an event by the members of its In.
type typed struct {
	name    string
	members map[string]bool
}

// several stands for the name where functions cannot be told apart. A start has refused such units,
// but not one that was started elsewhere.
const several = "\x00"

func newDispatcher(functions []fn.Function) *dispatcher {
	d := &dispatcher{functions: functions, declared: map[declared]string{}}
	for _, f := range functions {
		kinds, sources, ok := f.Events()
		if !ok {
			continue
		}
		d.sources = d.sources || len(sources) > 0
		for _, kind := range orRest(kinds) {
			for _, source := range orRest(sources) {
				d.declare(declared{kind, source}, f.Name())
			}
		}
	}
	d.typed = sync.OnceValue(d.findTyped)
	return d
}

// orRest is what a function says, or that it takes the rest.
func orRest(said []string) []string {
	if len(said) == 0 {
		return []string{""}
	}
	return said
}

func (d *dispatcher) declare(what declared, name string) {
	if other, taken := d.declared[what]; taken && other != name {
		name = several
	}
	d.declared[what] = name
}

// findTyped finds the functions without a declaration that have an In.
func (d *dispatcher) findTyped() []typed {
	var found []typed
	for _, f := range d.functions {
		if _, _, declares := f.Events(); !declares && f.In() != nil {
			found = append(found, typed{f.Name(), membersOf(f)})
		}
	}
	return found
}

// whatever is the name of the function that takes any payload, "" when there is none.
func (d *dispatcher) whatever() (string, error) {
	name := d.declared[declared{}]
	if name == several {
		return "", fn.Errorf(fn.Unimplemented, "the event is of no known kind, and more than one function of this unit takes any event; give each a unit of its own")
	}
	return name, nil
}

// find returns the name of the function that an event of a known kind is for, "" when it is for
// none, and an error when that cannot be told.
func (d *dispatcher) find(e *eventkind.Event) (string, error) {
	if e.Mixed() {
		return "", fn.Errorf(fn.Unimplemented, "the event is %s: its records come from different services, so it is for no one function", e)
	}
	kinds := append(e.IDs(), "")
	if name, err := d.bySource(e, kinds); name != "" || err != nil {
		return name, err
	}
	for _, kind := range kinds[:len(kinds)-1] {
		if name, ok := d.declared[declared{kind, ""}]; ok {
			return d.one(name, e)
		}
	}
	if name := d.byMembers(e); name != "" {
		return d.one(name, e)
	}
	return d.one(d.declared[declared{}], e)
}

// bySource finds the function that names the event's source.
func (d *dispatcher) bySource(e *eventkind.Event, kinds []string) (string, error) {
	if !d.sources || !d.anySource(kinds) {
		return "", nil
	}
	sources, same := e.Sources()
	if !same {
		return "", fn.Errorf(fn.Unimplemented, "the event is %s: its records come from different sources (%s), so it is for no one function", e, quoted(sources))
	}
	for _, source := range sources {
		for _, kind := range kinds {
			if name, ok := d.declared[declared{kind, source}]; ok {
				return d.one(name, e)
			}
		}
	}
	return "", nil
}

// anySource reports whether a function of the kinds says from where.
func (d *dispatcher) anySource(kinds []string) bool {
	for what := range d.declared {
		if what.source != "" && slices.Contains(kinds, what.kind) {
			return true
		}
	}
	return false
}

// byMembers finds the function whose In has the members of the event.
func (d *dispatcher) byMembers(e *eventkind.Event) string {
	name := ""
	for _, t := range d.typed() {
		switch {
		case !e.DeclaredBy(t.members):
		case name != "":
			return several
		default:
			name = t.name
		}
	}
	return name
}

// one is the name, unless it stands for several.
func (d *dispatcher) one(name string, e *eventkind.Event) (string, error) {
	if name != several {
		return name, nil
	}
	return "", fn.Errorf(fn.Unimplemented, "the event is %s: this unit takes it by more than one function; say which of them is meant with fnlambda.From or fn.TakesEvents, "+
		"or give each a unit of its own", e)
}

// declarations says which events the functions declared, for the error of one that none did.
func (d *dispatcher) declarations() string {
	var said []string
	for _, f := range d.functions {
		kinds, sources, ok := f.Events()
		if !ok {
			continue
		}
		text := f.Name() + " takes " + strings.Join(kinds, ", ")
		if len(kinds) == 0 {
			text = f.Name() + " takes any event"
		}
		if len(sources) > 0 {
			text += " from " + quoted(sources)
		}
		said = append(said, text)
	}
	if said == nil {
		return "no function of this unit declared events"
	}
	return "of this unit " + strings.Join(said, ", ")
}

func quoted(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%.150q", name)
	}
	return b.String()
}

// eventProblems are those of each function's events, and of those that cannot be told apart, one a line.
func eventProblems(functions []fn.Function) []string {
	var problems []string
	for _, f := range functions {
		if text := eventProblem(f); text != "" {
			problems = append(problems, f.Place()+": "+f.Name()+": "+text)
		}
	}
	return append(problems, together.Problems(functions)...)
}

// eventProblem says what is wrong with the events that a function declares, "" for nothing.
func eventProblem(f fn.Function) string {
	kinds, sources, ok := f.Events()
	if !ok {
		return ""
	}
	sourced := len(kinds) == 0
	for _, kind := range kinds {
		if !eventkind.Known(kind) {
			return fmt.Sprintf("it takes events of the kind %q, of which Lambda knows none; want one of %s", kind, strings.Join(eventkind.Names(), ", "))
		}
		sourced = sourced || eventkind.HasSources(kind)
	}
	if len(sources) > 0 && !sourced {
		return fmt.Sprintf("it says from where, and an event of the kind %s does not; leave fnlambda.From out, and give the function a unit of its own beside another one of the kind",
			strings.Join(kinds, ", "))
	}
	for _, source := range sources {
		if strings.ContainsAny(source, "*{}") {
			return fmt.Sprintf("the source %q has a placeholder; sources are compared as they stand: write the name, or the whole ARN", source)
		}
	}
	return ""
}
