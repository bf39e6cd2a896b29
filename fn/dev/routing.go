package dev

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/fn/internal/pattern"
	"github.com/anygrain/anygrain/fn/internal/router"
)

// routed is one route of the app: what API Gateway calls it, and the unit that
// it leads to.
type routed struct {
	unit     *worker
	pattern  *pattern.Pattern
	template string // "/orders/{id}"; "" when API Gateway's grammar has no such route
}

// table finds the unit of a request.
type table struct{ router *router.Router[*routed] }

// newTable makes the table of all units. The error has every route that two of
// them claim, and every one that is none.
func newTable(workers []*worker) (*table, error) {
	var all []router.Route[*routed]
	var problems []error
	for _, w := range workers {
		for _, f := range w.unit.Functions {
			for _, r := range f.Routes() {
				p, err := pattern.Parse(r.Pattern)
				if err != nil {
					problems = append(problems, fmt.Errorf("dev: %s: %w", f.Name(), err))
					continue
				}
				template, _ := p.Gateway()
				all = append(all, router.Route[*routed]{Pattern: r.Pattern, Value: &routed{w, p, template}})
			}
		}
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	r, err := router.New(all)
	if err != nil {
		return nil, fmt.Errorf("dev: %w", err)
	}
	return &table{r}, nil
}

// way is where a request goes: a unit, and the route that the event names.
type way struct {
	unit          *worker
	route, method string // "" for the default route
}

// find returns the way of a request; ok is false when no unit has its path. A
// path that exists under another method, or under another spelling, goes to a
// unit that has it, which answers 405, a preflight, or the redirect.
func (t *table) find(r *http.Request, path, query string) (way, bool) {
	m := t.router.Match(r.Method, path, query)
	if m.Found {
		return m.Value.way(r.Method, path), true
	}
	if location, _, _ := strings.Cut(m.Location, "?"); location != "" {
		m = t.router.Match(r.Method, location, "")
	}
	if m.Found {
		return way{unit: m.Value.unit}, true
	}
	for _, method := range methods(r, m.Allow) {
		if other := t.router.Match(method, path, query); other.Found {
			return way{unit: other.Value.unit}, true
		}
	}
	return way{}, false
}

// methods lists those of an Allow header, the one first that a preflight asks about.
func methods(r *http.Request, allow string) []string {
	if allow == "" {
		return nil
	}
	all := strings.Split(allow, ", ")
	if asked := r.Header.Get("Access-Control-Request-Method"); slices.Contains(all, asked) {
		all = append([]string{asked}, all...)
	}
	return all
}

// way names the route where API Gateway would: it has no route of GET for HEAD,
// and matches no empty parameter.
func (r *routed) way(method, path string) way {
	w := way{unit: r.unit}
	values, ok := r.pattern.Match(path, nil)
	if !ok || slices.Contains(values, "") || r.pattern.Method != "" && r.pattern.Method != method {
		return w
	}
	if w.route = r.template; w.route != "" && r.pattern.Method == "" {
		w.method = "ANY"
	}
	return w
}
