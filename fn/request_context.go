package fn

import (
	"context"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/outgoing"
)

// requestState is what every request of a host needs once, in one piece of memory.
type requestState struct {
	ctx    requestContext
	reply  Reply
	fields replyFields

	outgoing outgoingReply
}

// viewedState is the state of a request that has a source.
type viewedState struct {
	requestState
	view view
}

// replyFields are those of a reply: Content-Type, and what middleware usually adds.
type replyFields [3]binding.HeaderField

// prepare gives the request its state, and returns its context, and the view that
// is to be ended with the request. A source that is a view already is that of
// another request, which ends it.
func (r *Request) prepare(ctx context.Context) (context.Context, *view) {
	if _, viewed := r.From.source.(*view); viewed || r.From.source == nil {
		return r.use(&requestState{}, ctx), nil
	}
	s := &viewedState{}
	s.view.begin(ctx, r)
	return r.use(&s.requestState, ctx), &s.view
}

func (r *Request) use(s *requestState, ctx context.Context) context.Context {
	s.ctx = requestContext{childContext{ctx}, r}
	r.reply, r.fields, r.outgoing = &s.reply, &s.fields, &s.outgoing
	return &s.ctx
}

// childContext lets contexts that are made of it learn of its end without a goroutine;
// see context.AfterFunc.
type childContext struct{ context.Context }

// AfterFunc asks the parent.
func (c childContext) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(c.Context, f) }

// requestContext is the context of a request, in which RequestFrom finds it.
type requestContext struct {
	childContext
	request *Request
}

// Value implements context.Context.
func (c *requestContext) Value(key any) any {
	if key == (requestKey{}) {
		return c.request
	}
	if key == (outgoing.Key{}) {
		return c.request.outgoing
	}
	return c.Context.Value(key)
}

// newReply returns a reply, with memory for its header where there is some.
// Middleware may run a function twice and compare: the second reply is another one.
func (r *Request) newReply() *Reply {
	reply, fields := r.reply, r.fields
	r.reply, r.fields = nil, nil
	if reply == nil {
		reply = &Reply{}
	}
	if fields != nil {
		reply.Header = fields[:0]
	}
	return reply
}
