package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

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
func (s simplest) Body() io.Reader                   { return s.body }

func TestTheSimplestHostHasTheSameViewAsAll(t *testing.T) {
	t.Parallel()
	see := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			for _, name := range []string{"X-Key", "x-key", "X-KEY"} {
				if got := fmt.Sprintf("%q %q", req.Header(name), req.Source.HeaderValues(name)); got != `"a,b" ["a,b"]` {
					t.Errorf("%s: got %s", name, got)
				}
			}
			if got := req.Header("host"); got != "shop.example" {
				t.Errorf("the host is %q", got)
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
	req := &fn.Request{Kind: fn.KindHTTP, Authority: "shop.example", Source: simplest{
		header: http.Header{"X-Key": {"a ", "b"}, "Host": {"one", "two"}}, body: strings.NewReader(`{"name":"Ada"}`),
	}}
	if reply := unit.Serve(t.Context(), "see.it", req); string(reply.Body) != "a,b Ada" {
		t.Errorf("got %s", reply.Body)
	}
}

// Middleware may put a source of its own before the one that there is.
func TestASourceOfMiddleware(t *testing.T) {
	t.Parallel()
	replace := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.Source = simplest{header: http.Header{"X-Key": {"c", "d"}}, body: strings.NewReader("other")}
			if got, err := req.Body(ctx); err != nil || string(got) != "other" || req.Header("X-Key") != "c,d" {
				t.Errorf("got %s, %v, %s", got, err, req.Header("X-Key"))
			}
			return next(ctx, req)
		}
	}
	unit, _ := start(t, []fn.Function{fn.Raw("see.it", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil },
		fn.Route("POST /"), fn.Use(replace))})
	if reply := unit.Serve(t.Context(), "see.it", &fn.Request{Kind: fn.KindHTTP, Source: simplest{}}); reply.Status != 200 {
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
			req.Payload = []byte(want)
		}
		if _, err := unit.Invoke(t.Context(), "see.it", req); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
