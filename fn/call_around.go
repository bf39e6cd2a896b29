package fn

import (
	"context"
	"maps"
	"slices"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// OutgoingCall is a call of a contract as its caller's side sees it. It belongs to that call and must
// not be kept.
type OutgoingCall struct {
	Function string // the name of the function that is called
	In       any    // a pointer to the In, which must not be changed
	Out      any    // a pointer to the Out, once the call has come back without an error

	metadata map[string]string
	contract *declaration
	caller   *Request
	callee   *entry // nil when another unit serves the function
}

// SetMetadata adds a text to what goes with the call: Request.Metadata of the function that is called
// returns it. A name is at most 64 lower-case letters, digits, dots, hyphens and underscores, a
// text at most 512 bytes of UTF-8 without control characters, and a call has 16 at most; what is
// against that makes the call an Internal error, on every grain.
func (c *OutgoingCall) SetMetadata(name, text string) {
	if c.metadata == nil {
		c.metadata = map[string]string{}
	}
	c.metadata[name] = text
}

// Metadata returns what the middleware of calls added to the call of this request under that name,
// "" for nothing and for requests that are no calls. It goes one call far.
func (r *Request) Metadata(name string) string {
	if r.call == nil {
		return ""
	}
	return r.call.metadata[name]
}

// Caller carries a call out, and sets its Out. An error is what the calling function gets from Call.
type Caller func(ctx context.Context, call *OutgoingCall) error

// AroundCalls is middleware of the caller's side: it stands around every call of a contract that the
// app's functions make, whether the function is in this unit or in another one. The first is the
// outermost. It can measure, add metadata, give up, or answer by itself by setting Out.
func AroundCalls(around func(next Caller) Caller) AppOption {
	return appOption(func(s *settings) {
		if around == nil {
			s.misuse = append(s.misuse, "AroundCalls: the middleware is nil; pass a func(fn.Caller) fn.Caller")
			return
		}
		s.aroundCalls = append(s.aroundCalls, around)
	})
}

// newCaller puts the middleware of calls around the call itself, nil when there is none.
func (s *settings) newCaller() Caller {
	if len(s.aroundCalls) == 0 {
		return nil
	}
	caller := Caller(carryOut)
	for _, around := range slices.Backward(s.aroundCalls) {
		if outer := around(caller); outer != nil {
			caller = outer
		}
	}
	return caller
}

// carryOut is the innermost Caller.
func carryOut(ctx context.Context, c *OutgoingCall) (err error) {
	if err := wire.CheckMetadata(c.metadata); err != nil {
		return callProblem(c.Function, "AroundCalls: %w", err)
	}
	if ctx.Err() != nil { // another unit would not be asked, so that this one is not either
		return noAnswerError(ctx, c.Function, ctx.Err())
	}
	c.Out, err = c.contract.carry(ctx, c.caller, c.callee, c.In, maps.Clone(c.metadata))
	return err
}

// callAround makes the call inside the unit's middleware of calls.
func (d *declaration) callAround(ctx context.Context, around Caller, caller *Request, callee *entry, in any) (any, error) {
	c := &OutgoingCall{Function: d.name, In: in, contract: d, caller: caller, callee: callee}
	if err := around(ctx, c); err != nil {
		return nil, err
	}
	if isNil(c.Out) {
		return nil, callProblem(d.name, "AroundCalls: the middleware returned neither an error nor an Out; call next, or set Out to a *%v", d.outType)
	}
	return c.Out, nil
}
