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

	"github.com/anygrain/anygrain/fn/internal/pattern"
)

// Route is a pattern and what it leads to.
type Route[T any] struct {
	Pattern string
	Value   T
}

// Router finds routes. It is safe for concurrent use.
type Router[T any] struct {
	tree    tree[T]
	mux     *http.ServeMux
	lookups sync.Pool // of *lookup[T]
}

// New returns a router for the routes. The error lists every pattern that does
// not parse and every pair that conflicts, with a request that both match.
func New[T any](routes []Route[T]) (*Router[T], error) {
	r := &Router[T]{mux: http.NewServeMux()}
	var problems []error
	for i, route := range routes {
		p, err := pattern.Parse(route.Pattern)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		m := &marker[T]{value: route.Value, pattern: route.Pattern, names: p.Wildcards()}
		if err := register(r.mux, route.Pattern, m); err != nil {
			problems = append(problems, explain(p, routes[:i], err))
			continue
		}
		r.tree.add(p, m)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return r, nil
}

// register turns the panic of ServeMux into an error.
func register(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("pattern %q: net/http refuses it: %v", pattern, v)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}

// explain names the earlier routes that conflict with p. It asks them one by
// one only now that ServeMux, which keeps an index, has found that there are some.
func explain[T any](p *pattern.Pattern, earlier []Route[T], err error) error {
	var conflicts []error
	for _, route := range earlier {
		q, perr := pattern.Parse(route.Pattern)
		if perr != nil {
			continue
		}
		if witness, conflict := p.Conflicts(q); conflict {
			conflicts = append(conflicts, fmt.Errorf("the routes %q and %q both match %q and neither is more specific", q, p, witness))
		}
	}
	if len(conflicts) == 0 {
		return err
	}
	return errors.Join(conflicts...)
}
