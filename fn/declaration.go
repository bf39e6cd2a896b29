package fn

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/funcname"
)

// declaration is what New noted: with types there, without them here.
type declaration struct {
	shared
	name     string
	doc      string
	place    *place // file:line of the declaration
	routes   []HTTPRoute
	triggers []Trigger
	inType   reflect.Type // nil for Raw
	outType  reflect.Type
	codecs   *codecs
	problems []Problem

	takesEvents  bool     // of a platform, as they come
	eventKinds   []string // of these kinds alone
	eventSources []string // and from these alone
	idempotent   bool

	// invoke is the innermost invoker: bind, validate, handle, render.
	invoke Invoker
	// handler is what New and Raw were given, nil for an untyped contract: calls of a func(context.Context,
	// In) (Out, error) may need no more of it.
	handler any
}

func declare(name string, at *place) *declaration {
	d := &declaration{name: name, place: at}
	if !funcname.IsFunction(name) {
		d.problem("", "the name is not of the form group.function, such as \"orders.get\": "+
			"a group of lower-case letters, digits and underscores, a dot, and the function's own name")
	}
	return d
}

// compile takes the two types. Outside of a build that was checked, it compiles them.
func (d *declaration) compile(in, out reflect.Type) {
	d.inType, d.outType = in, out
	d.codecs = &codecs{in: in, out: out}
	if !checked() {
		d.bindingProblems(d.codecs.compiled().problems)
	}
}

// setHandler takes the handler, and what runs one of its types.
func (d *declaration) setHandler(missing bool, typed typedInvoker, handler any) {
	d.setInvoker(missing, func(ctx context.Context, req *Request) (*Reply, error) { return typed.invoke(ctx, req, handler) })
	d.handler = handler
}

// setInvoker takes the invoker of the handler.
func (d *declaration) setInvoker(missing bool, invoke Invoker) {
	if missing {
		d.problem("", "the handler is nil; pass a func(context.Context, %s) (%s, error)", d.inType, d.outType)
	}
	d.invoke = invoke
}

// clone returns a copy to which options can be added.
func (d *declaration) clone() *declaration {
	c := *d
	c.routes = slices.Clone(d.routes)
	c.triggers = slices.Clone(d.triggers)
	c.problems = slices.Clone(d.problems)
	c.middleware = slices.Clone(d.middleware)
	c.needs = cloneNeeds(d.needs)
	c.annotations = slices.Clone(d.annotations)
	return &c
}

// apply applies the options and checks what can only be seen of all together.
func (d *declaration) apply(options []FunctionOption) {
	first := len(d.annotations)
	for _, o := range options {
		if o != nil {
			o.applyFunction(d)
		}
	}
	d.finish(levelFunction, first)
	for _, text := range d.misuse {
		d.problem("", "%s", text)
	}
	d.misuse = nil
	d.checkEvents()
	if d.codecs != nil && !checked() {
		d.checkRoutes()
	}
}

func (d *declaration) problem(field, format string, args ...any) {
	d.problems = append(d.problems, Problem{
		Function: d.name, Place: d.at(), Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// ruleProblems holds the rules of the In against the validator.
func (d *declaration) ruleProblems(v binding.Validator) []Problem {
	if d.codecs == nil {
		return nil
	}
	var problems []Problem
	for _, p := range d.input().CheckRules(v) {
		problems = append(problems, Problem{Function: d.name, Place: d.at(), Field: p.Field, Message: p.Message})
	}
	return problems
}

func (d *declaration) bindingProblems(problems []binding.Problem) {
	for _, p := range problems {
		d.problem(p.Field, "%s", p.Message)
	}
}
