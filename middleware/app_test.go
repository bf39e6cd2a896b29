package middleware_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/textproto"
	"slices"
	"sync"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// source is a request's header; the tests need no other part.
type source map[string]string

func (source) PathValue(string) string { return "" }
func (source) RawQuery() string        { return "" }
func (source) Body() io.Reader         { return nil }
func (s source) HeaderNames() []string { return slices.Collect(maps.Keys(s)) }

func (s source) HeaderValues(name string) []string {
	for n, value := range s {
		if textproto.CanonicalMIMEHeaderKey(n) == name {
			return []string{value}
		}
	}
	return nil
}

// get is a request that matched the route of the test app.
func get(header source) *fn.Request {
	return &fn.Request{
		Kind: fn.KindHTTP, Route: "GET /orders/{id}",
		Method: "GET", Path: "/orders/7", From: fn.InputFromSource(header),
	}
}

// logs collects log lines; late ones come from other goroutines.
type logs struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logs) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// lines parses the log.
func (l *logs) lines(t *testing.T) []map[string]any {
	t.Helper()
	var lines []map[string]any
	for d := json.NewDecoder(bytes.NewBufferString(l.text())); ; {
		var line map[string]any
		switch err := d.Decode(&line); err {
		case nil:
			lines = append(lines, line)
		case io.EOF:
			return lines
		default:
			t.Fatalf("the log is not JSON: %v\n%s", err, l.text())
		}
	}
}

// only returns the log's only line.
func (l *logs) only(t *testing.T) map[string]any {
	t.Helper()
	lines := l.lines(t)
	if len(lines) != 1 {
		t.Fatalf("%d log lines, want 1:\n%s", len(lines), l.text())
	}
	return lines[0]
}

// start starts an app with the function orders.get inside the middleware.
func start(t testing.TB, handler fn.Invoker, use []fn.Middleware, options ...fn.FunctionOption) (*fn.Unit, *logs) {
	t.Helper()
	l := &logs{}
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.New(l)), fn.Use(use...))
	app.Add(fn.Raw("orders.get", handler, append(options, fn.Route("GET /orders/{id}"))...))
	unit, err := app.Start(t.Context(), fn.WithConfig(fn.NoConfig{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // waits for abandoned functions
		if err := unit.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return unit, l
}

// serve serves one request that matched.
func serve(t testing.TB, handler fn.Invoker, use []fn.Middleware, header source) (*fn.Reply, *logs) {
	t.Helper()
	unit, l := start(t, handler, use)
	return unit.Host("test").Serve(t.Context(), "orders.get", get(header)), l
}

func ok(context.Context, *fn.Request) (*fn.Reply, error) {
	return &fn.Reply{Status: 200, Body: []byte("ok")}, nil
}

func fails(err error) fn.Invoker {
	return func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, err }
}

func list(m ...fn.Middleware) []fn.Middleware { return m }
