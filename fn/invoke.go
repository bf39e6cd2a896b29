package fn

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/binding"
)

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
	req.Value = err
	return u.serve(ctx, u.unmatched, req)
}

// ServeReply is ServeUnmatched for an answer that is no error: a redirect to
// the path in its clean form.
func (u *Unit) ServeReply(ctx context.Context, req *Request, reply *Reply) *Reply {
	req.Value = reply
	return u.serve(ctx, u.unmatched, req)
}

// unmatched is the innermost invoker of a request that no function takes: the
// host has put the answer into Value.
func unmatched(_ context.Context, req *Request) (*Reply, error) {
	switch answer := req.Value.(type) {
	case *Reply:
		return answer, nil
	case *Error:
		return nil, answer
	}
	return nil, Errorf(NotFound, "nothing answers here")
}

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

// Recovered makes the Internal error of a panic's value. It must be called in
// the deferred function that recovered, so that the stack is the panic's.
func Recovered(value any) *Error {
	return &Error{code: Internal, cause: &PanicError{Value: value, Stack: debug.Stack()}}
}

// logHidden logs an error that says more than its caller gets to see, when no
// middleware did: an opaque one, any other that is a 500, and a call that nobody answered.
func (u *Unit) logHidden(req *Request, err *Error) {
	if err.LogLevel() == zerolog.ErrorLevel {
		u.logInternal(req, err)
		return
	}
	if _, unanswered := find[*noAnswer](err); unanswered && err.code != Canceled {
		u.line(req).Err(err).Msg("a call got no answer")
	}
}

func (u *Unit) line(req *Request) *zerolog.Event {
	line := u.logger.Error().Str("function", req.Function().Name()).Str("trigger", string(req.Trigger))
	if req.ID != "" {
		line.Str("request_id", req.ID)
	}
	return line
}

// logInternal logs an opaque error.
func (u *Unit) logInternal(req *Request, err *Error) {
	LogStack(u.line(req).Err(err), err).Msg("internal error")
}

// LogStack adds the stack of the panic in err's chain to the line, if there is one.
func LogStack(line *zerolog.Event, err error) *zerolog.Event {
	if p, ok := find[*PanicError](err); ok {
		line = line.Bytes("stack", p.Stack)
	}
	return line
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

func renderError(err error) *Error {
	return &Error{code: Internal, cause: fmt.Errorf("render the output: %w", err)}
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
