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
	begun atomic.Bool
	sent  atomic.Pointer[Reply]
}

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
	if a.begun.Load() {
		return &Error{code: Internal, cause: errBegunTwice}
	}
	if !liftTimeout(ctx) {
		return context.DeadlineExceeded
	}
	a.begun.Store(true)
	return nil
}

// Sent implements outgoing.Answer.
func (a *answering) Sent(reply any) { a.sent.Store(reply.(*Reply)) }

// sentReply returns the reply that has been sent, nil when there is none.
func (r *Request) sentReply() *Reply {
	if r.answering == nil {
		return nil
	}
	return r.answering.sent.Load()
}
