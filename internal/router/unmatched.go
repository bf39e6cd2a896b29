package router

import (
	"context"
	"net/http"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// Serve answers a request for which nothing was found, through the app's
// middleware: with the redirect, or with the error that the status says. The
// host's path may have begun with a prefix that the routes do not know, such as
// a stage; a redirect has it in front again.
func (m *Match[T]) Serve(ctx context.Context, h *fn.Host, req *fn.Request, prefix string) *fn.Reply {
	if m.Location != "" {
		header := binding.Header{{Name: "Location", Value: prefix + m.Location}}
		return h.ServeReply(ctx, req, &fn.Reply{Status: m.Status, Header: header})
	}
	return h.ServeUnmatched(ctx, req, m.err())
}

func (m *Match[T]) err() *fn.Error {
	switch m.Status {
	case http.StatusBadRequest:
		return fn.Errorf(fn.InvalidArgument, "the path or the query is not a valid URL's")
	case http.StatusMethodNotAllowed:
		return fn.Errorf(fn.Unimplemented, "the method is not allowed here; see the Allow header").
			WithStatus(m.Status).WithHeader("Allow", m.Allow)
	}
	return fn.Errorf(fn.NotFound, "nothing answers here")
}
