package fnlambda

import (
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/internal/pattern"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// target is a function under one of its routes.
type target struct {
	function string
	pattern  string
	parsed   *pattern.Pattern
	names    []string // of the wildcards
}

// routes find the target of a request: by the name of the route when the event
// has one, otherwise by the same router as over HTTP.
type routes struct {
	router *router.Router[*target]
	named  map[routeName]*target // by API Gateway's text of the route
	shaped map[routeName]*target // the same with nameless wildcards
}

// routeName is a route as API Gateway writes it: method and path, "" for any method.
type routeName struct{ method, path string }

func newRoutes(functions []fn.Function) (*routes, error) {
	r := &routes{named: map[routeName]*target{}, shaped: map[routeName]*target{}}
	var all []router.Route[*target]
	for _, f := range functions {
		for _, route := range f.Routes() {
			t, err := newTarget(f, route)
			if err != nil {
				return nil, err
			}
			all = append(all, router.Route[*target]{Pattern: route.Pattern, Value: t})
			name := gatewayPath(t.parsed)
			r.named[routeName{t.parsed.Method, name}] = t
			r.shaped[routeName{t.parsed.Method, nameless(name)}] = t
		}
	}
	var err error
	r.router, err = router.New(all)
	return r, err
}

func newTarget(f fn.Function, route fn.HTTPRoute) (*target, error) {
	parsed, err := pattern.Parse(route.Pattern)
	if err != nil {
		return nil, err
	}
	return &target{function: f.Name(), pattern: route.Pattern, parsed: parsed, names: parsed.Wildcards()}, nil
}

// byName returns the target of the route that the event names, nil when it
// names none that is known. A greedy route ({proxy+}) and $default are no
// names: they only say that API Gateway leaves the search to the function.
func (r *routes) byName(method, template string) *target {
	if template == "" || greedy(template) {
		return nil
	}
	if t := r.lookup(r.named, method, template); t != nil {
		return t
	}
	return r.lookup(r.shaped, method, nameless(template))
}

// lookup prefers the method's own route; HEAD is taken by GET, as in ServeMux.
func (r *routes) lookup(in map[routeName]*target, method, path string) *target {
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

// gatewayPath writes a pattern's path in API Gateway's grammar: {rest...} is
// {rest+} there, and a trailing slash or {$} does not exist.
func gatewayPath(p *pattern.Pattern) string {
	var b strings.Builder
	for _, s := range p.Segments() {
		switch {
		case s.Wildcard != "" && s.Multi:
			b.WriteString("/{" + s.Wildcard + "+}")
		case s.Wildcard != "":
			b.WriteString("/{" + s.Wildcard + "}")
		case s.End, s.Multi:
			b.WriteString("/")
		default:
			b.WriteString("/" + s.Literal)
		}
	}
	return b.String()
}

// nameless empties the wildcards: the API may call {orderId} what the app calls {id}.
func nameless(template string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(template, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, template, _ = strings.Cut(rest, "}")
		b.WriteString("{}")
	}
}

// wildcards lists the names of a template's wildcards in order.
func wildcards(template string) []string {
	var names []string
	for {
		_, rest, ok := strings.Cut(template, "{")
		if !ok {
			return names
		}
		var name string
		name, template, _ = strings.Cut(rest, "}")
		names = append(names, strings.TrimSuffix(name, "+"))
	}
}
