package fn

import (
	"context"
	"sync/atomic"
)

// straightCall is a call in the process of a function without middleware. Its
// handler is called as it stands, so that the call costs about what one of Go
// does: there is no reply, and a request only if somebody asks for it.
type straightCall struct {
	context.Context
	entry   *entry
	caller  *Request
	in      any // a pointer to the In
	request atomic.Pointer[Request]

	// What of the caller's request its middleware may change while the call goes on.
	id, traceParent string
}

// straight returns the handler of a function that can be called straight: it is
// served here, no middleware stands around it, and nothing of a call would have to
// be copied.
func straight[In, Out any](e *entry) (handler func(context.Context, In) (Out, error), ok bool) {
	if e == nil || !e.bare || e.unit.strict || e.broken != nil {
		return nil, false
	}
	handler, ok = e.function.d.handler.(func(context.Context, In) (Out, error))
	return handler, ok && !e.function.d.lossy()
}

// callStraight does what Unit.run and the innermost invoker do together: it
// validates, handles, and tells what went wrong. TestAStraightCallIsLikeAnyOther
// holds it to them.
func callStraight[In, Out any](ctx context.Context, e *entry, caller *Request, handler func(context.Context, In) (Out, error), in *In) (out Out, err error) {
	c := &straightCall{Context: ctx, entry: e, caller: caller, in: in, id: caller.ID, traceParent: caller.TraceParent}
	defer func() {
		if v := recover(); v != nil {
			var zero Out
			out, err = zero, c.failed(Recovered(v))
		}
	}()
	if err := e.function.d.input().Validate(c, in, e.unit.validator); err != nil {
		return out, c.failed(err)
	}
	if out, err = handler(c, *in); err != nil {
		var zero Out
		return zero, c.failed(c.asked().translate(c, err))
	}
	return out, nil
}

// failed returns the error as the caller sees it, once the log has what it does not see.
func (c *straightCall) failed(err error) error {
	e, request := asError(c, err), c.asked()
	if !request.reported {
		c.entry.unit.logHidden(request, e)
	}
	return answered(c.entry.function.d.name, e)
}

// asked returns the request of the call, made when it is first asked for.
func (c *straightCall) asked() *Request {
	if r := c.request.Load(); r != nil {
		return r
	}
	r := c.caller.calls(c.in, c.id, c.traceParent)
	r.entry = c.entry
	if c.request.CompareAndSwap(nil, &r) {
		return &r
	}
	return c.request.Load()
}

// Value implements context.Context as that of localCall does.
func (c *straightCall) Value(key any) any {
	if key == (requestKey{}) {
		return c.asked()
	}
	return c.caller.host.Value(key)
}

// AfterFunc is that of localCall.
func (c *straightCall) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(c.Context, f) }
