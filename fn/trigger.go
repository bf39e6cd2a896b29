package fn

import (
	"context"
	"fmt"
	"reflect"
	"slices"
)

// Trigger is what starts a function beside HTTP routes, direct invokes and calls: a queue, a topic,
// a schedule, a bucket. Packages outside of fn bring kinds of their own; a host that knows the kind
// delivers its items as the function's In.
//
// Two optional methods say more. Needs() []Need is what the function needs to be started so, such
// as to receive from the queue. Excludes(other Trigger) string is asked of every pair of triggers of
// a function, and of two functions with the same source: why they cannot be together, "" when they can.
type Trigger interface {
	// Kind says what it is, in one word, such as "queue". A request that it makes has it for a Kind.
	Kind() string
	// Source is where its items come from, nil for a schedule and the like.
	Source() Resource
	// Item is the type of what it delivers.
	Item() reflect.Type
	// String names it for people: "queue mail.jobs", "every day at 6".
	String() string
}

// On starts the function by the trigger. The function's In is the trigger's Item, or a struct that
// embeds it. A function can have several triggers of one Item, and HTTP routes beside them: a route
// answers with the Out, a trigger that nobody waits for drops it and tells from the error alone what
// became of the item (see NoReply).
func On(t Trigger) FunctionOption {
	return functionOption(func(d *declaration) {
		problem := triggerProblem(t)
		if problem == "" {
			problem = d.addTrigger(t)
		}
		if problem != "" {
			d.misuse = append(d.misuse, "On: "+problem)
		}
	})
}

// NoReply makes a handler for New of one that has nothing to answer.
//
//go:noinline
func NoReply[In any](handler func(context.Context, In) error) func(context.Context, In) (struct{}, error) {
	if handler == nil {
		return nil
	}
	return func(ctx context.Context, in In) (struct{}, error) { return struct{}{}, handler(ctx, in) } // whose name is fn's, see codePlace
}

// Triggers lists what On said, in that order. HTTP routes are in Routes.
func (f Function) Triggers() []Trigger {
	if f.d == nil {
		return nil
	}
	return slices.Clone(f.d.triggers)
}

// triggerProblem says what is wrong with the trigger by itself, "" for nothing.
func triggerProblem(t Trigger) (problem string) {
	defer func() {
		if v := recover(); v != nil {
			problem = fmt.Sprintf("a %T panicked when it was asked what it is: %v; is it made by its package's own constructor?", t, v)
		}
	}()
	if isNil(t) {
		return fmt.Sprintf("the trigger is nil (%T); pass what a package of triggers makes, such as that of a queue", t)
	}
	source := t.Source()
	switch {
	case t.Kind() == "":
		return fmt.Sprintf("the trigger %q (%T) has no kind; its method Kind has to say what it is, such as \"queue\"", t, t)
	case RequestKind(t.Kind()).builtIn():
		return fmt.Sprintf("the trigger %q (%T) has the kind %q, which is fn's own; choose another word", t, t, t.Kind())
	case t.Item() == nil:
		return fmt.Sprintf("the trigger %q (%T) has no item; its method Item has to return the type of what it delivers", t, t)
	case source != nil && isNil(source):
		return fmt.Sprintf("the source of the trigger %q (%T) is nil (%T); a trigger without one returns a nil fn.Resource", t, t, source)
	case source != nil && (source.Kind() == "" || source.ID() == ""):
		return fmt.Sprintf("the source of the trigger %q (%T) is of kind %q and has the ID %q; both have to be there, an ID comes from the variable of a config field or from a contract",
			t, t, source.Kind(), source.ID())
	}
	for _, n := range impliedNeeds(t) {
		if problem := n.problem(n); problem != "" {
			return fmt.Sprintf("of what the trigger %q needs, %s", t, problem)
		}
	}
	return ""
}

// impliedNeeds are what a function needs to be started by the trigger.
func impliedNeeds(t Trigger) []Need {
	if needer, ok := t.(interface{ Needs() []Need }); ok {
		return needer.Needs()
	}
	return nil
}

// addTrigger takes the trigger, unless it does not fit to the function.
func (d *declaration) addTrigger(t Trigger) (problem string) {
	switch {
	case d.inType == nil:
		return fmt.Sprintf("%q delivers a %v, and a Raw function has no In to take it; declare it with fn.New", t, t.Item())
	case !takesItem(d.inType, t.Item()):
		return fmt.Sprintf("%q delivers a %v, and the In is %v; make the In a %v, or a struct that embeds it", t, t.Item(), d.inType, t.Item())
	}
	for _, other := range d.triggers {
		if why := together(t, other); why != "" {
			return why
		}
	}
	d.triggers = append(d.triggers, t)
	for _, n := range impliedNeeds(t) {
		d.needs = addNeed(d.needs, n)
	}
	return ""
}

// takesItem reports whether the In is the item, or a struct that embeds it.
func takesItem(in, item reflect.Type) bool {
	if in == item {
		return true
	}
	if in.Kind() != reflect.Struct {
		return false
	}
	for f := range in.Fields() {
		if f.Anonymous && f.Type == item {
			return true
		}
	}
	return false
}

// together says why two triggers cannot start one function.
func together(t, other Trigger) string {
	if t.Item() != other.Item() {
		return fmt.Sprintf("%q delivers a %v and %q a %v, so that neither fills the whole In; declare a function for each", t, t.Item(), other, other.Item())
	}
	if t.Kind() == other.Kind() && t.String() == other.String() && sameResource(t.Source(), other.Source()) {
		return fmt.Sprintf("%q is there twice; say it once", t)
	}
	return excluded(t, other)
}

// excluded is what either of the two says against the other.
func excluded(t, other Trigger) string {
	why := excludes(t, other)
	if why == "" {
		why = excludes(other, t)
	}
	if why == "" {
		return ""
	}
	return fmt.Sprintf("%q and %q exclude each other: %s", t, other, why)
}

func excludes(t, other Trigger) string {
	if e, ok := t.(interface{ Excludes(other Trigger) string }); ok {
		return e.Excludes(other)
	}
	return ""
}

// sameResource reports whether two resources are one.
func sameResource(a, b Resource) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return a.Kind() == b.Kind() && a.ID() == b.ID()
}

// triggerConflicts finds functions whose triggers of one source exclude each other.
func triggerConflicts(functions []Function) []Problem {
	type claimed struct {
		function Function
		trigger  Trigger
	}
	var problems []Problem
	bySource := map[[2]string][]claimed{}
	for _, f := range functions {
		for _, t := range f.d.triggers {
			source := t.Source()
			if source == nil {
				continue
			}
			key := [2]string{source.Kind(), source.ID()}
			for _, c := range bySource[key] {
				if c.function.d == f.d {
					continue // said at its declaration
				}
				if why := excluded(t, c.trigger); why != "" {
					problems = append(problems, Problem{Function: f.d.name, Place: f.d.at(), Message: fmt.Sprintf("On: %s (that of %s, %s)", why, c.function.d.name, c.function.d.at())})
				}
			}
			bySource[key] = append(bySource[key], claimed{f, t})
		}
	}
	return problems
}
