package fn

import (
	"context"
	"reflect"
	"slices"
)

// Serve runs the function of that name for an HTTP request and always returns
// a reply: errors are rendered as problem documents (RFC 9457), or as RenderErrors says.
func (u *Unit) Serve(ctx context.Context, name string, req *Request) *Reply {
	e, ok := u.byName[name]
	if !ok {
		return u.ServeUnmatched(ctx, req, Errorf(Unimplemented, "this unit does not serve a function %q", name))
	}
	return u.serve(ctx, e, req)
}

// ServeUnmatched runs the app's middleware for a request that no function
// takes, and answers with the error unless the middleware did. So request ids,
// logs and CORS cover 404 and 405 as well.
func (u *Unit) ServeUnmatched(ctx context.Context, req *Request, err *Error) *Reply {
	req.From.value = err
	return u.serve(ctx, u.unmatched, req)
}

// ServeReply is ServeUnmatched for an answer that is no error: a redirect to
// the path in its clean form.
func (u *Unit) ServeReply(ctx context.Context, req *Request, reply *Reply) *Reply {
	req.From.value = reply
	return u.serve(ctx, u.unmatched, req)
}

// unmatched is the innermost invoker of a request that no function takes: the
// host's answer is the value of the input.
func unmatched(_ context.Context, req *Request) (*Reply, error) {
	switch answer := req.From.value.(type) {
	case *Reply:
		return answer, nil
	case *Error:
		return nil, answer
	}
	return nil, Errorf(NotFound, "nothing answers here")
}

// Invoke runs the function of that name, inside its middleware, for a direct
// invoke, a call or an event. The error is always an *Error; of an opaque one
// the caller may pass on the code alone, as Serve does.
func (u *Unit) Invoke(ctx context.Context, name string, req *Request) (*Reply, error) {
	e, ok := u.byName[name]
	if !ok {
		return nil, Errorf(Unimplemented, "this unit does not serve a function %q", name)
	}
	reply, err := u.run(ctx, e, req)
	if err != nil {
		return nil, err
	}
	return reply, nil
}

// ErrorReply returns what the client of an HTTP request gets for the error: the reply
// of RenderErrors or the problem document, with what middleware added to the header.
// Unit.Serve does so for every error of a function. It is for hosts that cannot send
// the reply which they got: it is too large, its stream broke off.
func (r *Request) ErrorReply(ctx context.Context, err *Error) *Reply {
	if err == nil {
		err = internalError(errNilError)
	}
	return r.in().unit.finish(r, r.errorReply(ctx, err))
}

// BasePath returns what the app's option of that name says: "/v1", or "".
func (u *Unit) BasePath() string { return u.app.settings.basePath }

// NeedsStop reports whether Stop has hooks to run. A host whose platform charges
// for a notice of the end need not ask for it otherwise.
func (u *Unit) NeedsStop() bool { return len(u.hooks.stop) > 0 }

// Call invokes the function of that name with Go values: the same middleware
// and validation as over the wire, without the wire. The result is the Out.
// In and Out are shared with the function, not copied: neither side may change
// what the other can still see through pointers, slices and maps.
//
// It is for tests and for programs that hold a Unit; functions call one another
// through contracts. The request's host is that of the request that ctx belongs
// to, "" outside of one.
func Call[In, Out any](ctx context.Context, u *Unit, name string, in In) (Out, error) {
	var zero Out
	req := &Request{Kind: KindCall, From: InputFromValue(&in)}
	if caller := requestOf(ctx); caller != nil {
		req.Host = caller.Host
	}
	reply, err := u.Invoke(ctx, name, req)
	if err != nil {
		return zero, err
	}
	out, ok := reply.Value.(*Out)
	if !ok {
		return zero, Errorf(Internal, "the function %s returns another type than %s", name, reflect.TypeFor[Out]())
	}
	return *out, nil
}

// Part returns a unit of these functions alone, which calls the others through
// the transport. They are the functions of u, with the state that they were
// constructed with: it shows what a grain does to calls without starting the
// app anew, as tests want it. Goroutines and hooks
// are those of u, which alone is to be stopped.
func (u *Unit) Part(t Transport, functions ...string) *Unit {
	part := &Unit{
		app: u.app, logger: u.logger, validator: u.validator, hooks: &hooks{}, byName: map[string]*entry{},
		transport: t, strict: u.strict, running: u.running, stopping: u.stopping,
	}
	var chosen []Function
	for _, e := range u.entries {
		if slices.Contains(functions, e.function.Name()) {
			chosen = append(chosen, e.function)
		}
	}
	part.addEntries(chosen, nil)
	return part
}
