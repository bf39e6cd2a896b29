package fn

import "context"

// typedInvoker runs a handler of the types that it was made for: bind, validate, handle, render.
type typedInvoker interface {
	invoke(ctx context.Context, req *Request, handler any) (*Reply, error)
}

// typed is the typedInvoker of an In and an Out. It is all that is generic about serving, and one
// method, since each instantiation stands in the binary under a name that spells both structs
// with their tags.
type typed[In, Out any] struct{}

// values are an In and an Out in one piece of memory.
type values[In, Out any] struct {
	in  In
	out Out
}

func (*typed[In, Out]) invoke(ctx context.Context, req *Request, handler any) (*Reply, error) {
	var in *In
	var out *Out
	if req.Trigger != TriggerCall {
		v := new(values[In, Out])
		in, out = &v.in, &v.out
	} else if called, ok := req.Value.(*In); ok {
		in, out = called, new(Out)
	} else {
		return nil, req.wrongValue()
	}
	if err := req.bind(ctx, in); err != nil {
		return nil, err
	}
	var err error
	if *out, err = handler.(func(context.Context, In) (Out, error))(ctx, *in); err != nil {
		return nil, req.translate(ctx, err)
	}
	return req.render(out)
}
