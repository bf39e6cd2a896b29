package fn

import (
	"context"
	"reflect"
	"slices"
)

// Host runs the functions of a unit: it is what only hosts and test tools need. A host outside of
// this module has the same. What it does for a request is
//
//	host := unit.Host("mqtt")
//	reply, err := host.Invoke(ctx, "orders.create", &fn.Request{Kind: "mqtt", From: fn.InputFromJSON(message)})
//
// A host for requests over HTTP finds the function by its routes and calls Serve, which renders
// errors too. It stops the unit when nothing is served any more. It is safe for concurrent use.
type Host struct {
	unit *Unit
	name string
}

// Host returns what a host of that name needs of the unit. The name is the Host of its requests:
// "http", "lambda", "test".
func (u *Unit) Host(name string) *Host { return &Host{u, name} }

// Serve runs the function of that name for an HTTP request and always returns
// a reply: errors are rendered as problem documents (RFC 9457), or as RenderErrors says.
func (h *Host) Serve(ctx context.Context, name string, req *Request) *Reply {
	e, ok := h.unit.byName[name]
	if !ok {
		return h.ServeUnmatched(ctx, req, notServed(name))
	}
	req.Host = h.name
	return h.unit.serve(ctx, e, req)
}

// ServeUnmatched runs the app's middleware for a request that no function
// takes, and answers with the error unless the middleware did. So request ids,
// logs and CORS cover 404 and 405 as well.
func (h *Host) ServeUnmatched(ctx context.Context, req *Request, err *Error) *Reply {
	return h.answer(ctx, req, err)
}

// ServeReply is ServeUnmatched for an answer that is no error: a redirect to
// the path in its clean form.
func (h *Host) ServeReply(ctx context.Context, req *Request, reply *Reply) *Reply {
	return h.answer(ctx, req, reply)
}

func (h *Host) answer(ctx context.Context, req *Request, answer any) *Reply {
	req.Host, req.From.value = h.name, answer
	return h.unit.serve(ctx, h.unit.unmatched, req)
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

// Invoke runs the function of that name, inside its middleware, for a request
// that is none of HTTP, and returns its reply in the form of the request's input. The error is always an
// *Error; of an opaque one the caller may pass on the code alone, as Serve does.
func (h *Host) Invoke(ctx context.Context, name string, req *Request) (*Reply, error) {
	req.Host = h.name
	return h.unit.invoke(ctx, name, req)
}

func (u *Unit) invoke(ctx context.Context, name string, req *Request) (*Reply, error) {
	e, ok := u.byName[name]
	if !ok {
		return nil, notServed(name)
	}
	reply, err := u.run(ctx, e, req)
	if err != nil {
		return nil, err
	}
	return reply, nil
}

func notServed(name string) *Error {
	return Errorf(Unimplemented, "this unit does not serve a function %q", name)
}

// ErrorReply returns what the client of an HTTP request gets for the error: the reply
// of RenderErrors or the problem document, with what middleware added to the header.
// Serve does so for every error of a function. It is for hosts that cannot send
// the reply which they got: it is too large, its stream broke off.
func (h *Host) ErrorReply(ctx context.Context, req *Request, err *Error) *Reply {
	return h.unit.answerError(ctx, req, err)
}

func (u *Unit) answerError(ctx context.Context, req *Request, err *Error) *Reply {
	if err == nil {
		err = internalError(errNilError)
	}
	return u.finish(req, req.errorReply(ctx, err))
}

// BasePath returns what the app's option of that name says: "/v1", or "".
func (h *Host) BasePath() string { return h.unit.app.settings.basePath }

// NeedsStop reports whether the unit's Stop has hooks to run. A host whose platform charges
// for a notice of the end need not ask for it otherwise.
func (h *Host) NeedsStop() bool { return len(h.unit.hooks.stop) > 0 }

// Part returns a unit of these functions alone, which calls the others through
// the transport. They are the functions of the host's unit, with the state that they were
// constructed with: it shows what a grain does to calls without starting the
// app anew, as tests want it. Goroutines and hooks
// are those of that unit, which alone is to be stopped.
func (h *Host) Part(t Transport, functions ...string) *Unit {
	u := h.unit
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
	reply, err := u.invoke(ctx, name, req)
	if err != nil {
		return zero, err
	}
	out, ok := reply.Value.(*Out)
	if !ok {
		return zero, Errorf(Internal, "the function %s returns another type than %s", name, reflect.TypeFor[Out]())
	}
	return *out, nil
}
