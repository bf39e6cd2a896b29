package fnlambda

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/internal/tenant"
)

// host is this host's name in fn.Request.Host.
const host = "lambda"

// Handler serves a unit's functions to the events of Lambda. It is safe for
// concurrent use: nothing of a request outlives it.
type Handler struct {
	unit     *fn.Unit
	host     *fn.Host
	owned    bool // New started it
	routes   *routes
	only     string         // the one function of the unit, "" when there are several
	accepted accepted       // by only, beside requests
	events   *dispatcher    // finds who declared an event
	others   lambda.Handler // takes what the unit does not; nil when there is none
	start    []fn.StartOption
	basePath string
	inFlight inFlight
}

var _ lambda.Handler = (*Handler)(nil)

// New starts the app and returns the handler of its events. The error is that
// of the app's Start. A *fn.Unit can be given instead of an App: it has been
// started, and stopping it remains the business of who started it.
func New(ctx context.Context, app fn.Starter, options ...Option) (*Handler, error) {
	h := &Handler{}
	for _, o := range options {
		if o != nil {
			o(h)
		}
	}
	if app == nil {
		return nil, errors.New("fnlambda: the app is nil; pass what fn.NewApp returned, or a started *fn.Unit")
	}
	_, given := app.(*fn.Unit)
	if given && len(h.start) > 0 {
		return nil, errors.New("fnlambda: Start options were given with a *fn.Unit, which has been started already; pass them to the app's Start")
	}
	h.owned = !given
	unit, err := app.Start(ctx, h.start...)
	if err != nil {
		return nil, err
	}
	if err := h.serveUnit(unit); err != nil {
		return nil, errors.Join(err, h.Close(context.WithoutCancel(ctx)))
	}
	return h, nil
}

// serveUnit prepares what a request needs.
func (h *Handler) serveUnit(unit *fn.Unit) error {
	h.unit, h.host = unit, unit.Host(host)
	h.basePath = h.host.BasePath()
	functions := unit.Functions()
	if problems := eventProblems(functions); h.owned && len(problems) > 0 {
		return &unitError{problems}
	}
	if len(functions) == 1 {
		h.only, h.accepted = functions[0].Name(), acceptedBy(functions[0])
	}
	h.events = newDispatcher(functions)
	h.routes = newRoutes(functions, unit.Logger())
	return nil
}

// Unit returns the unit that is served.
func (h *Handler) Unit() *fn.Unit { return h.unit }

// Close waits, at most until ctx ends, for the events that are being handled,
// then stops the unit if New has started it.
func (h *Handler) Close(ctx context.Context) error {
	h.inFlight.wait(ctx)
	if !h.owned {
		return nil
	}
	return h.unit.Stop(ctx)
}

// Invoke implements lambda.Handler: it takes one event and returns the
// response that the event's sender understands. Requests of front doors always
// have a response; the error of any other event is a
// messages.InvokeResponse_Error, which the runtime client reports as it is.
func (h *Handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	h.inFlight.begin()
	defer h.inFlight.end()
	ctx = tenant.With(withoutPastDeadline(ctx), tenantID(ctx))
	// The runtime client uses the payload's memory again, while a function that
	// missed its deadline may still read the event: this copy is its own.
	text := string(payload)
	if frontdoor.MayBeEvent(text) {
		v := &invocation{}
		e := frontdoor.Event{Request: &v.event}
		switch ok := e.Read(text); {
		case e.Format != frontdoor.Unknown:
			v.prepare(&e, text, h.basePath)
			return h.serve(ctx, v, &e), nil
		case !ok && frontdoor.HasContext(text):
			return nil, functionError(notJSON())
		}
	}
	return h.direct(ctx, text)
}
