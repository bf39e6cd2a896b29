package fn

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/wire"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// callProblem is a call that the program has wrong: opaque to clients.
func callProblem(function, format string, args ...any) *Error {
	return internalError(fmt.Errorf("call of %s: %w", function, fmt.Errorf(format, args...)))
}

// errorForCaller is the callee's error as its caller gets it, the same whether it
// came over a wire or not: what a client may see of it, without the cause.
func errorForCaller(function string, e *Error) *Error {
	got := e.ForClient()
	got.header, got.details, got.cause = headerForCaller(e.header), wire.CopyDetails(got.details), answeredBy(function)
	if m, ok := e.cause.(*versionMismatch); ok && m.function == function { // and not with one that it called
		got.cause = m
	}
	return got
}

// answeredBy is the cause of an error that a callee answered. What caused it
// there is in the log of the callee.
type answeredBy string

// Error says who answered.
func (e answeredBy) Error() string { return "answered by " + string(e) }

// maxErrorFields is how many header fields go with an error of another unit.
const maxErrorFields = 64

// headerForCaller is the header of an error as a caller gets it, whatever carried it:
// names in their canonical form, nothing that no header or no JSON can carry, and
// nothing of the connection that the error came by.
func headerForCaller(header binding.Header) binding.Header {
	var passed binding.Header
	for _, f := range header {
		if len(passed) < maxErrorFields && checkField(f) == nil && utf8.ValidString(f.Value) {
			passed.Add(f.Name, f.Value)
		}
	}
	return slices.DeleteFunc(passed, func(f binding.HeaderField) bool { return fieldline.IsHosts(f.Name) })
}

// noAnswerError is the error of a call that got no answer.
func noAnswerError(ctx context.Context, function string, err error) *Error {
	e := &Error{code: Unavailable, message: "a function that this one calls does not answer", cause: &noAnswer{function, err}}
	own, ok := errors.AsType[*Error](err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.code, e.message = Canceled, "the caller went away"
	case deadlinePassed(ctx):
		e.code, e.message = DeadlineExceeded, "a function that this one calls did not answer in time"
	case ok:
		e.code = own.code
	}
	return e
}

// deadlinePassed asks the context and the clock, since the one learns of the deadline from
// the other. It does not ask an error: one of package net calls itself a missed
// deadline when a connection took its own time to open.
func deadlinePassed(ctx context.Context) bool {
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

// outEncodingError is the error of an Out that cannot be written, or not be read
// though the same contract wrote it: a type's own text, as a rule, that it refuses itself.
func outEncodingError(function string, err error) error {
	return callProblem(function, "the Out cannot be passed as JSON, as the answer of another unit needs it: %w", err)
}
