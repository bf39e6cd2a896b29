package fn

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// How a call of an idempotent contract is tried again: 4 times at most, after
// 50, 100 and 200 ms on average, each drawn at random from half to one and a
// half of that (the backoff library's jitter).
const (
	maxTries     = 4
	firstBackoff = 50 * time.Millisecond
	backoffStep  = 2
)

// The reserve is what a caller keeps of its deadline, so that the callee's
// answer, if only that time ran out, can still arrive.
const (
	leastReserve = 5 * time.Millisecond
	mostReserve  = 250 * time.Millisecond
)

// callElsewhere calls a function of another unit.
func (d *declaration) callElsewhere(ctx context.Context, caller *Request, in any) (any, error) {
	if len(d.codecs.compiled().problems) > 0 { // a build that was not checked would not have come here
		return nil, callProblem(d.name, "%w", &staleProof{DeclarationError{Problems: d.late()}})
	}
	input, err := d.input().AppendJSON(nil, in)
	if err != nil {
		return nil, callProblem(d.name, "the In cannot be written as JSON: %w", err)
	}
	c := &wire.Call{Function: d.name, ID: passedID(caller.ID), In: input, Meta: wire.Meta{
		Version: wire.Version, Contract: d.version(), TraceParent: caller.traceParent(caller.TraceParent), Path: caller.callPath(),
	}}
	transport := caller.entry.unit.transport
	if transport == nil {
		return nil, unanswered(ctx, d.name, Errorf(Unimplemented, "").
			WithCause(errors.New("the unit does not serve it and has no transport: start it with fn.WithTransport")))
	}
	answer, failure := d.carry(&outbound{Context: ctx, host: caller.host}, transport, c)
	if failure != nil {
		return nil, failure
	}
	out := reflect.New(d.outType).Interface()
	return out, d.read(answer, out)
}

// outbound is the context of a transport: the call's deadline and end, with the
// values of the context that the host passed.
type outbound struct {
	context.Context
	host context.Context
}

// Value implements context.Context.
func (c *outbound) Value(key any) any { return c.host.Value(key) }

// AfterFunc lets contexts that are made of this one learn of its end without a
// goroutine; see context.AfterFunc.
func (c *outbound) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(c.Context, f) }

// carry sends the call until there is an answer, once unless the contract is
// idempotent.
func (d *declaration) carry(ctx context.Context, t Transport, c *wire.Call) (*wire.Answer, *Error) {
	if !d.idempotent {
		answer, failure := d.carryOnce(ctx, t, c)
		return answer, failure
	}
	var last *Error
	answer, err := backoff.Retry(ctx, func() (*wire.Answer, error) {
		answer, failure := d.carryOnce(ctx, t, c)
		if last = failure; failure == nil {
			return answer, nil
		}
		if failure.code != Unavailable {
			return nil, backoff.Permanent(failure)
		}
		return nil, failure
	}, backoff.WithMaxTries(maxTries), backoff.WithBackOff(retryDelays(ctx)))
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil: // while it waited, it may be
		return nil, unanswered(ctx, d.name, last)
	}
	return nil, last
}

// retryDelays ends with the first delay that would pass the deadline: nobody would
// be there for what comes of another try.
func retryDelays(ctx context.Context) backoff.BackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier = firstBackoff, backoffStep
	return &delaysWithin{b, ctx}
}

// delaysWithin are delays that do not pass the deadline of a context.
type delaysWithin struct {
	backoff.BackOff
	ctx context.Context
}

// NextBackOff implements backoff.BackOff.
func (d *delaysWithin) NextBackOff() time.Duration {
	delay := d.BackOff.NextBackOff()
	if end, ok := d.ctx.Deadline(); ok && time.Until(end) <= delay {
		return backoff.Stop
	}
	return delay
}

// carryOnce sends the call once.
func (d *declaration) carryOnce(ctx context.Context, t Transport, c *wire.Call) (*wire.Answer, *Error) {
	if left, ok := ctx.Deadline(); ok {
		remains := time.Until(left)
		if remains <= 0 {
			return nil, unanswered(ctx, d.name, context.DeadlineExceeded)
		}
		c.Meta.SetTimeout(remains - reserve(remains))
	}
	payload, err := c.Append(nil)
	if err != nil {
		return nil, callProblem(d.name, "write the call: %w", err)
	}
	data, err := t.Carry(ctx, d.name, payload)
	if err != nil {
		return nil, unanswered(ctx, d.name, err)
	}
	answer, err := wire.ParseAnswer(data)
	if err != nil {
		return nil, unanswered(ctx, d.name, err)
	}
	if answer.Error != nil && answer.Error.Fault == wire.Unserved {
		return nil, unanswered(ctx, d.name, wrongUnit(t, d.name))
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

// reserve is a twentieth of the time that is left, within bounds and never more
// than half of it.
func reserve(left time.Duration) time.Duration {
	return min(max(left/20, leastReserve), mostReserve, left/2)
}

// read takes the Out or the error out of an answer.
func (d *declaration) read(a *wire.Answer, out any) error {
	if a.Error != nil {
		return d.readError(a)
	}
	err := d.output().DecodeJSON(out, a.Out)
	if err == nil && string(a.Out) == "null" {
		err = d.complete(a.Out, out) // unless it is what this Out is written as
	}
	if err == nil && a.Contract != d.version() {
		err = d.complete(a.Out, out)
	}
	switch {
	case err == nil:
		return nil
	case a.Contract != d.version():
		return versionMismatch(d.name, d.version(), a.Contract, err)
	}
	return outNotPassed(d.name, err)
}

// readError is the error of an answer, in which nothing is trusted.
func (d *declaration) readError(a *wire.Answer) error {
	if a.Error.Fault == wire.OtherVersion {
		return versionMismatch(d.name, d.version(), a.Contract, nil)
	}
	return answered(d.name, errorOf(a.Error))
}

// complete refuses the Out of another version that lacks what this one has: a
// field that was renamed would be zero here.
func (d *declaration) complete(sent []byte, out any) error {
	own, err := d.output().AppendExact(nil, out)
	if err != nil {
		return err
	}
	if path := wire.Missing(sent, own); path != "" {
		return fmt.Errorf("the answer has no %s", path)
	}
	return nil
}

// errorOf is the callee's error as it was sent.
func errorOf(e *wire.Error) *Error {
	code, _ := ParseCode(e.Code)
	status := e.Status
	if status < 400 || status > 599 { // as WithStatus has it
		status = 0
	}
	return &Error{code: code, status: status, message: e.Message, violations: e.Violations, details: e.Details, header: passedHeader(e.Header)}
}

// mismatch says that two builds do not mean the same by a function. It is a cause:
// what contracts there are is not for clients.
type mismatch struct {
	function, caller, callee string
	err                      error // what could not be read, nil when only the other side knows
}

// versionMismatch is the error of a mismatch. Its status is that of a mistake in
// the deployment, whoever the client is.
func versionMismatch(function, caller, callee string, err error) *Error {
	return Errorf(FailedPrecondition, "the functions behind this one do not go together").WithStatus(500).
		WithCause(&mismatch{function, versionText(caller), versionText(callee), err})
}

// Error names both versions.
func (m *mismatch) Error() string {
	text := fmt.Sprintf("%s: the caller was built with version %s of the contract, the function with version %s, and they do not understand each other; deploy both from one source",
		m.function, m.caller, m.callee)
	if m.err != nil {
		text += ": " + m.err.Error()
	}
	return text
}

func isMismatch(e *Error) bool {
	_, ok := e.cause.(*mismatch)
	return ok
}

// Unwrap returns what could not be read.
func (m *mismatch) Unwrap() error { return m.err }

// versionText is the other side's word, as far as it is a fingerprint.
func versionText(version string) string {
	if version == "" || len(version) > 32 || strings.Trim(version, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		return "(unknown)"
	}
	return version
}

// unanswered is the error of a call that got no answer.
func unanswered(ctx context.Context, function string, err error) *Error {
	e := &Error{code: Unavailable, message: "a function that this one calls does not answer", cause: &noAnswer{function, err}}
	own, ok := errors.AsType[*Error](err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.code, e.message = Canceled, "the caller went away"
	case timeIsUp(ctx):
		e.code, e.message = DeadlineExceeded, "a function that this one calls did not answer in time"
	case ok:
		e.code = own.code
	}
	return e
}

// timeIsUp asks the context and the clock, since the one learns of the deadline from
// the other. It does not ask an error: one of package net calls itself a missed
// deadline when a connection took its own time to open.
func timeIsUp(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ctx.Err() != nil || ok && !time.Now().Before(end)
}

// noAnswer is the cause of an error that no function answered.
type noAnswer struct {
	function string
	err      error
}

// Error says which function was called, and what came instead of an answer.
func (e *noAnswer) Error() string {
	err := e.err
	if own, ok := err.(*Error); ok && own.message == "" && own.cause != nil { // its code is that of the whole
		err = own.cause
	}
	return fmt.Sprintf("call of %s: %v", e.function, err)
}

// Unwrap returns what the transport said, and ErrRemote.
func (e *noAnswer) Unwrap() []error { return []error{ErrRemote, e.err} }
