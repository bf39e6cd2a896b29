// Package outgoing is what fn and a handler that writes its response itself have
// to say to each other: that the response has begun, and what it has become. It is
// no part of the exported API, since a function that returns a reply has no say in it.
package outgoing

import "context"

// Key is the key of the Answer in the context of a request.
type Key struct{}

// Answer is the answer to a request that its function sends itself.
type Answer interface {
	// Begin says that the reply, a *fn.Reply, is about to be sent with its status and
	// header, which get what every reply gets. The function's own timeout ends here.
	// The error says why it must not be sent: its time is up, it has been sent
	// already, or the header is none.
	Begin(ctx context.Context, reply any) error
	// Sent says that the reply, which Begin has had, is complete. It is the answer,
	// whatever middleware makes of it.
	Sent(reply any)
	// Broken says that the response has been given up, so that a connection would be
	// cut: where there is none, the answer is a failure, whatever middleware makes of it.
	Broken()
}

// From returns the answer that the context's request has, or nil.
func From(ctx context.Context) Answer {
	a, _ := ctx.Value(Key{}).(Answer)
	return a
}
