// Package router finds the route of a request for every host: the HTTP server
// and the Lambda runtime ask the same net/http ServeMux, so that they cannot differ.
//
//	r, err := router.New([]router.Route[int]{{Pattern: "GET /orders/{id}", Value: 7}})
//	m := r.Match("GET", "/orders/a%2Fb", "")
//	m.Value           // 7
//	m.PathValue("id") // "a/b"
package router

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/anygrain/anygrain/internal/pattern"
)

// Route is a pattern and what it leads to.
type Route[T any] struct {
	Pattern string
	Parsed  *pattern.Pattern // the same, for who has parsed it already; nil leaves it to New
	Value   T
}

// Router finds routes. It is safe for concurrent use.
type Router[T any] struct {
	tree    tree[T]
	markers []*marker[T]
	mux     func() *http.ServeMux // made when somebody asks for what there is no route for
	lookups sync.Pool             // of *lookup[T]
}

// New returns a router for the routes. The error lists every pattern that does
// not parse and every pair that conflicts, with a request that both match.
func New[T any](routes []Route[T]) (*Router[T], error) {
	var problems []error
	var index pattern.Index
	checked := make([]Route[T], 0, len(routes))
	for _, route := range routes {
		if route.Parsed == nil {
			p, err := pattern.Parse(route.Pattern)
			if err != nil {
				problems = append(problems, err)
				continue
			}
			route.Parsed = p
		}
		for _, i := range index.Meeting(route.Parsed) {
			if witness, conflict := route.Parsed.Conflicts(checked[i].Parsed); conflict {
				problems = append(problems, fmt.Errorf("the routes %q and %q both match %q and neither is more specific", checked[i].Parsed, route.Parsed, witness))
			}
		}
		index.Add(route.Parsed)
		checked = append(checked, route)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return Checked(checked, func(Route[T], T) {}), nil
}

// Checked returns a router for routes that New would take, and that are parsed. Should two of them claim
// the same requests all the same, the first has them, and taken is told of the other: of some that New
// refuses, since it looks at more than it has to.
func Checked[T any](routes []Route[T], taken func(other Route[T], by T)) *Router[T] {
	r := &Router[T]{markers: make([]*marker[T], len(routes))}
	for i, route := range routes {
		r.markers[i] = &marker[T]{value: route.Value, pattern: route.Pattern, names: route.Parsed.Wildcards()}
		if first := r.tree.add(route.Parsed, r.markers[i]); first != nil {
			taken(route, first.value)
		}
	}
	r.mux = sync.OnceValue(r.newMux)
	return r
}

// newMux makes the ServeMux that answers for what the tree does not find.
func (r *Router[T]) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, m := range r.markers {
		register(mux, m.pattern, m)
	}
	return mux
}

// register leaves out what ServeMux refuses, which it does by a panic: of two routes that New
// would have refused, the first stays.
func register(mux *http.ServeMux, pattern string, h http.Handler) {
	defer func() { _ = recover() }()
	mux.Handle(pattern, h)
}
