package fntest

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/randomreq"
)

// Random returns n requests for the app that follow from the seed: what its
// functions take, near misses and hostile ones. They are for Same, which finds
// what a host or a grain makes of them:
//
//	fntest.Same(t, shop.App, fntest.Random(t, shop.App, 7, 500))
//
// Where a front door does not pass on all of such a request, its answer is not
// compared. The app is started for its declarations, with the Start options, and stopped:
// one that needs a config is given it here and in Same.
func Random(tb testing.TB, app fn.Starter, seed uint64, n int, options ...Option) []Request {
	tb.Helper()
	c, err := open(tb.Context(), app, tb.Output(), append(options, on(Direct)))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := c.Close(context.WithoutCancel(tb.Context())); err != nil {
			tb.Errorf("stop the app: %v", err)
		}
	}()
	g := randomreq.New(seed, c.unit.Functions())
	requests := make([]Request, n)
	for i := range requests {
		requests[i] = fromRandom(g.Request())
	}
	return requests
}

// fromRandom returns the request in the terms of this package.
func fromRandom(r randomreq.Request) Request {
	made := NewRequest(r.Method, r.Target)
	for _, f := range r.Header {
		made = made.Header(f.Name, f.Value)
	}
	made.body = r.Body
	made.random = true
	return made
}

// incomparable reports whether a platform has another answer to a random request
// for good reason: it does not pass on all of it, or writes a redirect in its own way.
func (c *Client) incomparable(r Request, want *Response) bool {
	if !r.random {
		return false
	}
	redirect := want != nil && want.Status/100 == 3 && (strings.Contains(r.target, "?") || strings.HasSuffix(c.host, "/stage") || strings.HasSuffix(c.host, "/domain"))
	return redirect || len(c.server.losses(r)) > 0
}
