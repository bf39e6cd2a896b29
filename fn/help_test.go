package fn_test

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// source is a request in memory: the smallest host there is.
type source struct {
	path   map[string]string
	query  string
	header http.Header
	body   string
}

func (s source) PathValue(name string) string      { return s.path[name] }
func (s source) RawQuery() string                  { return s.query }
func (s source) HeaderValues(name string) []string { return s.header.Values(name) }
func (s source) HeaderNames() []string             { return slices.Collect(maps.Keys(s.header)) }
func (s source) Body() io.Reader {
	if s.body == "" {
		return nil
	}
	return strings.NewReader(s.body)
}

// serve runs one HTTP request through the unit.
func serve(t *testing.T, unit *fn.Unit, name string, s source) *fn.Reply {
	t.Helper()
	f, ok := unit.Lookup(name)
	if !ok {
		t.Fatalf("the unit does not serve %s", name)
	}
	req := &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(s)}
	if routes := f.Routes(); len(routes) > 0 {
		req.Route, req.Method = routes[0].Pattern, routes[0].Method()
	}
	return unit.Host("test").Serve(t.Context(), name, req)
}

// start starts an app of the functions, logging to the returned buffer.
func start(t *testing.T, functions []fn.Function, options ...fn.AppOption) (*fn.Unit, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	app := fn.NewApp[fn.NoConfig]("test", append([]fn.AppOption{fn.Logger(zerolog.New(log))}, options...)...)
	app.Add(functions...)
	unit, err := app.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = unit.Stop(context.Background()) })
	return unit, log
}

// problemOf decodes a problem document.
func problemOf(t *testing.T, reply *fn.Reply) map[string]any {
	t.Helper()
	if got := reply.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("the content type is %q, the body %s", got, reply.Body)
	}
	var doc map[string]any
	if err := json.Unmarshal(reply.Body, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

type greetInput struct {
	Name  string `path:"name"   validate:"required,max=10"`
	Times int    `query:"times" validate:"min=1,max=3" default:"1"`
}

type greetOutput struct {
	Text string `json:"text"`
}

func greet(_ context.Context, in greetInput) (greetOutput, error) {
	return greetOutput{Text: strings.Repeat("Hello "+in.Name+"! ", in.Times)}, nil
}

func newGreet() fn.Function { return fn.New("greet.hello", greet, fn.Route("GET /hello/{name}")) }

func startsWithS(_ context.Context, field reflect.Value, _ string) bool {
	return strings.HasPrefix(field.String(), "s")
}
