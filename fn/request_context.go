package fn

import (
	"context"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/outgoing"
)

// room is what every request of a host needs once, in one piece of memory.
type room struct {
	ctx    requestContext
	reply  Reply
	fields fields

	answering answering
}

// viewRoom is the room of a request that has a source.
type viewRoom struct {
	room
	view view
}

// fields are those of a reply: Content-Type, and what middleware usually adds.
type fields [3]binding.HeaderField

// furnish gives the request its room, and returns its context, and the view that
// is to be ended with the request. A source that is a view already is that of
// another request, which ends it.
func (r *Request) furnish(ctx context.Context) (context.Context, *view) {
	if _, viewed := r.Source.(*view); viewed || r.Source == nil {
		return r.furnishWith(&room{}, ctx), nil
	}
	room := &viewRoom{}
	room.view.begin(ctx, r)
	return r.furnishWith(&room.room, ctx), &room.view
}

func (r *Request) furnishWith(room *room, ctx context.Context) context.Context {
	room.ctx = requestContext{ctx, r}
	r.reply, r.fields, r.answering = &room.reply, &room.fields, &room.answering
	return &room.ctx
}

// requestContext is the context of a request, in which RequestFrom finds it.
type requestContext struct {
	context.Context
	request *Request
}

// Value implements context.Context.
func (c *requestContext) Value(key any) any {
	if key == (requestKey{}) {
		return c.request
	}
	if key == (outgoing.Key{}) {
		return c.request.answering
	}
	return c.Context.Value(key)
}

// AfterFunc lets contexts that are made of this one learn of its end without a
// goroutine; see context.AfterFunc.
func (c *requestContext) AfterFunc(f func()) (stop func() bool) {
	return context.AfterFunc(c.Context, f)
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
