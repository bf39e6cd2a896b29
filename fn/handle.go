package fn

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"

	"github.com/anygrain/anygrain/binding"
)

// This file follows one request: serve for HTTP, run for every kind of request, the innermost
// invoker (bind, call the handler, translate or render), and finish. The middleware
// stands between run and the innermost invoker.

// serve answers an HTTP request: with a reply, whatever comes of it.
func (u *Unit) serve(ctx context.Context, e *entry, req *Request) *Reply {
	reply, err := u.run(ctx, e, req)
	if err != nil {
		return u.answerError(ctx, req, err)
	}
	if reply == req.sentReply() {
		return reply
	}
	return u.finish(req, reply)
}

// run runs the entry's chain. It is where a panic of the middleware itself ends.
func (u *Unit) run(ctx context.Context, e *entry, req *Request) (reply *Reply, err *Error) {
	req.entry = e
	req.coldStart = !u.warm.Load() && u.warm.CompareAndSwap(false, true)
	if req.caller == nil { // else ctx has the request already, see localCall
		req.host = ctx
		var seen *view
		if ctx, seen = req.prepare(ctx); seen != nil {
			defer seen.body.End()
		}
	}
	defer func() {
		if v := recover(); v != nil {
			reply, err = nil, Recovered(v)
		}
		reply, err = u.conclude(req, reply, err)
	}()
	e.ready()
	reply, failure := e.invoke(ctx, req)
	switch {
	case failure != nil:
		return reply, asError(ctx, failure)
	case reply == nil:
		return nil, internalError(errors.New("the invoker returned neither a reply nor an error"))
	}
	return reply, nil
}

// Recovered makes the Internal error of a panic's value. It must be called in
// the deferred function that recovered, so that the stack is the panic's.
func Recovered(value any) *Error {
	return internalError(&PanicError{Value: value, Stack: debug.Stack()})
}

// conclude has the last word on what the chain returned. A response that the function
// sent itself is the answer, whatever middleware made of it. An error that nobody
// logged is logged, and a reply that is not the answer is closed.
func (u *Unit) conclude(req *Request, reply *Reply, err *Error) (*Reply, *Error) {
	if err = req.brokenError(err); err != nil && !req.reported {
		u.logHidden(req, err)
	}
	var answer *Reply
	if sent := req.sentReply(); sent != nil {
		answer, err = sent, nil
	} else if err == nil {
		answer = reply
	}
	if reply != nil && reply != answer {
		u.discard(req, reply)
	}
	return answer, err
}

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
	if given, ok := req.givenInput(); !ok {
		v := new(values[In, Out])
		in, out = &v.in, &v.out
	} else if in, ok = given.(*In); ok {
		out = new(Out)
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

// invokeUntyped is invoke for a handler that takes a pointer to an In and returns one to an Out.
func invokeUntyped(ctx context.Context, req *Request, handler func(ctx context.Context, in any) (out any, err error)) (*Reply, error) {
	d := req.entry.function.d
	in, given := req.givenInput()
	switch {
	case !given:
		in = reflect.New(d.inType).Interface()
	case reflect.TypeOf(in) != reflect.PointerTo(d.inType):
		return nil, req.wrongValue()
	}
	if err := req.bind(ctx, in); err != nil {
		return nil, err
	}
	out, err := handler(ctx, in)
	if err != nil {
		return nil, req.translate(ctx, err)
	}
	if reflect.TypeOf(out) != reflect.PointerTo(d.outType) {
		return nil, internalError(&typeMismatch{what: "the handler returned", got: out, want: d.outType})
	}
	return req.render(out)
}

// invokeRaw is invoke for a handler that reads the request and makes the reply itself.
func invokeRaw(ctx context.Context, req *Request, handler Invoker) (*Reply, error) {
	reply, err := handler(ctx, req)
	if err != nil {
		return nil, req.translate(ctx, err)
	}
	return reply, nil
}

// wrongValue says that a call passed no pointer to an In.
func (r *Request) wrongValue() error {
	return internalError(&typeMismatch{what: "the call passed", got: r.From.value, want: r.entry.function.d.inType})
}

// typeMismatch is a Go value of another type than that of the declaration.
type typeMismatch struct {
	what string // who passed it
	got  any
	want reflect.Type
}

// Error names both types.
func (e *typeMismatch) Error() string {
	return fmt.Sprintf("%s %T, want a *%s that is not nil", e.what, e.got, e.want)
}

// bindingError gives a verdict of binding its code, for the middleware to see. An
// *Error is what a type's own Validate said, and stays.
func bindingError(err error) error {
	if _, own := errors.AsType[*Error](err); own {
		return err
	}
	if e, ok := errors.AsType[*binding.Error](err); ok {
		return bindError(e)
	}
	return err
}

// translate gives a handler's error to the app's MapErrors.
func (r *Request) translate(ctx context.Context, err error) error {
	if _, ok := errors.AsType[*Error](err); ok {
		return err
	}
	for _, translate := range r.entry.unit.app.settings.mapErrors {
		if mapped := translate(ctx, err); mapped != nil {
			return mapped
		}
	}
	return err
}

// render makes the reply out of a pointer to the Out, in the way of the input's form.
func (r *Request) render(out any) (*Reply, error) {
	codec := r.entry.function.d.output()
	switch r.From.form {
	case formValue:
		reply := r.newReply()
		reply.Value = out
		return reply, nil
	case formJSON:
		body, err := codec.AppendJSON(nil, out)
		if err != nil {
			return nil, renderError(err)
		}
		return &Reply{Body: body}, nil
	}
	if redirect, ok := out.(*Redirect); ok {
		if err := redirect.check(); err != nil {
			return nil, renderError(err)
		}
	}
	reply := r.newReply()
	rendered := binding.Rendered{Header: reply.Header}
	if err := codec.RenderTo(&rendered, out); err != nil {
		return nil, renderError(err)
	}
	reply.Status, reply.Header, reply.Body, reply.Stream = r.status(rendered.Status), rendered.Header, rendered.Body, rendered.Stream
	return reply, nil
}

// status is the status of a success: the Out's, the route's, or the default.
func (r *Request) status(out int) int {
	if out != 0 {
		return out
	}
	d := r.entry.function.d
	for i := range d.routes {
		if d.routes[i].Pattern == r.Route && d.routes[i].Status != 0 {
			return d.routes[i].Status
		}
	}
	if d.output().Empty() {
		return 204
	}
	return 200
}

func renderError(err error) *Error {
	return internalError(fmt.Errorf("render the output: %w", err))
}

// finish makes the reply what every host can send. In place of one that cannot be
// made so, the client gets an Internal error.
func (u *Unit) finish(req *Request, reply *Reply) *Reply {
	unfit := reply.finish(req.replyHeader)
	if unfit == nil {
		return reply
	}
	u.discard(req, reply)
	refused := req.errorReply(req.host, u.loggedInternal(req, unfit))
	_ = refused.finish(sendable(req.replyHeader)) // the reply to an error has a status and a header of its own that can be sent
	return refused
}

// discard closes a reply that is not the answer.
func (u *Unit) discard(req *Request, reply *Reply) {
	if failure := reply.close(); failure != nil {
		u.logInternal(req, failure)
	}
}
