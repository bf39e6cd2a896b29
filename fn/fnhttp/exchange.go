package fnhttp

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"sync/atomic"
	"time"

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
	q.Trigger, q.Host, q.Route = fn.TriggerHTTP, "http", x.match.Pattern
	q.Method, q.Path, q.Authority, q.Scheme, q.RemoteAddr = r.Method, path, r.Host, scheme(r), r.RemoteAddr
	q.Source, q.Native = x, r
}

// scheme does not ask X-Forwarded-Proto, which anybody can send.
func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// FromContext returns the request as net/http handed it to this host, for
// functions that need what their In cannot say. It is nil on other hosts, and
// outside of a request.
//
// It must be read only, and not after the function has returned or its context is done.
func FromContext(ctx context.Context) *http.Request {
	req := fn.RequestFrom(ctx)
	if req == nil {
		return nil
	}
	r, _ := req.Native.(*http.Request)
	return r
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
	if name = textproto.CanonicalMIMEHeaderKey(name); name == "Host" && x.native.Host != "" {
		return []string{x.native.Host}
	}
	return x.native.Header[name]
}

// HeaderNames lists the names that HeaderValues knows.
func (x *exchange) HeaderNames() []string {
	names := make([]string, 0, len(x.native.Header)+1)
	for name := range x.native.Header {
		names = append(names, name)
	}
	return append(names, "Host")
}

// Body implements binding.Source.
//
// The function's own limit decides how much is read. What remains of a body
// that is too large is net/http's business: it reads a little more for the
// sake of the connection, else closes it, in such a way that the client sees the answer.
func (x *exchange) Body() io.Reader {
	if !x.body.there() {
		return nil
	}
	return &x.body
}

// body knows whether somebody is waiting for the client's bytes.
type body struct {
	from    io.ReadCloser
	size    int64 // -1 when the client did not say
	reading atomic.Bool
	over    atomic.Bool // the response is on its way, and net/http may read what is left
}

// errOver is what a function gets that is still reading when its answer has been
// given without it. It must not take for the whole what net/http left of the body.
var errOver = errors.New("the request has been answered; what is left of its body is not to be had any more")

func (b *body) there() bool { return b.from != nil && b.from != http.NoBody }

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.over.Load() {
		return 0, errOver
	}
	b.reading.Store(true)
	defer b.reading.Store(false)
	n, err := b.from.Read(p)
	if b.over.Load() {
		return 0, errOver
	}
	return n, err
}

// Size returns what the client said, -1 when it did not; see binding.Source.
func (b *body) Size() int64 { return b.size }

// Close implements io.Closer.
func (b *body) Close() error { return b.from.Close() }

// unblock ends the read of a function that was abandoned while it waits for a
// slow client: net/http does not answer before the body is free.
func (x *exchange) unblock() {
	if x.body.reading.Load() {
		_ = http.NewResponseController(x.response.to).SetReadDeadline(time.Now())
	}
}
