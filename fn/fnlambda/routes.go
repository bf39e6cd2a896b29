package fnlambda

import (
	"strings"
	"sync"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/internal/pattern"
	"github.com/anygrain/anygrain/internal/router"
)

// target is a function under one of its routes. The pattern is parsed when it is first needed.
type target struct {
	function string
	pattern  string

	parsing sync.Once
	parsed  *pattern.Pattern
	names   []string // of the wildcards
	problem error    // of a pattern that is none
}

// parse reports whether the pattern is one.
func (t *target) parse() bool {
	t.parsing.Do(func() {
		if t.parsed, t.problem = pattern.Parse(t.pattern); t.problem == nil {
			t.names = t.parsed.Wildcards()
		}
	})
	return t.problem == nil
}

// routes find the target of a request: by the name of the route when the event
// has one, otherwise by the same router as over HTTP. Each way is made when an event first
// takes it, since a start must not grow with what is linked in: most functions are behind a
// front door that goes one way, and a unit of one function needs one route of it.
type routes struct {
	targets []target
	texts   func() map[routeName]*target   // by the pattern's text, which needs no parsing
	names   func() *routeNames             // by API Gateway's text of the route
	router  func() *router.Router[*target] // by the path
	logger  *zerolog.Logger
}

// routeName is a route as API Gateway writes it: method and path, "" for any method.
type routeName struct {
	method string
	path   frontdoor.Template
}

// routeNames are the routes in the grammar of API Gateway.
type routeNames struct {
	named  map[routeName]*target
	shaped map[routeName]*target // with nameless wildcards
}

// fewRoutes are made at the start all the same, when a Lambda has more of a processor.
const fewRoutes = 8

func newRoutes(functions []fn.Function, logger *zerolog.Logger) *routes {
	r := &routes{targets: targetsOf(functions), logger: logger}
	r.texts = sync.OnceValue(r.byText)
	r.names = sync.OnceValue(r.byGatewayName)
	r.router = sync.OnceValue(r.byPath)
	if len(r.targets) <= fewRoutes {
		r.texts()
		r.router()
	}
	return r
}

func targetsOf(functions []fn.Function) []target {
	targets := make([]target, 0, len(functions)) // in one piece of memory
	for _, f := range functions {
		for _, route := range f.Routes() {
			targets = append(targets, target{function: f.Name(), pattern: route.Pattern})
		}
	}
	return targets
}

// byText makes the map of patterns as they are written.
func (r *routes) byText() map[routeName]*target {
	texts := make(map[routeName]*target, len(r.targets))
	for i := range r.targets {
		t := &r.targets[i]
		if method, path, ok := strings.Cut(t.pattern, " "); ok {
			name := routeName{method, frontdoor.Template(path)}
			if first := texts[name]; first != nil {
				r.logTaken(t, first)
				continue
			}
			texts[name] = t
		}
	}
	return texts
}

// byGatewayName makes the maps of patterns as API Gateway writes them.
func (r *routes) byGatewayName() *routeNames {
	n := &routeNames{map[routeName]*target{}, map[routeName]*target{}}
	for i := range r.targets {
		if t := &r.targets[i]; t.parse() {
			name := frontdoor.Template(t.parsed.GatewayPath())
			addFirst(n.named, routeName{t.parsed.Method, name}, t)
			addFirst(n.shaped, routeName{t.parsed.Method, name.Nameless()}, t)
		}
	}
	return n
}

func addFirst(to map[routeName]*target, name routeName, t *target) {
	if to[name] == nil {
		to[name] = t
	}
}

// byPath makes the router. The start has checked the routes, or whoever built the program; a
// route that is none all the same is told, and is not found.
func (r *routes) byPath() *router.Router[*target] {
	all := make([]router.Route[*target], 0, len(r.targets))
	for i := range r.targets {
		t := &r.targets[i]
		if !t.parse() {
			r.logger.Error().Str("function", t.function).Err(t.problem).Msg("a route cannot be read, and nothing is found by it")
			continue
		}
		all = append(all, router.Route[*target]{Pattern: t.pattern, Parsed: t.parsed, Value: t})
	}
	return router.Checked(all, func(other router.Route[*target], by *target) { r.logTaken(other.Value, by) })
}

// logTaken tells of a route that another function has. The first that was declared answers, however
// its requests come here.
func (r *routes) logTaken(t, by *target) {
	r.logger.Error().Str("function", t.function).Str("route", t.pattern).Msgf("the route is taken by %s (%q), which answers its requests", by.function, by.pattern)
}

// byName returns the target of the route that the event names, nil when it
// names none that is known. A greedy route ({proxy+}) and $default are no
// names: they only say that API Gateway leaves the search to the function.
func (r *routes) byName(method string, template frontdoor.Template) *target {
	if template == "" || template.Greedy() {
		return nil
	}
	if t := r.texts()[routeName{method, template}]; t != nil && t.parse() {
		return t
	}
	names := r.names()
	if t := names.lookup(names.named, method, template); t != nil {
		return t
	}
	return names.lookup(names.shaped, method, template.Nameless())
}

// lookup prefers the method's own route; HEAD is taken by GET, as in ServeMux.
func (*routeNames) lookup(in map[routeName]*target, method string, path frontdoor.Template) *target {
	if t := in[routeName{method, path}]; t != nil {
		return t
	}
	if method == "HEAD" {
		if t := in[routeName{"GET", path}]; t != nil {
			return t
		}
	}
	return in[routeName{"", path}]
}
