package fnhttp

import (
	"context"
	"net/http"

	"github.com/anygrain/anygrain/fn"
)

// serveUnmatched answers a request for which there is no route.
func (h *Handler) serveUnmatched(ctx context.Context, x *exchange) *fn.Reply {
	err := unmatched(&x.match)
	reply := h.unit.ServeUnmatched(ctx, &x.request, err)
	if to := x.match.Location; to != "" && reply.Header.Get("Location") == to {
		redirect(reply, x.match.Status)
	}
	return reply
}

// unmatched is the error for a request without a route.
func unmatched(m *match) *fn.Error {
	switch {
	case m.Status == http.StatusBadRequest:
		return fn.Errorf(fn.InvalidArgument, "the path or the query is not a valid URL's")
	case m.Status == http.StatusMethodNotAllowed:
		return fn.Errorf(fn.Unimplemented, "the method is not allowed here; see the Allow header").
			WithStatus(m.Status).WithHeader("Allow", m.Allow)
	case m.Location != "":
		return fn.Errorf(fn.NotFound, "this is at another path; see the Location header").WithHeader("Location", m.Location)
	}
	return fn.Errorf(fn.NotFound, "nothing answers here")
}

// redirect makes the answer of a redirect out of an error's: a redirect is no
// problem that a document could tell of.
func redirect(reply *fn.Reply, status int) {
	reply.Status, reply.Body = status, nil
	reply.Header.Del("Content-Type")
}
