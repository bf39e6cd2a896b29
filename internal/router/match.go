package router

import (
	"net/http"
	"net/url"
	"strings"
)

// Match is the answer of a router. Either Found is set, or Status.
type Match[T any] struct {
	Value   T
	Found   bool
	Pattern string // as in Route, of the route that was found

	// Status says why nothing was found: 400 for a path that is none, 404, 405,
	// or the redirect (3xx) to the path in its clean form or with a trailing slash.
	Status   int
	Allow    string // with 405: "GET, HEAD"
	Location string // with 3xx: path and query

	names []string
	few   [4]string // the values of the first wildcards, here to save an allocation
	more  []string  // those of the others
}

// PathValue returns the decoded value of the wildcard, "" when there is none of
// that name. An encoded slash (%2F) is a slash inside its value.
func (m *Match[T]) PathValue(name string) string {
	for i, n := range m.names {
		if n == name {
			return m.value(i)
		}
	}
	return ""
}

func (m *Match[T]) value(i int) string {
	if i < len(m.few) {
		return m.few[i]
	}
	return m.more[i-len(m.few)]
}

// setValue sets the value of the wildcard i; those before it have been set.
func (m *Match[T]) setValue(i int, value string) {
	if i < len(m.few) {
		m.few[i] = value
		return
	}
	m.more = append(m.more[:i-len(m.few)], value)
}

// Match finds the route of a request. The path is percent-encoded as in a
// request line and the query comes without its question mark; it serves only
// for the Location of redirects. The answer is that of ServeMux: HEAD finds the
// routes of GET, OPTIONS those that are registered for it.
func (r *Router[T]) Match(method, escapedPath, rawQuery string) Match[T] {
	var m Match[T]
	r.MatchInto(&m, method, escapedPath, rawQuery)
	return m
}

// MatchInto is Match into a zero Match, which is too large to be copied for nothing.
func (r *Router[T]) MatchInto(m *Match[T], method, escapedPath, rawQuery string) {
	if hasControl(rawQuery) {
		m.Status = http.StatusBadRequest
		return
	}
	if r.tree.find(method, escapedPath, m) {
		return
	}
	path, ok := decode(escapedPath)
	if !ok {
		*m = Match[T]{Status: http.StatusBadRequest}
		return
	}
	*m = r.ask(method, path, escapedPath, rawQuery)
}

// ask asks ServeMux.
func (r *Router[T]) ask(method, path, escapedPath, rawQuery string) Match[T] {
	l := r.lookup()
	defer r.release(l)
	l.url = url.URL{Path: path, RawPath: escapedPath, RawQuery: rawQuery}
	l.request = http.Request{Method: method, URL: &l.url}
	if l.losesValues() {
		return Match[T]{Status: http.StatusNotFound}
	}
	r.mux().ServeHTTP(l, &l.request)
	return l.answer()
}

// decode decodes the path of a request; ok is false where net/http's server
// would answer 400 before it asks a handler. The path of an absolute URL can be empty.
func decode(escapedPath string) (path string, ok bool) {
	if escapedPath != "" && escapedPath[0] != '/' || hasControl(escapedPath) {
		return "", false
	}
	if strings.IndexByte(escapedPath, '%') < 0 {
		return escapedPath, true
	}
	path, err := url.PathUnescape(escapedPath)
	return path, err == nil
}

// hasControl reports whether s contains an ASCII control character.
func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return true
		}
	}
	return false
}
