package fntest

import (
	"context"
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// Client sends requests to an app on one host. It is safe for concurrent use.
type Client struct {
	host   string
	ctx    context.Context
	tb     testing.TB // nil for a client of Open
	unit   *fn.Unit
	owned  bool // the unit was started for this client
	server server
	logs   *logs

	senders []string // the ids of the goroutines that sent requests of Same
}

// Host returns the host's name, one of HostNames.
func (c *Client) Host() string { return c.host }

// Unit returns the unit under test.
func (c *Client) Unit() *fn.Unit { return c.unit }

// Do sends the request and returns the response. A request that cannot be sent,
// or a response that the platform would not take, ends the test. A client of
// Open has none to end: it returns a Response of Status 0 with the error as Body.
func (c *Client) Do(r Request) *Response {
	res, err := c.Try(c.ctx, r)
	switch {
	case err == nil:
		return res
	case c.tb == nil:
		return &Response{Body: []byte(err.Error())}
	}
	c.tb.Helper()
	c.tb.Fatalf("%s on %s: %v", r, c.host, err)
	return nil
}

// Try is Do with a context and an error instead of the test's end. An answer that
// does not come whole is an error: a handler panics with http.ErrAbortHandler, a
// stream fails half-way. Lambda sends answers whole, so there it is a 499 or a 500.
func (c *Client) Try(ctx context.Context, r Request) (*Response, error) {
	got, err := c.receive(ctx, r)
	return got.Response, err
}

func (c *Client) receive(ctx context.Context, r Request) (received, error) {
	if r.err != nil {
		return received{}, r.err
	}
	return c.server.do(ctx, r)
}

// Call invokes the function of that name with a typed In. On the hosts "direct"
// and "direct/shared" it is a call in this process; on the others the In and the Out go through
// JSON, and on Lambda through a direct invoke with an envelope. The error is an
// *fn.Error with the same code everywhere; violations are listed one by one
// only where no platform stands between.
func Call[In, Out any](c *Client, name string, in In) (Out, error) {
	if _, here := c.server.(*plain); here {
		return fn.Call[In, Out](c.ctx, c.unit, name, in)
	}
	var out Out
	f, ok := c.unit.Lookup(name)
	if !ok {
		return out, fn.Errorf(fn.Unimplemented, "the app has no function %q", name)
	}
	payload, err := f.EncodeIn(&in)
	if err != nil {
		return out, err
	}
	answer, err := c.server.invoke(c.ctx, name, payload)
	if err != nil {
		return out, err
	}
	if err := f.DecodeOut(answer, &out); err != nil {
		return out, fmt.Errorf("the answer of %s is not a %T: %w in %s", name, out, err, answer)
	}
	return out, nil
}
