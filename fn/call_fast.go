package fn

import (
	"context"
	"sync/atomic"
)

// fastCall is a call in the process of a function without middleware. Its
// handler is called as it stands, so that the call costs about what one of Go
// does: there is no reply, and a request only if somebody asks for it.
type fastCall struct {
	childContext
	entry   *entry
	caller  *Request
	in      any // a pointer to the In
	request atomic.Pointer[Request]

	// What of the caller's request its middleware may change while the call goes on.
	id, traceParent string
}

// fastHandler returns the handler of a function that needs no more for a call: the unit
// serves it, no middleware stands around it, and In and Out need no copy.
func fastHandler[In, Out any](e *entry) (handler func(context.Context, In) (Out, error), ok bool) {
	if e == nil || !e.bare || e.unit.strict || e.broken != nil {
		return nil, false
	}
	handler, ok = e.function.d.handler.(func(context.Context, In) (Out, error))
	return handler, ok && !e.function.d.lossy()
}

// callFast does what Unit.run and the innermost invoker do together: it
// validates, calls the handler, and reports what went wrong. TestAFastCallIsLikeAnyOther
// holds it to them.
func callFast[In, Out any](ctx context.Context, e *entry, caller *Request, handler func(context.Context, In) (Out, error), in *In) (out Out, err error) {
	c := &fastCall{childContext: childContext{ctx}, entry: e, caller: caller, in: in, id: caller.ID, traceParent: caller.TraceParent}
	defer func() {
		if v := recover(); v != nil {
			var zero Out
			out, err = zero, c.fail(Recovered(v))
		}
	}()
	if err := e.function.d.input().Validate(c, in, e.unit.validator); err != nil {
		return out, c.fail(err)
	}
	if out, err = handler(c, *in); err != nil {
		var zero Out
		return zero, c.fail(c.lazyRequest().translate(c, err))
	}
	return out, nil
}

// fail returns the error as the caller sees it, once the log has what it does not see.
func (c *fastCall) fail(err error) error {
	e, request := asError(c, err), c.lazyRequest()
	if !request.reported {
		c.entry.unit.logHidden(request, e)
	}
	return errorForCaller(c.entry.function.d.name, e)
}

// lazyRequest returns the request of the call, made when it is first asked for.
func (c *fastCall) lazyRequest() *Request {
	if r := c.request.Load(); r != nil {
		return r
	}
	r := c.caller.calleeRequest(c.in, c.id, c.traceParent)
	r.entry = c.entry
	if c.request.CompareAndSwap(nil, &r) {
		return &r
	}
	return c.request.Load()
}

// Value implements context.Context as that of localCall does.
func (c *fastCall) Value(key any) any {
	if key == (requestKey{}) {
		return c.lazyRequest()
	}
	return c.caller.host.Value(key)
}
