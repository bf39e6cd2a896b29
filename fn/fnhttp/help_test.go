package fnhttp_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// newApp returns an app of the functions that logs to out.
func newApp(out io.Writer, functions []fn.Function, options ...fn.AppOption) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("test", append(options, fn.Logger(zerolog.New(out)))...)
	app.Add(functions...)
	if len(functions) == 0 { // an app has at least one
		app.Add(fn.Raw("test.nothing", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }))
	}
	return app
}

func quiet() zerolog.Logger { return zerolog.New(io.Discard) }

// newHandler serves the functions, silently.
func newHandler(t testing.TB, functions []fn.Function, options ...fnhttp.Option) *fnhttp.Handler {
	t.Helper()
	return newAppHandler(t, newApp(io.Discard, functions), options...)
}

func newAppHandler(t testing.TB, app fn.Starter, options ...fnhttp.Option) *fnhttp.Handler {
	t.Helper()
	h, err := fnhttp.New(t.Context(), app, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return h
}

// text is a function that answers with the text.
func text(name, answer string, options ...fn.FunctionOption) fn.Function {
	return fn.Raw(name, func(context.Context, *fn.Request) (*fn.Reply, error) {
		return textReply(answer), nil
	}, options...)
}

func textReply(answer string) *fn.Reply {
	reply := &fn.Reply{Status: 200, Body: []byte(answer)}
	reply.Header.Set("Content-Type", "text/plain; charset=utf-8")
	return reply
}

// ask sends one request to the handler, without a network.
func ask(h http.Handler, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w
}

// buffer is a bytes.Buffer that a test can read while a server writes.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// pipes is a net.Listener without a network, so that servers can be tested
// with synctest.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes {
	return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipes) Addr() net.Addr { return pipeAddr{} }

func (l *pipes) dial() (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, fmt.Errorf("dial: %w", net.ErrClosed)
	}
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// client sends requests through the pipes, each on a connection of its own.
func (l *pipes) client() *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DisableKeepAlives: true,
			DialContext:       func(context.Context, string, string) (net.Conn, error) { return l.dial() },
		},
	}
}

// get returns status and body.
func get(client *http.Client, path string) (int, string, error) {
	res, err := client.Get("http://test" + path)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

// serveRaw serves h on pipes until the test ends.
func serveRaw(t *testing.T, h http.Handler) *pipes {
	t.Helper()
	l := newPipes()
	server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return l
}

// exchange sends the bytes on one connection and returns what comes back until
// the server closes it.
func exchange(t *testing.T, l *pipes, request string) string {
	t.Helper()
	conn, err := l.dial()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		_, _ = io.WriteString(conn, request)
	}()
	answer, err := io.ReadAll(bufio.NewReader(conn))
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	<-sent
	return string(answer)
}

// containsAll reports what of the parts is missing.
func containsAll(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing in %q", part, got)
		}
	}
}
