package fn

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/anygrain/anygrain/fn/internal/outgoing"
)

// answering is the answer to a request whose function sends it itself, as far as
// it has come. All clones of the request have the same.
type answering struct {
	reply atomic.Pointer[Reply] // nil before it has begun, then unfinished until it has been sent
}

// unfinished stands for the reply of a response that has begun, givenUp for that of
// one that will not end.
var unfinished, givenUp = new(Reply), new(Reply)

var _ outgoing.Answer = (*answering)(nil)

var errBegunTwice = errors.New("the response has begun already and cannot be made twice")

// Begin implements outgoing.Answer.
func (a *answering) Begin(ctx context.Context, reply any) error {
	r := reply.(*Reply)
	if req := RequestFrom(ctx); req != nil {
		mergeHeader(&r.Header, req.replyHeader)
	}
	if err := checkFields(r.Header); err != nil {
		return &Error{code: Internal, cause: err}
	}
	r.Header = ofStatus(r.Status, trimmed(r.Header))
	if a.reply.Load() != nil {
		return &Error{code: Internal, cause: errBegunTwice}
	}
	if !liftTimeout(ctx) {
		return context.DeadlineExceeded
	}
	if !a.reply.CompareAndSwap(nil, unfinished) { // by another run of the function meanwhile
		return &Error{code: Internal, cause: errBegunTwice}
	}
	return nil
}

// Sent implements outgoing.Answer.
func (a *answering) Sent(reply any) { a.reply.Store(reply.(*Reply)) }

// Broken implements outgoing.Answer.
func (a *answering) Broken() { a.reply.Store(givenUp) }

var errGivenUp = errors.New("the response was given up, and the middleware gave another answer")

// failure is the answer to a request whose response was given up, when middleware
// made another of it: a connection is cut then, and what has none must not differ.
func (r *Request) failure(err *Error) *Error {
	if r.answering == nil || r.answering.reply.Load() != givenUp || err != nil && err.HTTPStatus() >= 500 {
		return err
	}
	return &Error{code: Internal, cause: errGivenUp}
}

// sentReply returns the reply that has been sent, nil when there is none.
func (r *Request) sentReply() *Reply {
	if r.answering == nil {
		return nil
	}
	if reply := r.answering.reply.Load(); reply != unfinished && reply != givenUp {
		return reply
	}
	return nil
}
