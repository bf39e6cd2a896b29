package fn

import (
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/shape"
)

// declaration is what New noted: typed at the door, erased here.
type declaration struct {
	shared
	name     string
	doc      string
	place    *place // file:line of the declaration
	routes   []HTTPRoute
	inType   reflect.Type // nil for Raw
	outType  reflect.Type
	input    *binding.In
	output   *binding.Out
	problems []Problem

	takesEvents bool     // of a platform, as they come
	eventKinds  []string // of these kinds alone
	idempotent  bool
	version     func() string // the fingerprint of In and Out
	lossy       func() bool   // whether JSON would not bring the values of a call back as they are

	// invoke is the innermost invoker: bind, validate, handle, render.
	invoke Invoker
	// handler is the func(context.Context, In) (Out, error), for calls that need no
	// more of it; nil for Raw and DefineDynamic.
	handler any
}

func declare(name string, at *place) *declaration {
	d := &declaration{name: name, place: at}
	if !isFunctionName(name) {
		d.problem("", "the name is not of the form group.function, such as \"orders.get\": "+
			"a group of lower-case letters, digits and underscores, a dot, and the function's own name")
	}
	return d
}

// compile makes the plans of the two types.
func (d *declaration) compile(in, out reflect.Type) {
	d.inType, d.outType = in, out
	var problems []binding.Problem
	d.input, problems = binding.CompileIn(in)
	d.bindingProblems(problems)
	d.output, problems = binding.CompileOut(out)
	d.bindingProblems(problems)
	d.version = sync.OnceValue(func() string { return shape.Fingerprint(in, out) })
	d.lossy = sync.OnceValue(func() bool { return shape.Lossy(in) != "" || shape.Lossy(out) != "" })
}

// handle takes the invoker of the handler.
func (d *declaration) handle(missing bool, invoke Invoker) {
	if missing {
		d.problem("", "the handler is nil; pass a func(context.Context, %s) (%s, error)", d.inType, d.outType)
	}
	d.invoke = invoke
}

// clone returns a copy to which options can be added.
func (d *declaration) clone() *declaration {
	c := *d
	c.routes = slices.Clone(d.routes)
	c.problems = slices.Clone(d.problems)
	c.middleware = slices.Clone(d.middleware)
	c.uses = slices.Clone(d.uses)
	return &c
}

// apply applies the options and checks what can only be seen of all together.
func (d *declaration) apply(options []FunctionOption) {
	for _, o := range options {
		if o == nil {
			d.problem("", "an option is nil")
			continue
		}
		o.applyFunction(d)
	}
	for _, text := range d.misuse {
		d.problem("", "%s", text)
	}
	d.misuse = nil
	if d.timeout < 0 {
		d.problem("", "timeout %v is negative", d.timeout)
	}
	if d.input != nil {
		d.checkRoutes()
	}
}

func (d *declaration) problem(field, format string, args ...any) {
	d.problems = append(d.problems, Problem{
		Function: d.name, Place: d.place.String(), Field: field, Message: fmt.Sprintf(format, args...),
	})
}

func (d *declaration) bindingProblems(problems []binding.Problem) {
	for _, p := range problems {
		d.problem(p.Field, "%s", p.Message)
	}
}
