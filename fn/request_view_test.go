package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// simplest is a host that does no more than it must: names have to be canonical,
// and the body can be read once.
type simplest struct {
	header http.Header
	body   io.Reader
}

func (simplest) PathValue(string) string             { return "" }
func (simplest) RawQuery() string                    { return "" }
func (s simplest) HeaderValues(name string) []string { return s.header[name] }
func (s simplest) HeaderNames() []string             { return slices.Collect(maps.Keys(s.header)) }
func (s simplest) Body() io.Reader                   { return s.body }

func TestTheSimplestHostHasTheSameViewAsAll(t *testing.T) {
	t.Parallel()
	see := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			for _, name := range []string{"X-Key", "x-key", "X-KEY"} {
				if got := fmt.Sprintf("%q %q", req.Header(name), req.Source().HeaderValues(name)); got != `"a,b" ["a,b"]` {
					t.Errorf("%s: got %s", name, got)
				}
			}
			if got := req.Header("host"); got != "shop.example" {
				t.Errorf("the host is %q", got)
			}
			if got := req.Source().HeaderNames(); !slices.Equal(got, []string{"Host", "X-Key"}) {
				t.Errorf("the names are %q", got)
			}
			for range 2 {
				if got, err := req.Body(ctx); err != nil || string(got) != `{"name":"Ada"}` {
					t.Errorf("got %s, %v", got, err)
				}
			}
			return next(ctx, req)
		}
	}
	unit, _ := start(t, []fn.Function{fn.New("see.it", func(_ context.Context, in struct {
		Key  string `header:"X-Key"`
		Name string `json:"name"`
	}) (string, error) {
		return in.Key + " " + in.Name, nil
	}, fn.Route("POST /"), fn.Use(see))})
	req := &fn.Request{Kind: fn.KindHTTP, Authority: "shop.example", From: fn.InputFromSource(simplest{
		header: http.Header{"X-Key": {"a ", "b"}, "Host": {"one", "two"}}, body: strings.NewReader(`{"name":"Ada"}`),
	})}
	if reply := unit.Host("test").Serve(t.Context(), "see.it", req); string(reply.Body) != "a,b Ada" {
		t.Errorf("got %s", reply.Body)
	}
}

// Middleware may put a source of its own before the one that there is.
func TestASourceOfMiddleware(t *testing.T) {
	t.Parallel()
	replace := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.From = fn.InputFromSource(simplest{header: http.Header{"X-Key": {"c", "d"}}, body: strings.NewReader("other")})
			if got, err := req.Body(ctx); err != nil || string(got) != "other" || req.Header("X-Key") != "c,d" {
				t.Errorf("got %s, %v, %s", got, err, req.Header("X-Key"))
			}
			return next(ctx, req)
		}
	}
	unit, _ := start(t, []fn.Function{fn.Raw("see.it", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil },
		fn.Route("POST /"), fn.Use(replace))})
	if reply := unit.Host("test").Serve(t.Context(), "see.it", &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(simplest{})}); reply.Status != 200 {
		t.Errorf("got %d", reply.Status)
	}
}

// Requests without HTTP have their payload for a body, and calls have none.
func TestTheBodyOfOtherKinds(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fn.RequestKind]string{fn.KindDirect: "{}", fn.KindEvent: "{}", fn.KindCall: ""} {
		unit, _ := start(t, []fn.Function{fn.Raw("see.it", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			got, err := req.Body(ctx)
			if string(got) != want {
				err = errors.Join(err, fmt.Errorf("got %q", got))
			}
			return &fn.Reply{}, err
		})})
		req := &fn.Request{Kind: kind}
		if want != "" {
			req.From = fn.InputFromJSON([]byte(want))
		}
		if _, err := unit.Host("test").Invoke(t.Context(), "see.it", req); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// endlessBody is a body of unknown size that does not end.
type endlessBody struct{}

func (endlessBody) Read(p []byte) (int, error) { return copy(p, "a"), nil }

// What middleware is want of a body, whatever the function makes of it.
func TestTheBodyThatMiddlewareAsksFor(t *testing.T) {
	t.Parallel()
	type stream struct {
		Body io.Reader `body:""`
	}
	type value struct {
		Body []byte `body:""`
	}
	takeStream := fn.New("see.it", func(_ context.Context, in stream) (string, error) {
		if in.Body == nil {
			return "", nil
		}
		read, err := io.ReadAll(io.LimitReader(in.Body, 20))
		return string(read), err
	}, fn.Route("POST /"), fn.BodyLimit(4))
	takeValue := fn.New("see.it", func(_ context.Context, in value) (string, error) { return string(in.Body), nil },
		fn.Route("POST /"), fn.BodyLimit(4))
	const before, after = true, false
	tests := map[string]struct {
		function fn.Function
		body     io.Reader
		asks     bool
		want     string
		code     fn.Code
		status   int
		reply    string
	}{
		"none":                          {takeValue, nil, before, "", 0, 200, ""},
		"none, after the function":      {takeValue, nil, after, "", 0, 200, ""},
		"an empty one":                  {takeValue, strings.NewReader(""), before, "", 0, 200, ""},
		"before the function":           {takeValue, strings.NewReader("abcd"), before, "abcd", 0, 200, "abcd"},
		"after the function":            {takeValue, strings.NewReader("abcd"), after, "abcd", 0, 200, "abcd"},
		"too large":                     {takeValue, strings.NewReader("abcde"), before, "", fn.InvalidArgument, 413, ""},
		"too large, after the function": {takeValue, strings.NewReader("abcde"), after, "", fn.InvalidArgument, 413, ""},
		"without an end":                {takeValue, endlessBody{}, before, "", fn.InvalidArgument, 413, ""},
		"broken off":                    {takeValue, io.MultiReader(strings.NewReader("a"), iotest.ErrReader(io.ErrUnexpectedEOF)), before, "", fn.InvalidArgument, 400, ""},
		"before a stream":               {takeStream, strings.NewReader("abcd"), before, "abcd", 0, 200, "abcd"},
		"of a stream that is too large": {takeStream, strings.NewReader("abcdefgh"), before, "", fn.InvalidArgument, 413, ""},
		"after a stream":                {takeStream, strings.NewReader("abcd"), after, "", fn.Internal, 200, "abcd"},
		"of a stream of nothing":        {takeStream, nil, after, "", 0, 200, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ask := func(ctx context.Context, req *fn.Request) {
				for range 2 {
					if got, err := req.Body(ctx); string(got) != test.want || fn.CodeOf(err) != test.code {
						t.Errorf("got %q, %v", got, err)
					}
				}
			}
			look := func(next fn.Invoker) fn.Invoker {
				return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
					if test.asks == before {
						ask(ctx, req)
					}
					reply, err := next(ctx, req)
					if test.asks == after {
						ask(ctx, req)
					}
					return reply, err
				}
			}
			unit, _ := start(t, []fn.Function{test.function}, fn.Use(look))
			reply := unit.Host("test").Serve(t.Context(), "see.it", &fn.Request{Kind: fn.KindHTTP, Route: "POST /", From: fn.InputFromSource(simplest{body: test.body})})
			if reply.Status != test.status || test.status == 200 && string(reply.Body) != test.reply {
				t.Errorf("got %d %s", reply.Status, reply.Body)
			}
		})
	}
}

// A body that somebody else is reading is waited for, as long as the context allows.
func TestABodyThatIsBeingRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body, client := io.Pipe()
		unit, _ := start(t, []fn.Function{fn.Raw("see.it", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			go func() { _, _ = req.Body(context.Background()) }()
			synctest.Wait()
			impatient, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			if _, err := req.Body(impatient); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			go func() {
				_, _ = io.WriteString(client, "abc")
				_ = client.Close()
			}()
			got, err := req.Body(ctx)
			return &fn.Reply{Body: got}, err
		}, fn.Route("POST /"))})
		reply := unit.Host("test").Serve(t.Context(), "see.it", &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(simplest{body: body})})
		if reply.Status != 200 || string(reply.Body) != "abc" {
			t.Errorf("got %d %s", reply.Status, reply.Body)
		}
	})
}

// lister is a host that knows the names of its fields.
type lister struct{ simplest }

func (lister) HeaderNames() []string { return []string{"X-Key"} }

// Names are listed by hosts that can, and the host's own source is behind the view.
func TestTheHostBehindTheView(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		host binding.Source
		want int
	}{
		"one that lists names": {&lister{}, 1},
		"one that cannot":      {&simplest{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			unit, _ := start(t, []fn.Function{fn.Raw("see.it", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
				if got := req.Source().(interface{ HeaderNames() []string }).HeaderNames(); len(got) != test.want {
					t.Errorf("got %q", got)
				}
				if got := req.Source().(interface{ Unwrap() binding.Source }).Unwrap(); got != test.host {
					t.Errorf("the host is %T", got)
				}
				return &fn.Reply{}, nil
			}, fn.Route("POST /"))})
			if reply := unit.Host("test").Serve(t.Context(), "see.it", &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(test.host)}); reply.Status != 200 {
				t.Errorf("got %d", reply.Status)
			}
		})
	}
}
