package fntest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/router"
)

// plain is the host that the others are compared with: it hands a request to
// the unit as it is, without a server and without events.
type plain struct {
	host   *fn.Host
	router *router.Router[string]
}

func openPlain(_ context.Context, unit *fn.Unit) (server, error) {
	r, err := routerOf(unit)
	if err != nil {
		return nil, err
	}
	return &plain{host: unit.Host("test"), router: r}, nil
}

// routerOf finds the names of the unit's functions by their routes.
func routerOf(unit *fn.Unit) (*router.Router[string], error) {
	var routes []router.Route[string]
	for _, f := range unit.Functions() {
		for _, r := range f.Routes() {
			routes = append(routes, router.Route[string]{Pattern: r.Pattern, Value: f.Name()})
		}
	}
	return router.New(routes)
}

func (p *plain) do(ctx context.Context, r Request) (received, error) {
	path, query := r.split()
	m := p.router.Match(r.method, path, query)
	s := &plainSource{Request: r, query: query, match: &m}
	req := &fn.Request{
		Kind: fn.KindHTTP, Route: m.Pattern,
		Method: r.method, Path: path, Authority: s.authority(), Scheme: "https", RemoteAddr: remoteIP,
		From: fn.InputFromSource(s),
	}
	var reply *fn.Reply
	if m.Found {
		reply = p.host.Serve(ctx, m.Value, req)
	} else {
		reply = m.Serve(ctx, p.host, req, "")
	}
	if s.aborted.Load() {
		return received{}, &cutError{http.ErrAbortHandler}
	}
	return responseOf(r, p.host, req, reply)
}

// invoke hands the function its In as JSON, without a platform around it.
func (p *plain) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	return invokeUnit(ctx, p.host, name, in)
}

func (*plain) losses(Request) []string { return nil }

func invokeUnit(ctx context.Context, host *fn.Host, name string, in []byte) ([]byte, error) {
	reply, err := host.Invoke(ctx, name, &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON(in)})
	if err != nil {
		return nil, err
	}
	return reply.Body, nil
}

// responseOf carries a reply as HTTP does: no body for HEAD and for statuses
// that have none.
func responseOf(r Request, host *fn.Host, req *fn.Request, reply *fn.Reply) (received, error) {
	header := http.Header{}
	for _, f := range reply.Header {
		header.Add(f.Name, f.Value)
	}
	body := reply.Body
	bodyless := r.method == http.MethodHead || reply.Status == http.StatusNoContent || reply.Status == http.StatusNotModified
	if c, ok := reply.Stream.(io.Closer); ok && bodyless {
		_ = c.Close()
	}
	if reply.Stream != nil && !bodyless {
		read, first, err := readStream(reply.Stream)
		if err != nil && first {
			return responseOf(r, host, nil, instead(host, req, err))
		}
		if err != nil {
			return received{}, &cutError{err}
		}
		body = read
	}
	length := header.Get("Content-Length")
	if len(body) > 0 {
		length = strconv.Itoa(len(body))
	}
	if reply.Status == http.StatusNoContent || reply.Status == http.StatusNotModified {
		body, length = nil, "none"
	}
	if bodyless {
		body = nil
	}
	response := newReceived(reply.Status, header, body)
	response.length = length
	return response, nil
}

// instead is the reply in place of one whose stream has failed: an empty one when that was
// the reply of a failure already, for which there is no request here.
func instead(host *fn.Host, req *fn.Request, cause error) *fn.Reply {
	if req == nil {
		return &fn.Reply{Status: http.StatusInternalServerError}
	}
	return host.ErrorReply(context.Background(), req, fn.Errorf(fn.Internal, "the reply cannot be sent").WithCause(cause))
}

// readStream reads and closes a stream. What fails with its first bytes is a failed
// answer everywhere, what fails later a connection that is cut.
func readStream(from io.Reader) (body []byte, first bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			first, err = len(body) == 0, fn.Recovered(v)
		}
	}()
	if c, ok := from.(io.Closer); ok {
		defer func() { _ = c.Close() }()
	}
	buffer := make([]byte, 32<<10)
	for reads := 0; ; reads++ {
		n, err := from.Read(buffer)
		body = append(body, buffer[:n]...)
		if err == io.EOF {
			return body, false, nil
		}
		if err != nil {
			return body, reads == 0, err
		}
	}
}

// plainSource is the binding.Source of a Request.
type plainSource struct {
	Request
	query   string
	match   *router.Match[string]
	aborted atomic.Bool
}

// Abort is called when a handler panics with http.ErrAbortHandler, which cuts a connection.
func (s *plainSource) Abort() { s.aborted.Store(true) }

func (s *plainSource) PathValue(name string) string { return s.match.PathValue(name) }
func (s *plainSource) RawQuery() string             { return s.query }

func (s *plainSource) HeaderValues(name string) []string {
	if strings.EqualFold(name, "Host") {
		return []string{s.authority()}
	}
	return s.header.Values(name)
}

func (s *plainSource) HeaderNames() []string {
	names := []string{"Host"}
	for name := range s.header {
		if name != "Host" {
			names = append(names, name)
		}
	}
	return names
}

func (s *plainSource) Body() io.Reader {
	if len(s.body) == 0 {
		return nil
	}
	return bytes.NewReader(s.body)
}
