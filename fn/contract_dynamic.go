package fn

import (
	"context"
	"reflect"
)

// Dynamic is a contract whose types are known at run time only: for adapters of
// other registries, for generators and for tests. Programs that know their types
// use Contract. Make one with DefineDynamic.
type Dynamic struct{ d *declaration }

// DefineDynamic declares a contract as Define does. In and Out must not be nil.
func DefineDynamic(name string, in, out reflect.Type, options ...FunctionOption) Dynamic {
	return Dynamic{define(name, in, out, options)}
}

// Name returns the function's name.
func (c Dynamic) Name() string {
	if c.d == nil {
		return ""
	}
	return c.d.name
}

// With makes the contract a function. The handler gets a pointer to an In and
// returns a pointer to an Out.
func (c Dynamic) With(handler func(ctx context.Context, in any) (out any, err error), options ...FunctionOption) Function {
	if c.d == nil {
		return Function{}
	}
	d := c.d.clone()
	d.place = callerPlace()
	d.setInvoker(handler == nil, func(ctx context.Context, req *Request) (*Reply, error) { return invokeDynamic(ctx, req, handler) })
	d.apply(options)
	d.checkIdempotent(c.d.idempotent)
	return Function{d}
}

// Call invokes the function as Contract.Call does. In is a pointer to an In, the
// result a pointer to an Out.
func (c Dynamic) Call(ctx context.Context, in any) (any, error) {
	if c.d == nil {
		return nil, callProblem("", "the contract is the zero Dynamic; declare it with fn.DefineDynamic")
	}
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
func (c Dynamic) Need() Need { return c.d.need() }
