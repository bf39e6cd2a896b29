package fn

import (
	"context"

	"github.com/anygrain/anygrain/binding"
)

// room is what every request needs once, in one piece of memory.
type room struct {
	ctx    requestContext
	reply  Reply
	header [4]binding.HeaderField // of the reply: Content-Type, and what middleware usually adds
	taken  bool
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
	return c.Context.Value(key)
}

// newReply returns a reply and the memory for its header. Middleware may run a
// function twice and compare: the second reply is another one.
func (r *Request) newReply() (*Reply, Header) {
	if r.room == nil || r.room.taken {
		return &Reply{}, nil
	}
	r.room.taken = true
	return &r.room.reply, r.room.header[:0]
}
