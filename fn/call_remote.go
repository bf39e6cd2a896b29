package fn

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// callRemote calls a function of another unit.
func (d *declaration) callRemote(ctx context.Context, caller *Request, in any, metadata map[string]string) (any, error) {
	if len(d.codecs.compiled().problems) > 0 { // a build that was not checked would not have come here
		return nil, callProblem(d.name, "%w", &staleProof{DeclarationError{Problems: d.deferredProblems()}})
	}
	input, err := d.input().AppendJSON(nil, in)
	if err != nil {
		return nil, callProblem(d.name, "the In cannot be written as JSON: %w", err)
	}
	c := &wire.Call{Function: d.name, ID: validID(caller.ID), In: input, Meta: wire.Meta{
		Version: wire.Version, Contract: d.version(), TraceParent: caller.traceParent(caller.TraceParent), Path: caller.callPath(), Metadata: metadata,
	}}
	transport := caller.entry.unit.transport
	if transport == nil {
		return nil, noAnswerError(ctx, d.name, Errorf(Unimplemented, "").
			WithCause(errors.New("the unit does not serve it and has no transport: start it with fn.WithTransport")))
	}
	answer, failure := d.send(&transportContext{childContext{ctx}, caller.host}, transport, c)
	if failure != nil {
		return nil, failure
	}
	out := reflect.New(d.outType).Interface()
	return out, d.readAnswer(answer, out)
}

// transportContext is the context of a transport: the call's deadline and end, with the
// values of the context that the host passed.
type transportContext struct {
	childContext
	host context.Context
}

// Value implements context.Context.
func (c *transportContext) Value(key any) any { return c.host.Value(key) }

// sendOnce sends the call once.
func (d *declaration) sendOnce(ctx context.Context, t Transport, c *wire.Call) (*wire.Answer, *Error) {
	if left, ok := ctx.Deadline(); ok {
		remains := time.Until(left)
		if remains <= 0 {
			return nil, noAnswerError(ctx, d.name, context.DeadlineExceeded)
		}
		c.Meta.SetTimeout(remains - reserve(remains))
	}
	payload, err := c.Append(nil)
	if err != nil {
		return nil, callProblem(d.name, "write the call: %w", err)
	}
	data, err := t.Carry(ctx, d.name, payload)
	if err != nil {
		return nil, noAnswerError(ctx, d.name, err)
	}
	answer, err := wire.ParseAnswer(data)
	if err != nil {
		return nil, noAnswerError(ctx, d.name, err)
	}
	if answer.Error != nil && answer.Error.Fault == wire.Unserved {
		return nil, noAnswerError(ctx, d.name, wrongUnit(t, d.name))
	}
	return answer, nil
}

// wrongUnit says that a unit was called that does not serve the function, and why it was.
func wrongUnit(t Transport, function string) error {
	why := "the unit that was called does not serve it"
	if explainer, ok := t.(interface{ Explain(function string) string }); ok {
		why += ": " + explainer.Explain(function)
	}
	return Errorf(Unimplemented, "").WithCause(errors.New(why))
}

// The reserve is what a caller keeps of its deadline, so that the callee's
// answer, if only that time ran out, can still arrive.
const (
	leastReserve = 5 * time.Millisecond
	mostReserve  = 250 * time.Millisecond
)

// reserve is a twentieth of the time that is left, within bounds and never more
// than half of it.
func reserve(left time.Duration) time.Duration {
	return min(max(left/20, leastReserve), mostReserve, left/2)
}
