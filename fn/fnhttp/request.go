package fnhttp

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// headerIndexer is a source for which asking for one header takes time, and
// asking for all of them the square of it.
type headerIndexer interface {
	HeaderIndex() (names []string, valuesOf func(name string) []string)
}

// streamer is a source whose body can be had for oneself, without waiting for it.
type streamer interface{ Stream() io.Reader }

// wrapper is what fn puts around a host's source.
type wrapper interface {
	streamer
	Unwrap() binding.Source
}

// newRequest makes the request that net/http's server would have made.
func newRequest(ctx context.Context, req *fn.Request) (*http.Request, error) {
	uri := req.Path
	if query := req.Source().RawQuery(); query != "" {
		uri += "?" + query
	}
	u, err := url.ParseRequestURI(uri)
	if err != nil {
		return nil, fn.Errorf(fn.InvalidArgument, "the path or the query is not a valid URL's").WithCause(err)
	}
	r := (&http.Request{
		Method: req.Method, URL: u, RequestURI: uri, Host: req.Authority, RemoteAddr: withPort(req.RemoteAddr),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: requestHeader(req),
	}).WithContext(ctx)
	if req.Scheme == "https" {
		r.TLS = &tls.ConnectionState{HandshakeComplete: true} // handlers ask whether it is nil
	}
	putBody(r, req.Source())
	return r, nil
}

// withPort is the address as net/http's server has it, with a port, which
// handlers cut off by net.SplitHostPort. Port 0 says that it is not known.
func withPort(address string) string {
	if _, _, err := net.SplitHostPort(address); err == nil {
		return address
	}
	return net.JoinHostPort(strings.Trim(address, "[]"), "0")
}

// requestHeader collects the headers. Host has a field of its own in http.Request.
func requestHeader(req *fn.Request) http.Header {
	names, valuesOf := headerIndex(req.Source())
	header := make(http.Header, len(names))
	for _, name := range names {
		name = textproto.CanonicalMIMEHeaderKey(name)
		if _, known := header[name]; known || name == "Host" {
			continue
		}
		if values := fieldline.One(name, valuesOf(name)); values != nil {
			header[name] = slices.Clone(values)
		}
	}
	return header
}

func headerIndex(source binding.Source) (names []string, valuesOf func(name string) []string) {
	own := unwrapped(source)
	if indexed, ok := own.(headerIndexer); ok {
		return indexed.HeaderIndex()
	}
	return own.HeaderNames(), source.HeaderValues
}

// oneLine returns the header with one value for each field, as on all hosts. It is
// the same map when there is nothing to join: net/http's own stays as it is.
func oneLine(header http.Header) http.Header {
	for name, values := range header {
		if !fieldline.IsOne(name, values) {
			return joined(header)
		}
	}
	return header
}

func joined(header http.Header) http.Header {
	one := make(http.Header, len(header))
	for name, values := range header {
		if values = fieldline.One(name, values); values != nil {
			one[name] = slices.Clone(values)
		}
	}
	return one
}

func unwrapped(source binding.Source) binding.Source {
	if w, ok := source.(wrapper); ok {
		return w.Unwrap()
	}
	return source
}

// putBody sets the body and its length.
func putBody(r *http.Request, source binding.Source) {
	from := source.Body()
	if from == nil {
		r.Body = http.NoBody
		return
	}
	r.ContentLength = length(from, r.Header)
	if s, ok := source.(streamer); ok {
		from = s.Stream()
	}
	r.Body = closer(from)
}

// length is how many bytes the body has, -1 when nobody says.
func length(body io.Reader, header http.Header) int64 {
	switch b := body.(type) {
	case interface{ Bytes() []byte }:
		return int64(len(b.Bytes()))
	case interface{ Size() int64 }:
		if n := b.Size(); n >= 0 {
			return n
		}
	}
	if n, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
		return n
	}
	return -1
}

// closer is the body as an http.Request has it.
func closer(body io.Reader) io.ReadCloser {
	if c, ok := body.(io.ReadCloser); ok {
		return c
	}
	return io.NopCloser(body)
}

var _ binding.Source = (*exchange)(nil)
