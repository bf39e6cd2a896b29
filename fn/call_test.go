package fn_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fntest"
)

// callUnits returns two ways of calling the same function from a request: in
// the process, and through bytes.
func callUnits(tb testing.TB) (local, remote *fn.Unit) {
	callee := deduplicated.With(func(_ context.Context, in depthIn) (depthOut, error) { return depthOut{Path: "x"}, nil })
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(callee, fn.Raw("web.page", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		body, err := req.Input(ctx)
		body.(func(context.Context))(ctx)
		return &fn.Reply{}, err
	}, fn.Needs(deduplicated)))
	local = app.MustStart(tb.Context())
	there := local.Host("test").Part(nil, "deep.once")
	tr := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return there.Host("test").Answer(ctx, &fn.Request{From: fn.InputFromJSON(payload)}), nil
	}}
	return local, local.Host("test").Part(tr, "web.page")
}

// within runs body in a request of the unit.
func within(tb testing.TB, unit *fn.Unit, body func(ctx context.Context)) {
	tb.Helper()
	if _, err := unit.Host("test").Invoke(tb.Context(), "web.page", &fn.Request{Kind: fn.KindEvent, From: fn.InputFromValue(body)}); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkCall(b *testing.B) {
	local, remote := callUnits(b)
	for name, unit := range map[string]*fn.Unit{"local": local, "remote, in memory": remote} {
		b.Run(name, func(b *testing.B) {
			within(b, unit, func(ctx context.Context) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := deduplicated.Call(ctx, depthIn{1}); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// TestLocalCallAllocates: the In, for its validation and for whoever asks for the
// request, and the context of the callee.
func TestLocalCallAllocates(t *testing.T) {
	local, _ := callUnits(t)
	within(t, local, func(ctx context.Context) {
		got := math.Inf(1)
		for range 5 { // what else runs in this process is counted too
			got = min(got, testing.AllocsPerRun(100, func() {
				if _, err := deduplicated.Call(ctx, depthIn{1}); err != nil {
					t.Error(err)
				}
			}))
		}
		if got > 2 {
			t.Errorf("a local call allocates %v times, want 2 at most", got)
		}
	})
}

// A client can send anything as its trace parent. What is none is not passed on,
// and above all it breaks no call.
func TestACallPassesOnATraceParentOrNone(t *testing.T) {
	const good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	for name, test := range map[string]struct{ sent, want string }{
		"one":              {good, good},
		"of the future":    {"7f" + good[2:] + "-more", "7f" + good[2:] + "-more"},
		"too long":         {strings.Repeat("a", 600), ""},
		"with a tab":       {"a\tb", ""},
		"no text":          {"\xff", ""},
		"capital letters":  {strings.ToUpper(good), ""},
		"no trace":         {"00-00000000000000000000000000000000-b7ad6b7169203331-01", ""},
		"a version for no": {"ff" + good[2:], ""},
		"more than it has": {good + "-more", ""},
	} {
		t.Run(name, func(t *testing.T) {
			app := newCallers(func(ctx context.Context, _ priceIn) (priceOut, error) {
				req, _ := fn.RequestFrom(ctx)
				return priceOut{Notes: []string{req.TraceParent}}, nil
			}, func(ctx context.Context) (string, error) {
				out, err := price.Call(ctx, priceIn{SKU: "a"})
				return strings.Join(out.Notes, ""), err
			})
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				if res := c.Do(fntest.Get("/page").Header("Traceparent", test.sent)); res.Status != 200 || string(res.Body) != test.want {
					t.Errorf("got %v, want %s", res, test.want)
				}
			}, fntest.Hosts("direct", "http", "grain/group", "grain/function", "grain/group/http"))
		})
	}
}

// A callee sees what the host of its own request says of it, in one unit too.
func TestACalleeSeesTheValuesOfTheHost(t *testing.T) {
	for name, middleware := range map[string][]fn.Middleware{
		"fast":            nil,
		"with middleware": {func(next fn.Invoker) fn.Invoker { return next }},
	} {
		t.Run(name, func(t *testing.T) {
			var id string
			app := fn.NewApp[fn.NoConfig]("shop", fn.Use(middleware...))
			app.Add(deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
				if lc, ok := lambdacontext.FromContext(ctx); ok {
					id = lc.AwsRequestID
				}
				return depthOut{}, nil
			}), fn.New("web.page", func(ctx context.Context, _ struct{}) (depthOut, error) {
				return deduplicated.Call(context.WithValue(ctx, foreignKey{}, 1), depthIn{})
			}, fn.Needs(deduplicated)))
			h, err := fnlambda.New(t.Context(), app)
			if err != nil {
				t.Fatal(err)
			}
			ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "r-1"})
			if _, err := h.Invoke(ctx, []byte(`{"function":"web.page","in":{}}`)); err != nil || id != "r-1" {
				t.Errorf("got %q, %v", id, err)
			}
		})
	}
}
