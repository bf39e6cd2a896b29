package fnhttp

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/router"
)

// target is what a route leads to: a function, or a mounted handler.
type target struct {
	function  string
	bodiless  func() bool // the function binds nothing of the body; what it binds is known when it is first used
	mounted   http.Handler
	wildcards []string // of a mounted handler's pattern
}

type (
	route = router.Route[*target]
	match = router.Match[*target]
)

// mounted is one call of Mount.
type mounted struct {
	pattern string
	handler http.Handler
}

// newRouter makes the router of functions, mounted handlers and health check.
func newRouter(unit *fn.Unit, s *settings) (*router.Router[*target], error) {
	functions := functionRoutes(unit)
	mounts, err := mountRoutes(s.mountedBy(unit))
	if err != nil {
		return nil, err
	}
	routes := slices.Concat(functions, mounts)
	if withHealth, ok, err := addHealth(routes, s.health); err != nil || ok {
		return withHealth, err
	}
	r, err := router.New(routes)
	if err != nil {
		return nil, explainConflicts(unit, mounts, err)
	}
	return r, nil
}

// mountedBy are the handlers of Mount, and that of the calls when there is one.
func (s *settings) mountedBy(unit *fn.Unit) []mounted {
	if s.authenticate == nil {
		return s.mounts
	}
	return append(s.mounts[:len(s.mounts):len(s.mounts)],
		mounted{"POST " + CallPath + "{function}", &calls{unit, s.authenticate}})
}

func functionRoutes(unit *fn.Unit) []route {
	var routes []route
	for _, f := range unit.Functions() {
		for _, r := range f.Routes() {
			routes = append(routes, route{Pattern: r.Pattern, Value: &target{function: f.Name(), bodiless: sync.OnceValue(func() bool { return bindsNoBody(f) })}})
		}
	}
	return routes
}

// bindsNoBody reports whether a typed function takes nothing from the body.
func bindsNoBody(f fn.Function) bool {
	return f.In() != nil && !slices.ContainsFunc(f.Input(), func(field binding.Field) bool {
		return field.Where == binding.InBody || field.Where == binding.InForm
	})
}

// mountRoutes checks every mounted handler by itself.
func mountRoutes(mounts []mounted) ([]route, error) {
	var routes []route
	var problems []error
	for _, m := range mounts {
		r := route{Pattern: m.pattern, Value: &target{mounted: m.handler, wildcards: wildcards(m.pattern)}}
		if m.handler == nil {
			problems = append(problems, fmt.Errorf("fnhttp.Mount(%q): the handler is nil", m.pattern))
		}
		if _, err := router.New([]route{r}); err != nil {
			problems = append(problems, fmt.Errorf("fnhttp.Mount(%q): %w", m.pattern, err))
		}
		routes = append(routes, r)
	}
	return routes, errors.Join(problems...)
}

// wildcards returns the names in a pattern that the router has accepted or is
// about to refuse.
func wildcards(pattern string) []string {
	var names []string
	for _, segment := range strings.Split(path(pattern), "/") {
		if name, ok := strings.CutPrefix(segment, "{"); ok && segment != "{$}" {
			names = append(names, strings.TrimSuffix(strings.TrimSuffix(name, "}"), "..."))
		}
	}
	return names
}

// path returns a pattern's path.
func path(pattern string) string {
	if i := strings.IndexByte(pattern, '/'); i >= 0 {
		return pattern[i:]
	}
	return ""
}

// addHealth returns the router with the health check. ok is false when there is
// to be none, also because another route takes its requests: an exact one, or
// HEAD on a wildcard, of which no two patterns can say which is more specific.
func addHealth(routes []route, health string) (r *router.Router[*target], ok bool, err error) {
	if health == "" {
		return nil, false, nil
	}
	own := route{Pattern: "GET " + health, Value: &target{mounted: http.HandlerFunc(healthy)}}
	if _, err := router.New([]route{own}); err != nil || strings.Contains(health, "{") {
		return nil, false, errors.Join(fmt.Errorf("fnhttp.Health: the path must begin with a slash and have no wildcard, such as %q", defaultHealth), err)
	}
	if slices.ContainsFunc(routes, func(r route) bool { return path(r.Pattern) == health }) {
		return nil, false, nil
	}
	r, err = router.New(append(routes[:len(routes):len(routes)], own))
	return r, err == nil, nil
}

// explainConflicts says which mounted handler is in the way of what. The
// routes of the functions have been held against each other when the app started.
func explainConflicts(unit *fn.Unit, mounts []route, err error) error {
	var conflicts []error
	for i, m := range mounts {
		for _, f := range unit.Functions() {
			for _, r := range f.Routes() {
				if _, err := router.New([]route{{Pattern: r.Pattern}, m}); err != nil {
					conflicts = append(conflicts, fmt.Errorf("fnhttp.Mount(%q) is in conflict with the function %s (%s): %w; change one of them",
						m.Pattern, f.Name(), f.Place(), err))
				}
			}
		}
		for _, other := range mounts[:i] {
			if _, err := router.New([]route{other, m}); err != nil {
				conflicts = append(conflicts, fmt.Errorf("fnhttp.Mount(%q) is in conflict with fnhttp.Mount(%q): %w; change one of them",
					m.Pattern, other.Pattern, err))
			}
		}
	}
	if len(conflicts) == 0 {
		return err
	}
	return errors.Join(conflicts...)
}

// serveMounted hands the request to a mounted handler as ServeMux would.
func (t *target) serveMounted(w http.ResponseWriter, r *http.Request, m *match) {
	r.Pattern = m.Pattern
	for _, name := range t.wildcards {
		r.SetPathValue(name, m.PathValue(name))
	}
	b := &body{from: r.Body, size: r.ContentLength}
	if !b.there() {
		t.mounted.ServeHTTP(w, r)
		return
	}
	own := r.WithContext(r.Context()) // net/http looks at the body of its own request when it answers
	own.Body = watched{b}
	t.mounted.ServeHTTP(w, own)
	r.MultipartForm = own.MultipartForm // of which net/http removes the files
	settleMounted(w, r, b)
}

// watched is the body of a mounted handler, of which the host knows whether it was read to its end.
type watched struct{ *body }

// Read implements io.Reader.
func (b watched) Read(p []byte) (int, error) { return b.take(p) }

// Close implements io.Closer.
func (b watched) Close() error { return b.from.Close() }

// healthy is the health check.
func healthy(w http.ResponseWriter, r *http.Request) {
	const ok = "ok"
	defer settleWith(w, r)()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Length", "2")
	if r.Method != http.MethodHead {
		_, _ = w.Write([]byte(ok))
	}
}
