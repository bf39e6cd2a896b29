package fnlambda

import (
	"context"
	"net/http"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
)

// serve answers a front door's request in its own format.
func (h *Handler) serve(ctx context.Context, v *invocation, e *frontdoor.Event) []byte {
	v.request.ID = requestID(ctx) // the client's own, in X-Request-Id, goes before it
	reply := h.answer(ctx, v, e)
	return h.respond(ctx, v, reply)
}

// answer runs the function that the request is for.
func (h *Handler) answer(ctx context.Context, v *invocation, e *frontdoor.Event) *fn.Reply {
	var err error
	if v.body.data, err = e.Body(); err != nil {
		return h.host.ServeUnmatched(ctx, &v.request, fn.Errorf(fn.InvalidArgument, "the request's body cannot be decoded").WithCause(err))
	}
	t, pattern := v.find(h.routes, e)
	if t == nil {
		return h.unmatched(ctx, v)
	}
	v.request.Route = pattern
	return h.host.Serve(ctx, t.function, &v.request)
}

// unmatched answers a request that no route takes, as the HTTP host does.
func (h *Handler) unmatched(ctx context.Context, v *invocation) *fn.Reply {
	if v.healthCheck() {
		contentType := binding.HeaderField{Name: "Content-Type", Value: "text/plain; charset=utf-8"}
		return &fn.Reply{Status: http.StatusOK, Header: binding.Header{contentType}, Body: []byte("ok")}
	}
	return v.match.Serve(ctx, h.host, &v.request, v.location.Before)
}

// healthCheck reports whether a load balancer asks if the function is healthy.
// When the app has no route for that path, being able to answer is the answer.
func (v *invocation) healthCheck() bool {
	return v.event.Format.LoadBalancer() && strings.HasPrefix(v.event.Header("User-Agent"), "ELB-HealthChecker/")
}
