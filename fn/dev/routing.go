package dev

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/internal/pattern"
	"github.com/anygrain/anygrain/internal/router"
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

// find returns the way of a request; ok is false when no route of API Gateway takes
// it. There a path has the methods that its routes name and no other: none of
// HEAD or OPTIONS by itself, and no redirect to another spelling. A slash at the end
// of a path makes no difference there: the unit gets it, and says that it has no
// such path.
func (t *table) find(r *http.Request, path, query string) (to way, ok bool) {
	m := t.router.Match(r.Method, path, query)
	if m.Found {
		return m.Value.way(r.Method, path)
	}
	path, slash := strings.CutSuffix(path, "/")
	if !slash {
		return way{}, false
	}
	if m = t.router.Match(r.Method, path, query); !m.Found || m.Value.template == "" {
		return way{}, false
	}
	return m.Value.way(r.Method, path)
}

// way names the route, unless API Gateway has none like it: then the unit has it by
// the default route. API Gateway does not take GET for HEAD, and no empty parameter.
func (r *routed) way(method, path string) (to way, ok bool) {
	to = way{unit: r.unit}
	values, matched := r.pattern.Match(path, nil)
	if r.template == "" || !matched {
		return to, true
	}
	if slices.Contains(values, "") || r.pattern.Method != "" && r.pattern.Method != method {
		return way{}, false
	}
	if to.route = r.template; r.pattern.Method == "" {
		to.method = "ANY"
	}
	return to, true
}
