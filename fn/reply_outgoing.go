package fn

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/anygrain/anygrain/fn/internal/outgoing"
)

// outgoingReply is the reply of a function that sends its response itself, as far as
// it has come. All clones of the request have the same.
type outgoingReply struct {
	reply atomic.Pointer[Reply] // nil before it has begun, then replyBegun until it has been sent
}

// replyBegun stands for the reply of a response that has begun, replyBroken for that of
// one that will not end.
var replyBegun, replyBroken = new(Reply), new(Reply)

var _ outgoing.Answer = (*outgoingReply)(nil)

var errBegunTwice = errors.New("the response has begun already and cannot be made twice")

// Begin implements outgoing.Answer.
func (a *outgoingReply) Begin(ctx context.Context, reply any) error {
	var added Header
	if req := requestOf(ctx); req != nil {
		added = req.replyHeader
	}
	if err := reply.(*Reply).finishHeader(added); err != nil { // any status: 101 ends what HTTP has to say
		return internalError(err)
	}
	if a.reply.Load() != nil {
		return internalError(errBegunTwice)
	}
	if !liftTimeout(ctx) {
		return context.DeadlineExceeded
	}
	if !a.reply.CompareAndSwap(nil, replyBegun) { // by another run of the function meanwhile
		return internalError(errBegunTwice)
	}
	return nil
}

// Sent implements outgoing.Answer.
func (a *outgoingReply) Sent(reply any) { a.reply.Store(reply.(*Reply)) }

// Broken implements outgoing.Answer.
func (a *outgoingReply) Broken() { a.reply.Store(replyBroken) }

var errBroken = errors.New("the response was given up, and the middleware gave another answer")

// brokenError is the answer to a request whose response was given up, when middleware
// made another of it: a connection is cut then, and what has none must not differ.
func (r *Request) brokenError(err *Error) *Error {
	if r.outgoing == nil || r.outgoing.reply.Load() != replyBroken || err != nil && err.HTTPStatus() >= 500 {
		return err
	}
	return internalError(errBroken)
}

// sentReply returns the reply that has been sent, nil when there is none.
func (r *Request) sentReply() *Reply {
	if r.outgoing == nil {
		return nil
	}
	if reply := r.outgoing.reply.Load(); reply != replyBegun && reply != replyBroken {
		return reply
	}
	return nil
}
