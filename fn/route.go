package fn

import (
	"cmp"
	"slices"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/pattern"
)

// HTTPRoute is an HTTP trigger of a function.
type HTTPRoute struct {
	// Pattern is in the grammar of net/http.ServeMux without a host:
	// "GET /orders/{id}", "/files/{rest...}", "GET /{$}".
	Pattern string
	// Status of a successful reply that does not carry one itself; 0 means 200,
	// or 204 when the Out has no body.
	Status int

	parsed *pattern.Pattern
}

// Method returns the route's method, "" when it takes any.
func (r HTTPRoute) Method() string { return r.pattern().Method }

// Path returns the route's path with its wildcards: "/orders/{id}".
func (r HTTPRoute) Path() string { return r.pattern().Path }

// Wildcards returns the names of the path's wildcards in order.
func (r HTTPRoute) Wildcards() []string { return r.pattern().Wildcards() }

// pattern is the route's text once it is parsed. In a build that was checked, nobody has yet.
func (r HTTPRoute) pattern() *pattern.Pattern {
	if r.parsed != nil {
		return r.parsed
	}
	p, err := pattern.Parse(r.Pattern)
	if err != nil {
		return &pattern.Pattern{}
	}
	return p
}

// Route starts the function by HTTP requests that match the pattern, which is
// in the grammar of net/http.ServeMux: an optional method, then a path with
// {name}, {name...} and {$}. GET also takes HEAD. A host is refused: the same
// function answers under every name that leads to its unit. So is what matches no
// request as it is meant: "get /a", "/a?b=c", "/a/:id". A function can
// have several routes; without one it is reached by direct invokes and calls only.
func Route(text string, options ...RouteOption) FunctionOption {
	return functionOption(func(d *declaration) { d.addRoute(text, options) })
}

// Status is the HTTP status of a successful reply, 200 to 399, unless the Out
// carries one.
func Status(status int) RouteOption {
	return routeOption(func(r *HTTPRoute) { r.Status = status })
}

// addRoute takes a route, and notes what is wrong with it. In a build that was checked it is
// parsed when somebody asks for its parts.
func (d *declaration) addRoute(text string, options []RouteOption) {
	r := HTTPRoute{Pattern: text}
	for _, o := range options {
		if o != nil {
			o.applyRoute(&r)
		}
	}
	if checked() || d.parseRoute(&r) {
		d.routes = append(d.routes, r)
	}
}

// parseRoute parses a route unless something is wrong with it.
func (d *declaration) parseRoute(r *HTTPRoute) bool {
	if r.Status != 0 && (r.Status < 200 || r.Status > 399) {
		d.problem("", "route %q: status %d is not a success; use 200 to 399, and errors for the rest", r.Pattern, r.Status)
	}
	parsed, err := pattern.Parse(r.Pattern)
	if err == nil {
		err = pattern.Mistake(r.Pattern)
	}
	if err != nil {
		d.problem("", "route %q: %v", r.Pattern, err)
		return false
	}
	r.parsed = parsed
	return true
}

// checkRoutes holds the routes against the fields of the In.
func (d *declaration) checkRoutes() {
	for _, field := range d.input().Fields() {
		for _, r := range d.routes {
			d.checkRouteField(r, field)
		}
	}
}

func (d *declaration) checkRouteField(r HTTPRoute, field binding.Field) {
	name := cmp.Or(d.inType.Name(), "In") + "." + field.Go
	switch field.Where {
	case binding.InPath:
		if !slices.Contains(r.Wildcards(), field.Name) {
			d.problem(name, "path:%q is not a wildcard of the route %q, which has %s; name it {%s} there or change the tag",
				field.Name, r.Pattern, quoteAll(r.Wildcards()), field.Name)
		}
	case binding.InBody, binding.InForm:
		if r.Method() == "GET" || r.Method() == "HEAD" {
			d.problem(name, "is read from the body, but the route %q has none; tag it path, query, header or cookie, or use POST, PUT or PATCH", r.Pattern)
		}
	}
}
