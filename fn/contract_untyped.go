package fn

import (
	"context"
	"reflect"

	"github.com/anygrain/anygrain/internal/untyped"
)

// untypedContract is a Contract whose types are made at run time.
type untypedContract struct{ d *declaration }

func init() { untyped.Provide(defineUntyped) }

// defineUntyped is Define for types that are values. They must not be nil.
func defineUntyped(name string, in, out reflect.Type, options ...FunctionOption) Needer {
	return untypedContract{define(name, in, out, options)}
}

// Name returns the function's name.
func (c untypedContract) Name() string { return c.d.name }

// With makes the contract a function. The handler gets a pointer to an In and
// returns a pointer to an Out.
func (c untypedContract) With(handler func(ctx context.Context, in any) (out any, err error), options ...FunctionOption) Function {
	d := c.d.clone()
	d.place = callerPlace()
	d.setInvoker(handler == nil, func(ctx context.Context, req *Request) (*Reply, error) { return invokeUntyped(ctx, req, handler) })
	d.apply(options)
	d.checkIdempotent(c.d.idempotent)
	return Function{d}
}

// Call invokes the function as Contract.Call does. In is a pointer to an In, the
// result a pointer to an Out.
func (c untypedContract) Call(ctx context.Context, in any) (any, error) {
	if reflect.TypeOf(in) != reflect.PointerTo(c.d.inType) || reflect.ValueOf(in).IsNil() {
		return nil, callProblem(c.d.name, "%w", &typeMismatch{what: "the call passed", got: in, want: c.d.inType})
	}
	caller, callee, err := c.d.resolve(ctx)
	if err != nil {
		return nil, err
	}
	return c.d.call(ctx, caller, callee, in)
}

// Need returns the need to call the function, as that of a Contract does.
func (c untypedContract) Need() Need { return c.d.need() }
