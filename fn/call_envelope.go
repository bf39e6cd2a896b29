package fn

import (
	"errors"
	"fmt"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/wire"
)

// What a call is in an envelope (package wire): the callee reads the In and writes the
// answer, the caller reads the answer. The caller writes the call in callRemote.

// maxCall is the largest In of a call in bytes: the largest payload that Lambda
// takes (AWS Lambda quotas), the same whatever carries it.
const maxCall = 6 << 20

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

// writeAnswer writes the answer of a function that has one.
func (f Function) writeAnswer(reply *Reply) ([]byte, error) {
	if reply.Value == nil {
		return nil, noValueError(f)
	}
	out, err := f.d.output().AppendExact(nil, reply.Value)
	if err != nil {
		return nil, fmt.Errorf("the Out cannot be passed as JSON, as the answer to another unit needs it: %w", err)
	}
	answer, err := (&wire.Answer{Version: wire.Version, Contract: f.d.version(), Out: out}).Append(nil)
	if err == nil && len(answer) > maxCall {
		err = fmt.Errorf("the answer to the call has %d bytes, and at most %d pass between units; answer with less, or with where to find it", len(answer), maxCall)
	}
	return answer, err
}

// answerError is an answer that is an error, as far as the caller may see it.
func answerError(function, version string, e *Error) []byte {
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
func answerUnreadable(err error) []byte {
	if errors.Is(err, wire.ErrVersion) {
		return answerFault(wire.OtherVersion, Errorf(FailedPrecondition, "").WithStatus(500))
	}
	return answerError("", "", Errorf(InvalidArgument, "the call cannot be read").WithCause(err))
}

// answerFault is an answer that is none of a function.
func answerFault(fault wire.Fault, e *Error) []byte {
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

// readAnswer takes the Out or the error out of an answer.
func (d *declaration) readAnswer(a *wire.Answer, out any) error {
	if a.Error != nil {
		return d.readError(a)
	}
	err := d.output().DecodeJSON(out, a.Out)
	if err == nil && string(a.Out) == "null" {
		err = d.checkComplete(a.Out, out) // unless it is what this Out is written as
	}
	if err == nil && a.Contract != d.version() {
		err = d.checkComplete(a.Out, out)
	}
	switch {
	case err == nil:
		return nil
	case a.Contract != d.version():
		return versionMismatchError(d.name, d.version(), a.Contract, err)
	}
	return outEncodingError(d.name, err)
}

// readError is the error of an answer, in which nothing is trusted.
func (d *declaration) readError(a *wire.Answer) error {
	if a.Error.Fault == wire.OtherVersion {
		return versionMismatchError(d.name, d.version(), a.Contract, nil)
	}
	return errorForCaller(d.name, errorOf(a.Error))
}

// errorOf is the callee's error as it was sent.
func errorOf(e *wire.Error) *Error {
	code, _ := ParseCode(e.Code)
	status := e.Status
	if status < 400 || status > 599 { // as WithStatus has it
		status = 0
	}
	return &Error{code: code, status: status, message: e.Message, violations: e.Violations, details: e.Details, header: headerForCaller(e.Header)}
}

// checkComplete refuses the Out of another version that lacks what this one has: a
// field that was renamed would be zero here.
func (d *declaration) checkComplete(sent []byte, out any) error {
	own, err := d.output().AppendExact(nil, out)
	if err != nil {
		return err
	}
	if path := wire.Missing(sent, own); path != "" {
		return fmt.Errorf("the answer has no %s", path)
	}
	return nil
}
