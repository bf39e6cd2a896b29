package fn

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// maxTimeout bounds what a caller can say that it waits.
const maxTimeout = 24 * time.Hour

// Answer runs the function that a call from another unit names, and returns the
// answer for the other side of its Transport: it has an error in it when there
// was one. The host passes the call as it came as InputFromJSON.
// Who may call is for the host to decide before.
//
// A call that this build cannot read is answered FailedPrecondition, naming the
// contract's version on both sides. A host that is told the function's name beside
// the call, in a path, passes it in req.Path: a call that names another one is
// refused, so that who may call can be decided by the path.
func (h *Host) Answer(ctx context.Context, req *Request) []byte {
	u := h.unit
	req.Host = h.name
	c, err := wire.ParseCall(req.From.data)
	if err == nil && req.Path != "" && req.Path != c.Function {
		err = fmt.Errorf("it is sent to the function %q and names the function %q", req.Path, c.Function)
	}
	if err != nil {
		u.logger.Warn().Str("host", req.Host).Err(err).Msg("a call cannot be read")
		return answerUnreadable(err)
	}
	req.Path = ""
	e, ok := u.byName[c.Function]
	if !ok || e.function.In() == nil {
		return answerFault(wire.Unserved, Errorf(Unimplemented, "the unit that was called does not serve %s", c.Function))
	}
	ctx, cancel := callDeadline(ctx, c.Meta.Timeout)
	defer cancel()
	out, failure := e.answer(ctx, req, c)
	if failure != nil {
		return answerError(c.Function, e.function.Version(), failure)
	}
	return out
}

// callDeadline is the caller's, or this unit's own if that is earlier. Of the
// host's own, time is left to answer.
func callDeadline(ctx context.Context, timeoutMS int64) (context.Context, context.CancelFunc) {
	timeoutMS = min(timeoutMS, maxTimeout.Milliseconds())
	if end, ok := ctx.Deadline(); ok {
		left := time.Until(end)
		own := left - reserve(max(left, 0))
		if timeoutMS == 0 || own < time.Duration(timeoutMS)*time.Millisecond {
			return context.WithTimeout(ctx, own)
		}
	}
	if timeoutMS == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, time.Duration(timeoutMS)*time.Millisecond)
}

// answer runs the function as the caller's unit would, had it the function. What
// a type's own methods do while the In is read or the Out is written can panic too.
func (e *entry) answer(ctx context.Context, req *Request, c *wire.Call) (answer []byte, failure *Error) {
	req.entry = e
	defer func() {
		if v := recover(); v != nil {
			failure = Recovered(v)
			e.unit.logInternal(req, failure)
		}
	}()
	if e.ready(); e.broken != nil {
		return nil, e.unit.loggedInternal(req, e.broken.cause)
	}
	if failure := e.readCall(req, c); failure != nil {
		return nil, failure
	}
	reply, failure := e.unit.run(ctx, e, req)
	if failure != nil {
		return nil, failure
	}
	answer, err := e.function.writeAnswer(reply)
	if err != nil {
		return nil, e.unit.loggedInternal(req, err)
	}
	return answer, nil
}

// readCall makes the request what the caller's unit would have made it.
func (e *entry) readCall(req *Request, c *wire.Call) *Error {
	in := reflect.New(e.function.d.inType).Interface()
	if err := e.function.d.readIn(in, c, e.callLimits()); err != nil {
		return e.inReadError(c, err)
	}
	req.Kind, req.From = KindCall, InputFromValue(in)
	if c.ID != "" {
		req.ID = c.ID
	}
	req.TraceParent, req.call = c.Meta.TraceParent, &callDetails{c.Meta.Path, c.Meta.Metadata}
	req.depth = int32(min(len(c.Meta.Path), MaxDepth))
	return nil
}
