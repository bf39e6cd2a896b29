package fnlambda

import (
	"context"
	"net/http"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// serve answers a front door's request in its own format.
func (h *Handler) serve(ctx context.Context, v *invocation) []byte {
	v.request.ID = requestID(ctx) // the client's own, in X-Request-Id, goes before it
	reply := h.answer(ctx, v)
	return h.respond(v, reply)
}

// answer runs the function that the request is for.
func (h *Handler) answer(ctx context.Context, v *invocation) *fn.Reply {
	var err error
	if v.body, err = v.event.bodyBytes(); err != nil {
		return h.unit.ServeUnmatched(ctx, &v.request, fn.Errorf(fn.InvalidArgument, "the request's body cannot be decoded").WithCause(err))
	}
	t, pattern := v.find(h.routes)
	if t == nil {
		return h.unmatched(ctx, v)
	}
	v.request.Route = pattern
	return h.unit.Serve(ctx, t.function, &v.request)
}

// unmatched answers a request that no route takes, in the words of the HTTP
// host. What the client sees in front of the path is in a redirect's Location too.
func (h *Handler) unmatched(ctx context.Context, v *invocation) *fn.Reply {
	if v.healthCheck() {
		contentType := binding.HeaderField{Name: "Content-Type", Value: "text/plain; charset=utf-8"}
		return &fn.Reply{Status: http.StatusOK, Header: binding.Header{contentType}, Body: []byte("ok")}
	}
	to := v.match.Location
	if to != "" {
		to = v.location.before + to
	}
	reply := h.unit.ServeUnmatched(ctx, &v.request, noRoute(&v.match, to))
	if to != "" && reply.Header.Get("Location") == to {
		reply.Status, reply.Body = v.match.Status, nil
		reply.Header.Del("Content-Type")
	}
	return reply
}

// noRoute is the error for a request without a route.
func noRoute(m *router.Match[*target], location string) *fn.Error {
	switch {
	case m.Status == http.StatusBadRequest:
		return fn.Errorf(fn.InvalidArgument, "the path or the query is not a valid URL's")
	case m.Status == http.StatusMethodNotAllowed:
		return fn.Errorf(fn.Unimplemented, "the method is not allowed here; see the Allow header").
			WithStatus(m.Status).WithHeader("Allow", m.Allow)
	case location != "":
		return fn.Errorf(fn.NotFound, "this is at another path; see the Location header").WithHeader("Location", location)
	}
	return fn.Errorf(fn.NotFound, "nothing answers here")
}

// healthCheck reports whether a load balancer asks if the function is healthy.
// When the app has no route for that path, being able to answer is the answer.
func (v *invocation) healthCheck() bool {
	return v.event.format.alb() && strings.HasPrefix(v.event.header.first("User-Agent"), "ELB-HealthChecker/")
}
