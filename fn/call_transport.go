package fn

import (
	"context"
	"errors"
)

// Transport carries calls to functions that the unit does not serve. The
// package remote has two, Lambda Invoke and HTTP; hosts make them of what the
// environment says, and WithTransport replaces them.
type Transport interface {
	// Carry hands the payload to a unit that serves the function, and returns
	// what its Host.Answer returned. It neither reads nor changes the two, and
	// it does not try again. It ends with ctx, whose deadline it need not pass
	// on: the payload says it.
	//
	// Any error means that there is no answer. An *Error keeps its code:
	// Unimplemented for a function that nobody is configured to serve, Internal
	// for a refused credential, ResourceExhausted for a payload that is too
	// large. Every other error counts as Unavailable. Only Unavailable is worth
	// another try, which a contract that is Idempotent gets.
	Carry(ctx context.Context, function string, payload []byte) ([]byte, error)
}

// ErrRemote is what errors.Is finds in the error of a call that got no answer:
// nobody was reached, or what came back was no answer. An error without it is
// the function's own.
var ErrRemote = errors.New("no answer from the other unit")
