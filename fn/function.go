package fn

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/funcname"
)

// Function is a named, typed handler with its triggers, made by New or Raw. It
// is a value of one word; copies are the same function. What is wrong with its
// declaration is kept in it and reported by the app, all at once; see Err.
type Function struct{ d *declaration }

// New declares a function. The name is "group.function": lower-case letters,
// digits and underscores for the group, which is also a build tag; letters,
// digits, underscores and hyphens for the function.
//
// New never fails: what is wrong with the name, the types or the options is
// collected and reported by the app's Start and Describe, and by Err.
func New[In, Out any](name string, handler func(context.Context, In) (Out, error), options ...FunctionOption) Function {
	return declareTyped(name, (*typed[In, Out])(nil), handler, options) // small enough to leave no code of its own
}

// declareTyped declares a func(context.Context, In) (Out, error).
func declareTyped(name string, invoke typedInvoker, handler any, options []FunctionOption) Function {
	d := declare(name, callerPlace())
	t := reflect.TypeOf(handler)
	d.compile(t.In(1), t.Out(0))
	d.setHandler(reflect.ValueOf(handler).IsNil(), invoke, handler)
	d.apply(options)
	d.checkIdempotent(false)
	return Function{d}
}

// Raw declares a function that reads the Request and makes the Reply itself: a
// bridge to other kinds of handlers, such as http.Handler. It has no In and no
// Out, so there is nothing to bind, validate or describe.
func Raw(name string, handler Invoker, options ...FunctionOption) Function {
	d := declare(name, callerPlace())
	if handler == nil {
		d.problem("", "the handler is nil")
	}
	d.handler = handler
	d.invoke = func(ctx context.Context, req *Request) (*Reply, error) { return invokeRaw(ctx, req, handler) }
	d.apply(options)
	return Function{d}
}

// undeclared is the declaration of the zero Function: it says nothing.
var undeclared declaration

// declared returns the declaration. The zero Function has an empty one, so that what a
// look-up did not find can be asked too.
func (f Function) declared() *declaration {
	if f.d == nil {
		return &undeclared
	}
	return f.d
}

// Name returns the function's name: "orders.get". It is "" for the zero Function.
func (f Function) Name() string { return f.declared().name }

// Group returns the name's prefix: "orders".
func (f Function) Group() string {
	return funcname.GroupOf(f.Name())
}

// Doc returns what Doc said.
func (f Function) Doc() string { return f.declared().doc }

// Place returns where the function is declared: "orders.go:31", with the
// directory that the compiler knew.
func (f Function) Place() string { return f.declared().at() }

// Routes returns the function's HTTP triggers.
func (f Function) Routes() []HTTPRoute { return slices.Clone(f.declared().routes) }

// Timeout returns the function's own timeout. ok is false when it says nothing of one;
// with NoTimeout the timeout is 0, true.
func (f Function) Timeout() (d time.Duration, ok bool) { return timeoutOf(f.declared().limit()) }

// BodyLimit returns the function's own body limit in bytes, 0 when it has none.
func (f Function) BodyLimit() int64 { return f.declared().bodyLimit }

// In returns the type of the input, nil for a Raw function.
func (f Function) In() reflect.Type { return f.declared().inType }

// Out returns the type of the output, nil for a Raw function.
func (f Function) Out() reflect.Type { return f.declared().outType }

// Input lists the bound fields of the In, nil for a Raw function.
func (f Function) Input() []binding.Field {
	if f.declared().input() == nil {
		return nil
	}
	return f.declared().input().Fields()
}

// Output lists the bound fields of the Out, nil for a Raw function.
func (f Function) Output() []binding.Field {
	if f.declared().output() == nil {
		return nil
	}
	return f.declared().output().Fields()
}

// ContentType returns the media type of replies as far as the Out's type decides it.
func (f Function) ContentType() string {
	if f.declared().output() == nil {
		return ""
	}
	return f.declared().output().ContentType()
}

// Needs lists what the function declares to use, one need for each resource, in the order
// of declaration; that of a Unit or a Description has its group's too. What the app needs for
// all functions is in its Description.
func (f Function) Needs() []Need {
	if f.d == nil {
		return nil
	}
	return cloneNeeds(f.declared().needs)
}

// Idempotent reports whether a call of the function may be tried again.
func (f Function) Idempotent() bool { return f.declared().idempotent }

// Version is the fingerprint of In and Out that a call carries: the same text in
// two builds means that they understand each other. It is "" for a Raw function,
// which cannot be called.
func (f Function) Version() string {
	return f.declared().version()
}

// Err returns a *DeclarationError with everything that is wrong with the
// declaration, or nil.
func (f Function) Err() error {
	if f.d == nil {
		return &DeclarationError{Problems: []Problem{{Message: "the function is the zero Function; declare it with fn.New"}}}
	}
	if len(f.d.problems) == 0 {
		return nil
	}
	return &DeclarationError{Problems: slices.Clone(f.d.problems)}
}

// EncodeIn returns the direct form of an In: what an invoke of the function
// takes. In is a pointer to the function's In.
func (f Function) EncodeIn(in any) ([]byte, error) {
	if err := f.checkType(in, f.In()); err != nil {
		return nil, err
	}
	return f.declared().input().AppendJSON(nil, in)
}

// DecodeOut reads the direct form of an Out, what an invoke of the function
// returns, into out, a pointer to the function's Out.
func (f Function) DecodeOut(data []byte, out any) error {
	if err := f.checkType(out, f.Out()); err != nil {
		return err
	}
	return f.declared().output().DecodeJSON(out, data)
}

// checkType refuses a value that is no pointer to the type.
func (f Function) checkType(value any, want reflect.Type) error {
	if want == nil {
		return fmt.Errorf("the function %s has no In and no Out of its own: it was declared with Raw", f.Name())
	}
	if v := reflect.ValueOf(value); v.Kind() != reflect.Pointer || v.IsNil() || v.Type().Elem() != want {
		return fmt.Errorf("the function %s takes a *%s here, got %T", f.Name(), want, value)
	}
	return nil
}
