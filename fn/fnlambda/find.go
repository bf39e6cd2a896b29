package fnlambda

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/internal/pattern"
	"github.com/anygrain/anygrain/internal/router"
)

// find looks for the route, first by the name that the event has for it.
func (v *invocation) find(r *routes, e *frontdoor.Event) (*target, string) {
	template := e.Template()
	if t := r.byName(e.Method, template); t != nil && v.wellFormed() && v.take(t, template) {
		return t, t.pattern
	}
	v.match = &router.Match[*target]{}
	r.router().MatchInto(v.match, e.Method, v.location.Path, v.query)
	if v.location.Cut != nil {
		v.findWithBasePath(r, e.Method)
	}
	if !v.match.Found {
		return nil, ""
	}
	return v.match.Value, v.match.Pattern
}

// wellFormed reports whether the path is as a router wants it: clean, and encoded
// as net/url would. To others the router has the answer of every host: it refuses
// them, or redirects to the clean path, whatever route API Gateway took them for.
// An HTTP API decodes the path, where what looks wrong may have been encoded.
func (v *invocation) wellFormed() bool {
	path := v.location.Path
	if !v.event.Format.DecodesPath() {
		return router.Plain(path)
	}
	if strings.IndexByte(path, '%') < 0 {
		return true
	}
	_, err := url.PathUnescape(path)
	return err == nil
}

// take fills the values of the route's wildcards: from the path, where %2F is
// still distinct from a slash, or from the event's own parameters when the path
// does not have the route's form (an HTTP API has decoded %2F). A route that has
// the base path itself is found by the whole path.
func (v *invocation) take(t *target, template frontdoor.Template) bool {
	if v.takeAt(v.location.Path, t, template) {
		return true
	}
	if v.location.Cut == nil || !v.takeAt(v.location.Cut.Whole, t, template) {
		return false
	}
	v.location.KeepBase()
	v.request.Path = v.location.Path
	return true
}

func (v *invocation) takeAt(path string, t *target, template frontdoor.Template) bool {
	values, ok := t.parsed.Match(path, v.few[:0])
	if !ok {
		values, ok = v.event.PathValues(v.few[:0], template, path)
	}
	if !ok || len(values) != len(t.names) {
		return false
	}
	v.target, v.values = t, values
	return true
}

// findWithBasePath looks for the route by the path as it came, with the base path in
// front: the app's own routes may have it. It goes before the cut path when only it
// finds something, or when its pattern is the more specific one, as in ServeMux.
func (v *invocation) findWithBasePath(r *routes, method string) {
	m := &router.Match[*target]{}
	r.router().MatchInto(m, method, v.location.Cut.Whole, v.query)
	if !isBetter(m, v.match, v.location.Cut.Base) {
		return
	}
	v.match = m
	v.location.KeepBase()
	v.request.Path = v.location.Path
}

// isBetter reports whether the answer for the whole path is the better one of the two. To be
// compared, the other pattern gets the base path in front, so that both are about
// the same path; on a tie the cut path is taken.
func isBetter(whole, cut *router.Match[*target], base string) bool {
	switch {
	case whole.Found && cut.Found:
		own := cut.Value.parsed
		below, err := pattern.Parse(strings.TrimSpace(own.Method + " " + base + own.Path))
		return err == nil && whole.Value.parsed.MoreSpecific(below)
	case whole.Found || cut.Found:
		return whole.Found
	}
	redirect := whole.Location != ""
	otherMethod := whole.Allow != ""
	return cut.Status == http.StatusNotFound && (redirect || otherMethod)
}
