package fnlambda

import (
	"strings"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn"
)

// Option is an option of New and Run.
type Option func(*Handler)

// Start passes options to the app's Start: fn.Select, fn.WithConfig,
// fn.ReplaceGroup. With a *fn.Unit, which has been started already, they are an error.
func Start(options ...fn.StartOption) Option {
	return func(h *Handler) { h.start = append(h.start, options...) }
}

// BasePath is the path under which a custom domain mounts the API: "/v1". It
// is taken off the request's path when it is there; a route of the app that has it
// is found all the same, and goes before one that is less specific. The default is what the
// app says (fn.BasePath). It is
// needed where the event does not say it: behind $default routes of an HTTP
// API with payload 1.0, behind load balancers, and behind proxies of Function
// URLs. A REST API's base path is found without it.
func BasePath(path string) Option {
	return func(h *Handler) {
		if path = strings.Trim(path, "/"); path != "" {
			h.basePath = "/" + path
		}
	}
}

// OtherEvents hands the handler every event that the unit does not take: no
// request of a front door, no direct invoke, no warm-up event. Without it such an
// event is an error that says what was seen and what is understood.
func OtherEvents(handler lambda.Handler) Option {
	return func(h *Handler) { h.others = handler }
}
