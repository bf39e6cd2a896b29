package fnhttp

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// headerLister is a binding.Source that can say which headers there are. Hosts
// implement it so that an http.Handler gets all of them.
type headerLister interface{ HeaderNames() []string }

// newRequest makes the request that net/http's server would have made.
func newRequest(ctx context.Context, req *fn.Request) (*http.Request, error) {
	uri := req.Path
	if query := req.Source.RawQuery(); query != "" {
		uri += "?" + query
	}
	u, err := url.ParseRequestURI(uri)
	if err != nil {
		return nil, fn.Errorf(fn.InvalidArgument, "the path or the query is not a valid URL's").WithCause(err)
	}
	header, err := requestHeader(req)
	if err != nil {
		return nil, err
	}
	r := (&http.Request{
		Method: req.Method, URL: u, RequestURI: uri, Host: req.Authority, RemoteAddr: withPort(req.RemoteAddr),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header,
	}).WithContext(ctx)
	if req.Scheme == "https" {
		r.TLS = &tls.ConnectionState{HandshakeComplete: true} // handlers ask whether it is nil
	}
	putBody(r, req.Source.Body())
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
func requestHeader(req *fn.Request) (http.Header, error) {
	source, ok := req.Source.(headerLister)
	if !ok {
		return nil, fn.Errorf(fn.Internal, "the source %T of host %q has no method HeaderNames() []string, without which an http.Handler would not see the headers",
			req.Source, req.Host)
	}
	names := source.HeaderNames()
	header := make(http.Header, len(names))
	for _, name := range names {
		name = textproto.CanonicalMIMEHeaderKey(name)
		if _, known := header[name]; known || name == "Host" {
			continue
		}
		header[name] = append([]string(nil), req.Source.HeaderValues(name)...)
	}
	return header, nil
}

// putBody sets the body and its length.
func putBody(r *http.Request, from io.Reader) {
	if from == nil {
		r.Body = http.NoBody
		return
	}
	r.Body, r.ContentLength = io.NopCloser(from), -1
	if b, ok := from.(interface{ Bytes() []byte }); ok {
		r.ContentLength = int64(len(b.Bytes()))
	} else if n, err := strconv.ParseInt(r.Header.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
		r.ContentLength = n
	}
}

var _ binding.Source = (*exchange)(nil)
