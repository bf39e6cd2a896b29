package fn

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/wire"
)

// maxCall is the largest In of a call in bytes: the largest payload that Lambda
// takes (AWS Lambda quotas), the same whatever carries it.
const maxCall = 6 << 20

// maxTimeout bounds what a caller can say that it waits.
const maxTimeout = 24 * time.Hour

// Answer runs the function that a call from another unit names, and returns the
// answer for the other side of its Transport: it has an error in it when there
// was one. The host passes the call as it came in req.Payload, and its own name
// in req.Host. Who may call is for the host to decide before.
//
// A call that this build cannot read is answered FailedPrecondition, naming the
// contract's version on both sides. A host that is told the function's name beside
// the call, in a path, passes it in req.Path: a call that names another one is
// refused, so that who may call can be decided by the path.
func (u *Unit) Answer(ctx context.Context, req *Request) []byte {
	c, err := wire.ParseCall(req.Payload)
	if err == nil && req.Path != "" && req.Path != c.Function {
		err = fmt.Errorf("it is sent to the function %q and names the function %q", req.Path, c.Function)
	}
	if err != nil {
		u.logger.Warn().Str("host", req.Host).Err(err).Msg("a call cannot be read")
		return u.answerUnreadable(err)
	}
	req.Path = ""
	e, ok := u.byName[c.Function]
	if !ok || e.function.In() == nil {
		return u.answerFault(wire.Unserved, Errorf(Unimplemented, "the unit that was called does not serve %s", c.Function))
	}
	ctx, cancel := callDeadline(ctx, c.Meta.Timeout)
	defer cancel()
	out, failure := e.answer(ctx, req, c)
	if failure != nil {
		return u.answerError(c.Function, e.function.Version(), failure)
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
	d := e.function.d
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
	in := reflect.New(d.inType).Interface()
	if err := d.readIn(in, c, e.callLimits()); err != nil {
		return nil, e.inReadError(c, err)
	}
	req.Trigger, req.Value, req.Payload = TriggerCall, in, nil
	if c.ID != "" {
		req.ID = c.ID
	}
	req.TraceParent, req.path = c.Meta.TraceParent, c.Meta.Path
	req.depth = int32(min(len(c.Meta.Path), MaxDepth))
	reply, failure := e.unit.run(ctx, e, req)
	if failure != nil {
		return nil, failure
	}
	if reply.Value == nil {
		return nil, e.unit.loggedInternal(req, noValueError(e.function))
	}
	out, err := d.output().AppendExact(nil, reply.Value)
	if err != nil {
		return nil, e.unit.loggedInternal(req, fmt.Errorf("the Out cannot be passed as JSON, as the answer to another unit needs it: %w", err))
	}
	if answer, err = (&wire.Answer{Version: wire.Version, Contract: d.version(), Out: out}).Append(nil); err != nil {
		return nil, e.unit.loggedInternal(req, err)
	}
	if len(answer) > maxCall {
		return nil, e.unit.loggedInternal(req, fmt.Errorf("the answer to the call has %d bytes, and at most %d pass between units; answer with less, or with where to find it", len(answer), maxCall))
	}
	return answer, nil
}

// readIn decodes the In as it was. What an older caller does not know of is
// absent, and gets its default as with any other client.
func (d *declaration) readIn(in any, c *wire.Call, limits binding.Limits) error {
	if c.Meta.Contract != d.version() {
		return d.input().DecodeJSON(in, c.In, limits)
	}
	return d.input().DecodeExact(in, c.In, limits)
}

// callLimits are those of a call: its sender is no stranger, so that the limit on
// what clients send does not count.
func (e *entry) callLimits() binding.Limits {
	return binding.Limits{Body: maxCall, AllowUnknown: e.limits.AllowUnknown}
}

// inReadError is the answer to a call whose In cannot be decoded.
func (e *entry) inReadError(c *wire.Call, err error) *Error {
	if own := e.function.Version(); own != c.Meta.Contract {
		mismatch := versionMismatchError(c.Function, c.Meta.Contract, own, err)
		e.unit.logger.Error().Str("function", c.Function).Err(mismatch.cause).Msg("a call of another version cannot be read")
		return mismatch
	}
	return inDecodingError(err)
}

// inDecodingError is the error of an In that was written and cannot be read: a type's
// own text, as a rule, that it refuses itself.
func inDecodingError(err error) *Error {
	if bad, ok := errors.AsType[*binding.Error](err); ok {
		return bindError(bad)
	}
	return Errorf(InvalidArgument, "the call cannot be read").WithCause(err)
}

// answerError is an answer that is an error, as far as the caller may see it.
func (u *Unit) answerError(function, version string, e *Error) []byte {
	shown := errorForCaller(function, e)
	w := &wire.Error{
		Code: shown.code.String(), Status: shown.status, Message: shown.message,
		Violations: shown.violations, Details: shown.details, Header: shown.header,
	}
	if isVersionMismatch(shown) {
		w.Fault = wire.OtherVersion
	}
	return appendAnswer(version, w)
}

// answerUnreadable is the answer to what is no call, or none of this envelope's version.
func (u *Unit) answerUnreadable(err error) []byte {
	if errors.Is(err, wire.ErrVersion) {
		return u.answerFault(wire.OtherVersion, Errorf(FailedPrecondition, "").WithStatus(500))
	}
	return u.answerError("", "", Errorf(InvalidArgument, "the call cannot be read").WithCause(err))
}

// answerFault is an answer that is none of a function.
func (u *Unit) answerFault(fault wire.Fault, e *Error) []byte {
	return appendAnswer("", &wire.Error{Code: e.code.String(), Status: e.status, Message: e.message, Fault: fault})
}

// appendAnswer writes the error. Of one that is larger than what passes, it leaves
// out what is largest as a rule, until the rest passes.
func appendAnswer(version string, w *wire.Error) []byte {
	for _, leaveOut := range []func(){
		func() {},
		func() { w.Details = nil },
		func() { w.Violations = nil },
		func() { w = &wire.Error{Code: w.Code, Status: w.Status, Fault: w.Fault} },
	} {
		leaveOut()
		data, err := (&wire.Answer{Version: wire.Version, Contract: version, Error: w}).Append(nil)
		if err == nil && len(data) <= maxCall {
			return data
		}
	}
	return nil // not reached: a code and a status can be written
}
