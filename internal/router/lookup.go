package router

import (
	"net/http"
	"net/url"
	"strings"
)

// marker is the handler behind every pattern. It answers nothing: it only tells
// the lookup that it was reached, because ServeMux reveals the values of
// wildcards to handlers alone.
type marker[T any] struct {
	value   T
	pattern string
	names   []string
}

// ServeHTTP is only ever called with a *lookup[T], by Router.Match.
func (m *marker[T]) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l, ok := w.(*lookup[T])
	if !ok {
		return
	}
	l.match = Match[T]{Found: true, Value: m.value, Pattern: m.pattern, names: m.names}
	for i, name := range m.names {
		l.match.setValue(i, r.PathValue(name))
	}
}

// lookup is one request to the ServeMux and the ResponseWriter that catches its
// answer. It is used again for other requests; nothing of it may reach a Match.
type lookup[T any] struct {
	request http.Request
	url     url.URL
	header  http.Header // empty between uses
	status  int
	match   Match[T]
}

func (r *Router[T]) lookup() *lookup[T] {
	if l, ok := r.lookups.Get().(*lookup[T]); ok {
		return l
	}
	return &lookup[T]{header: http.Header{}}
}

// release drops everything that belongs to the request, and keeps the memory.
func (r *Router[T]) release(l *lookup[T]) {
	clear(l.header)
	*l = lookup[T]{header: l.header}
	r.lookups.Put(l)
}

// losesValues reports whether ServeMux would match the path without recording
// every value, so that PathValue gives another one or panics. That is so for
// empty segments, which it cleans away for all methods but CONNECT.
func (l *lookup[T]) losesValues() bool {
	return l.request.Method == http.MethodConnect && strings.Contains(l.url.EscapedPath(), "//")
}

func (l *lookup[T]) answer() Match[T] {
	if !l.match.Found {
		l.match.Status = l.status
		l.match.Allow = l.header.Get("Allow")
		l.match.Location = l.header.Get("Location")
	}
	return l.match
}

// Header, Write and WriteHeader catch what ServeMux itself answers when it
// finds no route: 404, 405 and redirects.

func (l *lookup[T]) Header() http.Header { return l.header }

func (l *lookup[T]) Write(p []byte) (int, error) { return len(p), nil }

func (l *lookup[T]) WriteHeader(status int) { l.status = status }
