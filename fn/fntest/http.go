package fntest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// overHTTP is the HTTP host: net/http's server and net/http's client, with
// connections in memory between them. So the answer that a test sees has been
// framed and read by others than us: its length, a 304 without a body, what
// comes before the final answer, a connection that is cut.
type overHTTP struct {
	handler *fnhttp.Handler
	server  *http.Server
	client  *http.Transport
	served  chan error // what Serve returned

	mu         sync.Mutex
	goroutines []string // the ids of those that have run the handler
}

func openHTTP(ctx context.Context, unit *fn.Unit) (server, error) {
	h, err := fnhttp.New(ctx, unit, fnhttp.CallSecret(config.NewSecret(splitSecret)))
	if err != nil {
		return nil, err
	}
	l := newListener()
	o := &overHTTP{handler: h, served: make(chan error, 1)}
	o.server = &http.Server{
		Handler:           o,
		ConnContext:       withConn,
		ReadHeaderTimeout: 5 * time.Second,
		ErrorLog:          log.New(serverLog{unit.Logger()}, "", 0),
	}
	o.client = &http.Transport{DialContext: l.dial, DisableCompression: true, ExpectContinueTimeout: time.Second}
	go func() { o.served <- o.server.Serve(l) }()
	return o, nil
}

// close ends the connections and waits for the server.
func (o *overHTTP) close() error {
	o.client.CloseIdleConnections()
	err := o.server.Close()
	if end := <-o.served; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	return err
}

// ServeHTTP implements http.Handler: it notes that the request came through.
func (o *overHTTP) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c := connOf(r.Context()); c.requests.Add(1) == 1 {
		o.note(current())
	}
	o.handler.ServeHTTP(w, r)
}

func (o *overHTTP) note(goroutine string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.goroutines = append(o.goroutines, goroutine)
}

// serving lists the goroutines that ran functions in the test's stead.
func (o *overHTTP) serving() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.goroutines)
}

// cutError says that the connection ended before the answer did.
type cutError struct{ cause error }

func (e *cutError) Error() string {
	return fmt.Sprintf("the connection was cut before the answer was complete: %v", e.cause)
}

func (e *cutError) Unwrap() error { return e.cause }

func (o *overHTTP) do(ctx context.Context, r Request) (received, error) {
	req, err := r.http()
	if err != nil {
		return received{}, &ownAnswer{err}
	}
	passed := func() bool { return false }
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		c := info.Conn.(*conn)
		before := c.requests.Load()
		passed = func() bool { return c.requests.Load() > before }
	}}
	res, err := o.client.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, trace)))
	switch {
	case err != nil && ctx.Err() != nil:
		return received{}, ctx.Err()
	case err != nil && passed():
		return received{}, &cutError{err}
	case err != nil:
		return received{}, &ownAnswer{err}
	}
	defer res.Body.Close()
	if !passed() {
		return received{}, &ownAnswer{fmt.Errorf("net/http's server answers it by itself, with %s", res.Status)}
	}
	return readResponse(res)
}

// readResponse reads the whole answer.
func readResponse(res *http.Response) (received, error) {
	length := res.Header.Get("Content-Length")
	if res.StatusCode == http.StatusSwitchingProtocols { // what follows is no body
		return newReceived(res.StatusCode, res.Header, nil), nil
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return received{}, &cutError{err}
	}
	if len(body) == 0 {
		body = nil
	}
	response := newReceived(res.StatusCode, res.Header, body)
	response.length = length
	return response, nil
}

// roundTrip answers a call of another unit.
func (o *overHTTP) roundTrip(r *http.Request) (*http.Response, error) { return o.client.RoundTrip(r) }

// invoke goes to the unit: HTTP has no direct invokes.
func (o *overHTTP) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	return invokeUnit(ctx, o.handler.Unit().Host("test"), name, in)
}

func (*overHTTP) losses(Request) []string { return nil }

// http returns the request as net/http's client sends it, without what that
// adds of its own accord.
func (r Request) http() (*http.Request, error) {
	if r.err != nil {
		return nil, r.err
	}
	req, err := http.NewRequest(r.method, "http://"+domain+r.target, nil)
	if err != nil {
		return nil, err
	}
	for name, values := range r.header {
		req.Header[name] = slices.Clone(values)
	}
	req.Host = r.authority()
	req.Header.Del("Host")
	req.Header["User-Agent"] = oneAgent(r.header["User-Agent"])
	r.exactTarget(req)
	r.putBody(req)
	return req, nil
}

// oneAgent joins the fields, of which the client sends the first alone.
func oneAgent(values []string) []string {
	if len(values) == 0 {
		return nil // and none of its own
	}
	return []string{strings.Join(values, ",")}
}

// exactTarget keeps the spelling of the target. What begins with two slashes
// would be taken for a host.
func (r Request) exactTarget(req *http.Request) {
	if path, query := r.split(); !strings.HasPrefix(path, "//") {
		req.URL.Opaque, req.URL.RawQuery = path, query
		req.URL.ForceQuery = strings.HasSuffix(r.target, "?") && query == ""
	}
}

// putBody sets the body such that the client sends the request once: it would
// send one without a body again when a connection is cut that it has used before.
func (r Request) putBody(req *http.Request) {
	switch {
	case len(r.body) > 0:
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(r.body)), int64(len(r.body))
	case usuallyWithoutBody(r.method):
		req.Body = io.NopCloser(strings.NewReader(""))
	}
}

// usuallyWithoutBody are the methods for which net/http looks whether a body of
// unknown length is there, and sends none when it is empty.
func usuallyWithoutBody(method string) bool {
	return slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodDelete}, method)
}

// serverLog writes what net/http has to say into the app's log.
type serverLog struct{ logger *zerolog.Logger }

// Write implements io.Writer.
func (l serverLog) Write(p []byte) (int, error) {
	l.logger.Warn().Str("from", "net/http").Msg(strings.TrimSpace(string(p)))
	return len(p), nil
}
