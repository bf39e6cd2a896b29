package dev

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// API Gateway's limits for a request in bytes (quotas of HTTP and REST APIs).
const (
	maxBody   = 10 << 20
	maxHeader = 10240 // with the request line
)

// gateway stands for API Gateway: it makes an event of a request, has the unit
// answer it that the route belongs to, and reads the response.
type gateway struct {
	table  *table
	format awsevent.Format
	log    *source
}

// ServeHTTP implements http.Handler.
func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	request, err := awsevent.FromHTTP(r)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		g.write(w, r, tooLarge())
		return
	}
	if err != nil {
		return // the client has gone away
	}
	request.Scheme = "http"
	if r.TLS != nil {
		request.Scheme = "https"
	}
	path, query, _ := strings.Cut(request.Target, "?")
	to, ok := g.table.find(r, path, query)
	if !ok {
		g.write(w, r, g.notRouted())
		return
	}
	g.write(w, r, g.forward(r.Context(), to, request))
}

// forward has the unit answer the request.
func (g *gateway) forward(ctx context.Context, to way, request awsevent.Request) awsevent.Response {
	request.RequestID = "" // AWS's own
	request.TraceID = newTrace()
	payload, err := g.event(to, request)
	if err != nil {
		g.log.printf("%v", err)
		return tooLarge()
	}
	result, err := g.invoke(ctx, to.unit, event{payload: payload, id: newID(), trace: or(request.Header.Get("X-Amzn-Trace-Id"), request.TraceID)})
	switch {
	case errors.Is(err, errTimeout):
		return g.late()
	case err != nil:
		return g.unavailable()
	case result.failed:
		g.log.printf("%s failed: %s", to.unit.unit.Name, reported(result.payload))
		return awsevent.Failed(g.format)
	}
	response, err := awsevent.ReadResponse(g.format, result.payload)
	if err != nil {
		g.log.printf("%s: %v", to.unit.unit.Name, err)
	}
	return response
}

// event makes the event. A route that API Gateway would not have chosen after
// all is not named.
func (g *gateway) event(to way, request awsevent.Request) ([]byte, error) {
	named := request
	named.Route, named.RouteMethod = to.route, to.method
	if payload, err := awsevent.New(g.format, named); err == nil {
		return payload, nil
	}
	return awsevent.New(g.format, request)
}

func (g *gateway) invoke(ctx context.Context, unit *worker, e event) (answer, error) {
	release, err := unit.request(ctx)
	if err != nil {
		return answer{}, err
	}
	return unit.invoke(ctx, e, release)
}

// write writes the response. A status below 200 is no response to net/http.
func (g *gateway) write(w http.ResponseWriter, r *http.Request, response awsevent.Response) {
	if response.Status < 200 {
		g.log.printf("%s: the function answered with the status %d, which is none of a response", r.Method, response.Status)
		response = awsevent.Failed(g.format)
	}
	header := w.Header()
	for name, values := range response.Header {
		header[name] = values
	}
	if header.Get("Content-Type") == "" {
		header["Content-Type"] = nil // net/http would guess
	}
	if len(response.Body) > 0 {
		header.Set("Content-Length", strconv.Itoa(len(response.Body)))
	}
	w.WriteHeader(response.Status)
	_, _ = w.Write(response.Body)
}

// The answers of API Gateway itself.

func tooLarge() awsevent.Response {
	return message(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
}

func (g *gateway) unavailable() awsevent.Response {
	return message(http.StatusServiceUnavailable, "Service Unavailable")
}

// notRouted is for a path or a method without a route ("Missing Authentication
// Token" in the troubleshooting pages of REST APIs, the $default route of HTTP APIs).
func (g *gateway) notRouted() awsevent.Response {
	if g.format == awsevent.REST {
		response := message(http.StatusForbidden, "Missing Authentication Token")
		response.Header.Set("X-Amzn-Errortype", "MissingAuthenticationTokenException")
		return response
	}
	return message(http.StatusNotFound, "Not Found")
}

// late is for a function that took longer than an integration may.
func (g *gateway) late() awsevent.Response {
	if g.format == awsevent.REST {
		return message(http.StatusGatewayTimeout, "Endpoint request timed out")
	}
	return g.unavailable()
}

func message(status int, text string) awsevent.Response {
	return awsevent.Response{Status: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"message":"` + text + `"}`)}
}
