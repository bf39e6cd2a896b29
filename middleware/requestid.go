package middleware

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

// RequestIDHeader is the header field of the request id, unless IDHeader says
// otherwise.
const RequestIDHeader = "X-Request-Id"

// maxID bounds a client's id in bytes: room for a trace header of any vendor,
// and no way to fill the logs.
const maxID = 128

// RequestIDOption is an option of RequestID.
type RequestIDOption func(*idSettings)

type idSettings struct {
	header string
	ignore bool
	make   func() string
}

// IDHeader is the header field that the id is read from and returned in. The
// default, also for "", is RequestIDHeader.
func IDHeader(name string) RequestIDOption {
	return func(s *idSettings) {
		if name != "" {
			s.header = name
		}
	}
}

// IgnoreClientID does not take the id from the request's header. The default
// takes it when it is well-formed, since a request that came through several
// services should have one id; behind no proxy of your own, clients can then
// choose ids that others have.
func IgnoreClientID() RequestIDOption {
	return func(s *idSettings) { s.ignore = true }
}

// NewID makes the ids of requests that came without one. The default, also for
// nil, makes a UUID of version 7 (RFC 9562 section 5.7): they sort by time.
func NewID(id func() string) RequestIDOption {
	return func(s *idSettings) {
		if id != nil {
			s.make = id
		}
	}
}

// RequestID gives every request an id: in fn.Request.ID, in the context, and
// in the reply's header, errors included. The id is the first of these that is
// well-formed:
//
//   - the request's X-Request-Id;
//   - what the host has put into fn.Request.ID: on Lambda AWS's own request id;
//   - for a call, the id of the request that makes it;
//   - a new one.
//
// Well-formed are 1 to 128 letters, digits and . _ ~ + / = : - of ASCII: enough
// for UUIDs, base64 and AWS trace ids, and harmless in logs and headers.
func RequestID(options ...RequestIDOption) fn.Middleware {
	s := configure(idSettings{header: RequestIDHeader, make: newUUID}, options)
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.ID = s.choose(ctx, req)
			req.ReplyHeader().Set(s.header, req.ID)
			return next(&idContext{ctx, req.ID}, req)
		}
	}
}

// RequestIDFrom returns the id of the request that ctx belongs to, "" outside
// of one or without RequestID. Pass it on with what the function sends out:
//
//	out.Header.Set(middleware.RequestIDHeader, middleware.RequestIDFrom(ctx))
func RequestIDFrom(ctx context.Context) string {
	if c, ok := ctx.Value(idKey{}).(*idContext); ok {
		return c.id
	}
	return ""
}

// idContext is a context with an id: context.WithValue in one piece of memory.
type idContext struct {
	context.Context
	id string
}

type idKey struct{}

// Value implements context.Context.
func (c *idContext) Value(key any) any {
	if key == (idKey{}) {
		return c
	}
	return c.Context.Value(key)
}

func (s *idSettings) choose(ctx context.Context, req *fn.Request) string {
	if !s.ignore {
		if id := req.Header(s.header); wellFormedID(id) {
			return id
		}
	}
	if wellFormedID(req.ID) {
		return req.ID
	}
	if id := RequestIDFrom(ctx); id != "" && req.Kind == fn.KindCall {
		return id
	}
	return s.make()
}

func wellFormedID(id string) bool {
	if id == "" || len(id) > maxID {
		return false
	}
	for i := range len(id) {
		if !idByte(id[i]) {
			return false
		}
	}
	return true
}

func idByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	switch c {
	case '.', '_', '~', '+', '/', '=', ':', '-':
		return true
	}
	return false
}
