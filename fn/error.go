package fn

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/rawbody"
)

// Violation is one thing that is wrong with an input, in the client's terms.
type Violation = binding.Violation

// Error is the one error that crosses a function's border. Callers see its
// code, message, violations and details; the cause is for the log alone. Of
// errors with an opaque code (Internal, DataLoss) callers see nothing but the code.
//
// An Error is immutable: the With methods return changed copies.
type Error struct {
	code           Code
	status         int // 0: the code's own
	message        string
	violations     []Violation
	details        map[string]any
	header         binding.Header
	cause          error
	causeInMessage bool // the message has the text of the cause
}

// Errorf returns an Error with the code and the formatted message, which the
// caller will see (unless the code is opaque). With %w the wrapped errors are
// also the cause; their text is part of the message, so use WithCause instead
// when the text is not for the caller.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	cause := errors.Unwrap(err)
	if _, several := err.(interface{ Unwrap() []error }); several {
		cause = err
	}
	return &Error{code: code, message: err.Error(), cause: cause, causeInMessage: cause != nil}
}

// noError is what a nil *Error says.
var noError Error

// orNone makes a nil *Error one that can be asked: Go lets a nil pointer pass for an
// error, and what finds out must not be a panic in a log line.
func (e *Error) orNone() *Error {
	if e == nil {
		return &noError
	}
	return e
}

// Code returns the error's code, 0 of a nil one.
func (e *Error) Code() Code { return e.orNone().code }

// Message returns the text for the caller.
func (e *Error) Message() string { return e.orNone().message }

// HTTPStatus returns the status of the error over HTTP.
func (e *Error) HTTPStatus() int {
	e = e.orNone()
	if e.status != 0 {
		return e.status
	}
	return e.code.HTTPStatus()
}

// Violations returns what was wrong with the input, nil when that is not the point.
func (e *Error) Violations() []Violation { return slices.Clone(e.orNone().violations) }

// Details returns the further members of the problem document.
func (e *Error) Details() map[string]any { return maps.Clone(e.orNone().details) }

// Header returns the header fields that go with the error, such as Retry-After.
func (e *Error) Header() binding.Header { return slices.Clone(e.orNone().header) }

// Unwrap returns the cause, nil when there is none.
func (e *Error) Unwrap() error { return e.orNone().cause }

// Error returns code, message and cause: the text for logs, not for callers. A
// cause whose own Error panics is shown as package fmt shows it.
func (e *Error) Error() string {
	if e == nil {
		return "a nil *fn.Error"
	}
	text := e.code.String()
	if e.message != "" {
		text += ": " + e.message
	}
	if e.cause == nil || e.causeInMessage {
		return text
	}
	if cause := fmt.Sprint(e.cause); cause != e.message {
		text += ": " + cause
	}
	return text
}

// WithCause returns a copy with the cause, which is logged and never shown to the caller.
func (e *Error) WithCause(cause error) *Error {
	c := *e.orNone()
	c.cause, c.causeInMessage = cause, false
	return &c
}

// WithDetail returns a copy with one more member in the problem document. The
// value is encoded as JSON. The members of RFC 9457 (type, title, status,
// detail, instance) and ours (code, violations) cannot be replaced.
func (e *Error) WithDetail(name string, value any) *Error {
	c := *e.orNone()
	c.details = maps.Clone(c.details)
	if c.details == nil {
		c.details = map[string]any{}
	}
	c.details[validText(name)] = value
	return &c
}

// WithStatus returns a copy with another HTTP status than the code's own. It
// must be a 4xx or 5xx; anything else is ignored.
func (e *Error) WithStatus(status int) *Error {
	c := *e.orNone()
	if status >= 400 && status <= 599 {
		c.status = status
	}
	return &c
}

// WithHeader returns a copy with one more header field, such as Retry-After or
// WWW-Authenticate.
func (e *Error) WithHeader(name, value string) *Error {
	c := *e.orNone()
	c.header = slices.Clone(c.header)
	c.header.Add(name, value)
	return &c
}

// WithViolations returns a copy that also lists the violations.
func (e *Error) WithViolations(violations ...Violation) *Error {
	c := *e.orNone()
	c.violations = append(slices.Clone(c.violations), violations...)
	return &c
}

// CodeOf returns the code of err as a caller would see it: 0 for nil, the code
// of the *Error in err's chain, Internal for any other error.
func CodeOf(err error) Code {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*Error](err); ok && e != nil {
		return e.code
	}
	return Internal
}

// PanicError is the cause of the Internal error that a panic becomes.
type PanicError struct {
	Value any    // what was passed to panic
	Stack []byte // the goroutine's stack at the panic
}

// Error returns the panic's value; the stack is logged on its own.
func (e *PanicError) Error() string {
	if e == nil {
		return "a nil *fn.PanicError"
	}
	return fmt.Sprintf("panic: %v", e.Value)
}

// Unwrap returns the panic's value when that was an error.
func (e *PanicError) Unwrap() error {
	if e == nil {
		return nil
	}
	err, _ := e.Value.(error)
	return err
}

// internalError is the error of a mistake in the app: its cause is for the log alone.
func internalError(cause error) *Error { return &Error{code: Internal, cause: cause} }

// asError turns whatever a chain returned into an *Error: an *Error in the
// chain is taken as it is, an expired or cancelled context of this very
// request keeps its meaning, and anything else is Internal.
func asError(ctx context.Context, err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		if e == nil {
			return internalError(errNilError)
		}
		return e
	}
	if e, ok := errors.AsType[*binding.Error](err); ok {
		return bindError(e)
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == context.DeadlineExceeded:
		return &Error{code: DeadlineExceeded, message: "the function did not answer in time", cause: err}
	case errors.Is(err, context.Canceled) && ctx.Err() == context.Canceled:
		return &Error{code: Canceled, message: "the caller went away", cause: err}
	}
	return internalError(err)
}

// errNilError is Go's oldest trap: a nil pointer in an interface is not nil.
var errNilError = errors.New("the error that was returned is a nil *fn.Error, which is not a nil error: return nil itself, and let functions that return it have the result type error")

// bindError gives the binding's verdict its code and status.
func bindError(e *binding.Error) *Error {
	if errors.Is(e.Cause, rawbody.ErrTaken) { // not the client's fault
		return internalError(e.Cause)
	}
	out := &Error{code: InvalidArgument, violations: e.Violations, cause: e.Cause}
	switch e.Kind {
	case binding.Invalid:
		out.status, out.message = 422, "the input breaks a rule"
	case binding.TooLarge:
		out.status, out.message = 413, "the request is too large"
	case binding.MediaType:
		out.status, out.message = 415, "the request body is of a type that is not taken here"
	default:
		out.message = "the request cannot be read"
	}
	return out
}
