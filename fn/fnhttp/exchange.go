package fnhttp

import (
	"context"
	"io"
	"net/http"
	"net/textproto"

	"github.com/anygrain/anygrain/fn"
)

// exchange is one request and its response: all that is kept per request, in
// one piece of memory. It is the binding.Source of the request.
type exchange struct {
	request  fn.Request
	native   *http.Request
	match    match
	body     body
	response response
	values   [4]string // of the response's header
	length   [1]string // its Content-Length
}

// begin fills the request, field by field: it is too large to be copied for nothing.
func (x *exchange) begin(w http.ResponseWriter, r *http.Request, path string) {
	x.native, x.body.from, x.body.size, x.response.to = r, r.Body, r.ContentLength, w
	q := &x.request
	q.Kind, q.Route = fn.KindHTTP, x.match.Pattern
	q.Method, q.Path, q.Authority, q.Scheme, q.RemoteAddr = r.Method, path, r.Host, scheme(r), r.RemoteAddr
	q.From, q.Native = fn.InputFromSource(x), r
}

// scheme does not ask X-Forwarded-Proto, which anybody can send.
func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// RequestFrom returns the request as net/http handed it to this host, for
// functions that need what their In cannot say. There is none on other hosts,
// and outside of a request.
//
// It must be read only, and not after the function has returned or its context is done.
func RequestFrom(ctx context.Context) (*http.Request, bool) {
	req, ok := fn.RequestFrom(ctx)
	if !ok {
		return nil, false
	}
	r, ok := req.Native.(*http.Request)
	return r, ok
}

// PathValue implements binding.Source.
func (x *exchange) PathValue(name string) string { return x.match.PathValue(name) }

// RawQuery implements binding.Source.
func (x *exchange) RawQuery() string { return x.native.URL.RawQuery }

// HeaderValues implements binding.Source. net/http keeps Host apart from the others.
func (x *exchange) HeaderValues(name string) []string {
	if values, ok := x.native.Header[name]; ok { // as a rule the name is canonical
		return values
	}
	canonical := textproto.CanonicalMIMEHeaderKey(name)
	switch {
	case canonical == "Host" && x.native.Host != "":
		return []string{x.native.Host}
	case canonical == name:
		return nil
	}
	return x.native.Header[canonical]
}

// HeaderNames implements binding.Source.
func (x *exchange) HeaderNames() []string {
	names := make([]string, 0, len(x.native.Header)+1)
	for name := range x.native.Header {
		names = append(names, name)
	}
	return append(names, "Host")
}

// Body implements binding.Source.
//
// The function's own limit decides how much is read. For what becomes of the
// rest see settle.
func (x *exchange) Body() io.Reader {
	if !x.body.there() {
		return nil
	}
	return &x.body
}
