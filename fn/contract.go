package fn

import (
	"context"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn/internal/shape"
)

// Contract is a function without its implementation: its name, In, Out and
// triggers. A package of contracts is what siblings import; it needs nothing of
// what the implementation imports. Make one with Define.
type Contract[In, Out any] struct{ d *declaration }

// Define declares a contract. Like New it never fails: what is wrong is
// reported by the Start of every app that has the function, or needs it.
func Define[In, Out any](name string, options ...FunctionOption) Contract[In, Out] {
	return Contract[In, Out]{define(name, reflect.TypeFor[In](), reflect.TypeFor[Out](), options)} // small, as New is
}

// define declares a contract.
func define(name string, in, out reflect.Type, options []FunctionOption) *declaration {
	d := declare(name, callerPlace())
	if in == nil || out == nil {
		d.problem("", "the type of the In or of the Out is nil")
		in, out = reflect.TypeFor[struct{}](), reflect.TypeFor[struct{}]()
	}
	d.compile(in, out)
	d.checkCarried()
	d.apply(options)
	return d
}

// Name returns the function's name: "orders.get".
func (c Contract[In, Out]) Name() string {
	if c.d == nil {
		return ""
	}
	return c.d.name
}

// With makes the contract a function. The options are added to the contract's.
func (c Contract[In, Out]) With(handler func(context.Context, In) (Out, error), options ...FunctionOption) Function {
	if c.d == nil {
		return Function{}
	}
	d := c.d.clone()
	d.place = callerPlace()
	d.setHandler(handler == nil, (*typed[In, Out])(nil), handler)
	d.apply(options)
	d.checkIdempotent(c.d.idempotent)
	return Function{d}
}

// Call invokes the function from another one. The ctx is the one that the
// calling handler got, or descends from it.
//
// A function of the same unit is called in the process, through its middleware
// and its validation; In and Out are then shared and not copied, so neither side
// may change what the other can still see through pointers, slices and maps.
// Any other is called through the unit's Transport. Both give the same answer:
// the callee sees the deadline, the request id and the trace parent of the
// caller, and no other values of ctx; the error is its *Error with code,
// message, violations and details, and without its cause.
//
// An error that errors.Is ErrRemote is not the function's: nobody answered. It
// is Unavailable, DeadlineExceeded or Canceled, or says by another code of the
// table at Transport why another try would not help. Such a call may have been
// carried out all the same. It is tried again, with backoff and within the
// deadline, only when the contract is Idempotent.
func (c Contract[In, Out]) Call(ctx context.Context, in In) (Out, error) {
	var zero Out
	if c.d == nil {
		return zero, callProblem("", "the contract is the zero Contract; declare it with fn.Define")
	}
	caller, callee, err := c.d.resolve(ctx)
	if err != nil {
		return zero, err
	}
	if handler, ok := fastHandler[In, Out](callee); ok && caller.entry.unit.around == nil {
		return callFast(ctx, callee, caller, handler, &in)
	}
	out, err := c.d.call(ctx, caller, callee, &in)
	if err != nil {
		return zero, err
	}
	typed, ok := out.(*Out)
	if !ok {
		return zero, callProblem(c.d.name, "the function of this unit returns %T, the contract says *%s; import one contract on both sides", out, c.d.outType)
	}
	return *typed, nil
}

// Need returns the need to call the function: a contract is its own need.
func (c Contract[In, Out]) Need() Need { return c.d.need() }

// checkCarried refuses what a call between units would lose without a word.
func (d *declaration) checkCarried() {
	for _, t := range []reflect.Type{d.inType, d.outType} {
		if field := shape.Holds(t, reflect.TypeFor[config.Secret]()); field != "" {
			d.problem(strings.TrimPrefix(t.Name()+"."+field, "."), "is a config.Secret, which is never written, so no call can carry it; make it a string")
		}
	}
}

// Idempotent says that the function may be carried out twice for one call: a
// call that got no answer is then tried again. Without it nothing ever is. It is an
// option of contracts (Define): callers have nothing else of a function.
func Idempotent() FunctionOption {
	return functionOption(func(d *declaration) { d.idempotent = true })
}

// checkIdempotent refuses the option where no caller would see it.
func (d *declaration) checkIdempotent(inContract bool) {
	if d.idempotent && !inContract {
		d.problem("", "Idempotent stands on the function, where its callers cannot see it; give it to fn.Define, whose contract they call")
	}
}
