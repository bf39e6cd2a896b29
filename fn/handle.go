package fn

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"

	"github.com/anygrain/anygrain/binding"
)

func (u *Unit) serve(ctx context.Context, e *entry, req *Request) *Reply {
	reply, err := u.run(ctx, e, req)
	if err != nil {
		return req.ErrorReply(ctx, err)
	}
	if reply == req.sentReply() {
		return reply
	}
	return u.settle(req, reply)
}

// run runs the entry's chain. It is where a panic of the middleware itself
// ends, and where an error that nobody logged is logged.
func (u *Unit) run(ctx context.Context, e *entry, req *Request) (reply *Reply, err *Error) {
	req.entry = e
	req.coldStart = !u.warm.Load() && u.warm.CompareAndSwap(false, true)
	if req.caller == nil { // else ctx has the request already, see localCall
		req.host = ctx
		var seen *view
		if ctx, seen = req.furnish(ctx); seen != nil {
			defer seen.body.End()
		}
	}
	defer func() {
		if v := recover(); v != nil {
			reply, err = nil, Recovered(v)
		}
		if err = req.failure(err); err != nil && reply != nil {
			reply.close()
			reply = nil
		}
		if err != nil && !req.reported {
			u.logHidden(req, err)
		}
		if sent := req.sentReply(); sent != nil {
			if reply != nil && reply != sent {
				reply.close()
			}
			reply, err = sent, nil // whatever middleware made of it
		}
	}()
	e.ready()
	reply, plain := e.invoke(ctx, req)
	switch {
	case plain != nil:
		if reply != nil {
			reply.close()
		}
		return nil, asError(ctx, plain)
	case reply == nil:
		return nil, &Error{code: Internal, cause: errors.New("the invoker returned neither a reply nor an error")}
	case req.Trigger == TriggerHTTP && req.sentReply() == nil:
		return checkStatus(reply)
	}
	return reply, nil
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

// wrongValue says that a call passed no pointer to an In.
func (r *Request) wrongValue() error {
	return &Error{code: Internal, cause: &typeMismatch{what: "the call passed", got: r.Value, want: r.entry.function.d.inType}}
}

// bind fills in, a pointer to the In, in the way of the trigger. Of a call it is
// what the caller passed, and only validated.
func (r *Request) bind(ctx context.Context, in any) error {
	plan, limits, v := r.entry.function.d.input(), r.entry.limits, r.entry.unit.validator
	var err error
	switch r.Trigger {
	case TriggerHTTP:
		err = plan.Bind(ctx, in, r.Source, limits, v)
	case TriggerDirect:
		err = plan.BindJSON(ctx, in, r.Payload, limits, v)
	case TriggerCall:
		err = plan.Validate(ctx, in, v) // callStraight does the same
	default:
		return Errorf(Unimplemented, "the function %s cannot be started by %q events; it takes its input typed",
			r.Function().Name(), r.Trigger)
	}
	return bindingError(err)
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

// render makes the reply out of a pointer to the Out, in the way of the trigger.
func (r *Request) render(out any) (*Reply, error) {
	plan := r.entry.function.d.output()
	switch r.Trigger {
	case TriggerCall:
		reply := r.newReply()
		reply.Value = out
		return reply, nil
	case TriggerDirect:
		body, err := plan.AppendJSON(nil, out)
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
	if err := plan.RenderTo(&rendered, out); err != nil {
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
	return &Error{code: Internal, cause: fmt.Errorf("render the output: %w", err)}
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

// checkStatus refuses what no host could send. A reply that says nothing is 200,
// said here for all hosts.
func checkStatus(reply *Reply) (*Reply, *Error) {
	if reply.Status == 0 {
		reply.Status = 200
	}
	if reply.Status < 200 || reply.Status > 999 {
		reply.close()
		return nil, &Error{code: Internal, cause: fmt.Errorf("the reply's status is %d; a final status has three digits and is at least 200", reply.Status)}
	}
	return reply, nil
}

// settle makes the header of a reply what every host can send, so that no host
// has an opinion of its own: with the fields of the middleware, without those
// that the status does not have, and refused where a field is none.
func (u *Unit) settle(req *Request, reply *Reply) *Reply {
	mergeHeader(&reply.Header, req.replyHeader)
	if err := checkFields(reply.Header); err != nil {
		reply.close()
		reply = u.refuseHeader(req, err)
	}
	reply.Header = ofStatus(reply.Status, trimmed(reply.Header))
	return reply
}

// refuseHeader is the answer in place of a reply whose header cannot be sent. What
// the middleware set stays, as far as it can be.
func (u *Unit) refuseHeader(req *Request, cause error) *Reply {
	err := &Error{code: Internal, cause: fmt.Errorf("the reply's header cannot be sent: %w", cause)}
	u.logInternal(req, err)
	reply := req.errorReply(req.host, err)
	mergeHeader(&reply.Header, slices.DeleteFunc(slices.Clone(req.replyHeader), func(f binding.HeaderField) bool { return checkField(f) != nil }))
	return reply
}

// Recovered makes the Internal error of a panic's value. It must be called in
// the deferred function that recovered, so that the stack is the panic's.
func Recovered(value any) *Error {
	return &Error{code: Internal, cause: &PanicError{Value: value, Stack: debug.Stack()}}
}
