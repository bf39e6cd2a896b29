package fnhttp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/router"
)

// hostName is what requests are told of their host.
const hostName = "http"

// Handler serves the functions of a unit that have routes. It is an
// http.Handler: what wraps handlers wraps it.
type Handler struct {
	unit   *fn.Unit
	host   *fn.Host
	owned  bool // New started it
	router *router.Router[*target]
	outer  http.Handler // dispatch, inside what Wrap put around it
}

// New starts the app and returns a handler of its functions. A *fn.Unit can be
// given instead of an App: it has been started, and stopping it remains the
// business of who started it.
//
// The error is that of the start, or says which pattern of Mount is in
// conflict with which route.
func New(ctx context.Context, app fn.Starter, options ...Option) (*Handler, error) {
	s := newSettings(options)
	if len(s.serverOnly) > 0 {
		return nil, fmt.Errorf("fnhttp.New: %s: an option of ListenAndServe; New makes a handler and does not listen",
			strings.Join(s.serverOnly, ", "))
	}
	return newHandler(ctx, app, s)
}

func newHandler(ctx context.Context, app fn.Starter, s *settings) (*Handler, error) {
	if app == nil {
		return nil, errors.New("fnhttp: the app is nil; pass what fn.NewApp returned, or a started *fn.Unit")
	}
	if len(s.problems) > 0 {
		return nil, errors.Join(s.problems...)
	}
	_, given := app.(*fn.Unit)
	if given && len(s.start) > 0 {
		return nil, errors.New("fnhttp: Start options were given with a *fn.Unit, which has been started already; pass them to the app's Start")
	}
	unit, err := app.Start(ctx, s.start...)
	if err != nil {
		return nil, err
	}
	h := &Handler{unit: unit, host: unit.Host(hostName), owned: !given}
	if h.router, err = newRouter(unit, s); err != nil {
		return nil, errors.Join(err, h.Close(context.WithoutCancel(ctx)))
	}
	h.outer = wrap(http.HandlerFunc(h.dispatch), s.wraps)
	return h, nil
}

// wrap puts the middleware around h, the first outermost.
func wrap(h http.Handler, middleware []func(http.Handler) http.Handler) http.Handler {
	for i := len(middleware) - 1; i >= 0; i-- {
		if middleware[i] != nil {
			h = middleware[i](h)
		}
	}
	return h
}

// Unit returns the unit that is served.
func (h *Handler) Unit() *fn.Unit { return h.unit }

// Close stops the unit when New started it, and does nothing when New was
// given a started one. The server must not be serving h any more.
func (h *Handler) Close(ctx context.Context) error {
	if !h.owned {
		return nil
	}
	return h.unit.Stop(ctx)
}

// ServeHTTP answers one request.
//
// When a response breaks off after its header was sent (a reply's stream fails,
// a handler panics half-way), it panics with http.ErrAbortHandler: that is how
// net/http is told to cut the connection, so that the client cannot take a
// part for the whole.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.outer.ServeHTTP(w, r) }

// dispatch finds who answers the request.
func (h *Handler) dispatch(w http.ResponseWriter, r *http.Request) {
	x, path := &exchange{}, r.URL.EscapedPath()
	h.router.MatchInto(&x.match, r.Method, path, r.URL.RawQuery)
	if x.match.Found && x.match.Value.mounted != nil {
		x.match.Value.serveMounted(w, r, &x.match)
		return
	}
	x.begin(w, r, path)
	defer x.body.leave(w, r)
	if !x.match.Found {
		x.finish(h.host, x.match.Serve(r.Context(), h.host, &x.request, ""))
		return
	}
	if x.body.there() && x.match.Value.bodiless() {
		x.body.startAhead(r)
	}
	x.finish(h.host, h.host.Serve(r.Context(), x.match.Value.function, &x.request))
}
