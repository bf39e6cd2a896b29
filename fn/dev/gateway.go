package dev

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/internal/pattern"
	"github.com/anygrain/anygrain/fn/internal/router"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// maxBody is the largest request that API Gateway takes, in bytes (Amazon API
// Gateway quotas: payload size 10 MB). Lambda's own limit is lower.
const maxBody = 10 << 20

// gateway turns HTTP requests into events of the unit that has the route.
type gateway struct {
	format awsevent.Format
	logs   *logs
	order  []*unit
	router *router.Router[target]
}

// target is where a route leads to.
type target struct {
	unit  *unit
	route string // as the gateway calls it, "" when it cannot
	any   bool   // the route takes every method
}

func newGateway(c Config, units map[string]*unit, logs *logs) (*gateway, error) {
	g := &gateway{format: c.Events, logs: logs}
	var routes []router.Route[target]
	for _, u := range c.Units {
		g.order = append(g.order, units[u.Name])
		for _, f := range u.Functions {
			for _, r := range f.Routes() {
				p, err := pattern.Parse(r.Pattern)
				if err != nil {
					return nil, err
				}
				name, _ := p.Gateway()
				routes = append(routes, router.Route[target]{Pattern: r.Pattern, Value: target{units[u.Name], name, p.Method == ""}})
			}
		}
	}
	var err error
	g.router, err = router.New(routes)
	return g, err
}

// announce says what is where.
func (g *gateway) announce(addr string) {
	g.logs.say("http://%s serves events of %s", addr, g.format)
	for _, u := range g.order {
		var routes []string
		for _, f := range u.Functions {
			for _, r := range f.Routes() {
				routes = append(routes, r.Pattern)
			}
		}
		if routes == nil {
			routes = []string{"no routes: calls only"}
		}
		g.logs.say("  %-*s %s", g.logs.width, u.Name, strings.Join(routes, ", "))
	}
}

// ServeHTTP answers one request.
func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	m := g.router.Match(r.Method, r.URL.EscapedPath(), r.URL.RawQuery)
	t := m.Value
	switch {
	case m.Found:
	case m.Status == http.StatusMethodNotAllowed:
		// Another method of the path is somebody's, whose 405 and CORS this is.
		t = g.neighbour(r, m.Allow)
	case m.Location != "":
		http.Redirect(w, r, m.Location, m.Status)
		return
	}
	if t.unit == nil {
		problem(w, fn.Errorf(fn.NotFound, "no unit has a route for this path"))
		return
	}
	g.forward(w, r, t)
}

// neighbour is the unit that takes the path under another method.
func (g *gateway) neighbour(r *http.Request, allow string) target {
	method, _, _ := strings.Cut(allow, ",")
	return target{unit: g.router.Match(method, r.URL.EscapedPath(), r.URL.RawQuery).Value.unit}
}

// forward sends the request to the unit as an event.
func (g *gateway) forward(w http.ResponseWriter, r *http.Request, t target) {
	request, err := awsevent.FromHTTP(r)
	if err != nil {
		problem(w, unreadable(err))
		return
	}
	request.Route = t.route
	if t.any && t.route != "" {
		request.RouteMethod = "ANY"
	}
	event, err := awsevent.New(g.format, request)
	if err != nil {
		g.logs.say("%s %s: %v", r.Method, r.URL.Path, err)
		problem(w, fn.Errorf(fn.ResourceExhausted, "the front door does not take the request").WithStatus(http.StatusRequestEntityTooLarge))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), invokeTime)
	defer cancel()
	deadline, _ := ctx.Deadline()
	result, err := t.unit.invoke(ctx, runtimeapi.Invocation{Payload: event, RequestID: newID(), Deadline: deadline, FunctionARN: arn(t.unit.Name)})
	g.respond(w, t.unit, result, err)
}

// respond writes what the unit answered, or what API Gateway makes of a failure.
func (g *gateway) respond(w http.ResponseWriter, u *unit, result runtimeapi.Result, err error) {
	response := awsevent.Failed(g.format)
	switch {
	case err != nil:
		g.logs.say("%s did not answer: %v", u.Name, err)
	case result.ErrorType != "":
		g.logs.say("%s failed: %s", u.Name, result.Payload)
	default:
		if response, err = awsevent.ReadResponse(g.format, result.Payload); err != nil {
			g.logs.say("%s: the front door refuses the response: %v", u.Name, err)
			response = awsevent.Failed(g.format)
		}
	}
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.Status)
	_, _ = w.Write(response.Body)
}

func unreadable(err error) *fn.Error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return fn.Errorf(fn.ResourceExhausted, "the request is larger than %d bytes", maxBody).WithStatus(http.StatusRequestEntityTooLarge)
	}
	return fn.Errorf(fn.InvalidArgument, "the request broke off")
}

// problem answers in the form of the framework's own errors.
func problem(w http.ResponseWriter, e *fn.Error) {
	body, _ := e.AppendProblem(nil)
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(e.HTTPStatus())
	_, _ = w.Write(body)
}
