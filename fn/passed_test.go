package fn_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fntest"
)

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
				return priceOut{Notes: []string{fn.RequestFrom(ctx).TraceParent}}, nil
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

// Errors with texts that no JSON has arrive, and say the same in one unit and two.
func TestAnErrorPassesOnWhatCanBeWritten(t *testing.T) {
	gone := fn.Errorf(fn.NotFound, "gone").WithDetail("a", 1)
	for name, failure := range map[string]*fn.Error{
		"a message":            fn.Errorf(fn.NotFound, "no \xff").WithDetail("a", 1),
		"a violation":          gone.WithViolations(fn.Violation{Location: "path.a", Rule: "r", Message: "\xff"}),
		"a detail":             gone.WithDetail("b", "\xff"),
		"the name of a detail": gone.WithDetail("\xff", "x"),
		"a detail that panics": gone.WithDetail("b", panics{}),
		"a detail of none":     gone.WithDetail("b", make(chan int)),
		"a header in Latin-1":  gone.WithHeader("X-A", "caf\xe9"),
		"a header of two":      gone.WithHeader("X-A", "a\nX-B: b"),
		"a header of another":  gone.WithHeader("content-length", "3").WithHeader("transfer-encoding", "chunked").WithHeader("connection", "close"),
	} {
		t.Run(name, func(t *testing.T) {
			app := newCallers(func(context.Context, priceIn) (priceOut, error) { return priceOut{}, failure }, func(ctx context.Context) (string, error) {
				_, err := price.Call(ctx, priceIn{SKU: "a"})
				return "", err
			})
			request := fntest.Get("/page").Header("X-Request-Id", "r-1")
			fntest.Same(t, app, []fntest.Request{request}, fntest.Hosts("direct", "http", "grain/group", "grain/function", "grain/group/http"))
			res := fntest.New(t, app).Do(request)
			if p := res.Problem(); p == nil || p.Status != 404 || p.Others["a"] != 1.0 || !strings.HasPrefix(p.Detail, "gone") && name != "a message" {
				t.Errorf("got %v", res)
			}
			if got := res.Header.Get("Content-Length") + res.Header.Get("Transfer-Encoding") + res.Header.Get("X-B"); got != "" {
				t.Errorf("header %v", res.Header)
			}
		})
	}
}

// A callee sees what the host of its own request says of it, in one unit too.
func TestACalleeSeesTheValuesOfTheHost(t *testing.T) {
	for name, middleware := range map[string][]fn.Middleware{
		"straight":        nil,
		"with middleware": {func(next fn.Invoker) fn.Invoker { return next }},
	} {
		t.Run(name, func(t *testing.T) {
			var id string
			app := fn.NewApp[fn.NoConfig]("shop", fn.Use(middleware...))
			app.Add(once.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
				if lc, ok := lambdacontext.FromContext(ctx); ok {
					id = lc.AwsRequestID
				}
				return depthOut{}, nil
			}), fn.New("web.page", func(ctx context.Context, _ struct{}) (depthOut, error) {
				return once.Call(context.WithValue(ctx, foreignKey{}, 1), depthIn{})
			}, fn.Uses(once)))
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

// While a call waits to be sent again, its caller can go away.
func TestACallerGoesAwayBetweenTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Millisecond, cancel)
		tr := &transport{carry: func(context.Context, string, []byte) ([]byte, error) { return nil, errors.New("refused") }}
		_, err := from(ctx, tr, twice, depthIn{})
		if fn.CodeOf(err) != fn.Canceled || !errors.Is(err, fn.ErrRemote) || tr.tries != 1 {
			t.Errorf("got %v after %d tries", err, tr.tries)
		}
	})
}

// What a client learns of two builds that do not go together is that it is none
// of its fault.
func TestAClientDoesNotLearnOfVersions(t *testing.T) {
	type other struct {
		Other int `json:"other" validate:"required"`
	}
	theirs := fn.Define[other, depthOut]("deep.once")
	tr := serving(t, theirs.With(func(context.Context, other) (depthOut, error) { return depthOut{}, nil }))
	app := fn.NewApp[fn.NoConfig]("caller")
	app.Add(fn.New("web.page", func(ctx context.Context, _ struct{}) (depthOut, error) { return once.Call(ctx, depthIn{1}) }, fn.Route("GET /page"), fn.Uses(once)))
	res := fntest.New(t, app, fntest.Start(fn.WithTransport(tr))).Do(fntest.Get("/page"))
	body := string(res.Body)
	if res.Status != 500 || strings.Contains(body, "deep") || strings.Contains(body, once.With(nil).Version()) {
		t.Errorf("got %v", res)
	}
}

func TestIdempotentBelongsToTheContract(t *testing.T) {
	handler := func(context.Context, depthIn) (depthOut, error) { return depthOut{}, nil }
	for name, f := range map[string]fn.Function{
		"With": once.With(handler, fn.Idempotent()),
		"New":  fn.New("deep.other", handler, fn.Idempotent()),
	} {
		if err := f.Err(); err == nil || !strings.Contains(err.Error(), "give it to fn.Define") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := twice.With(handler).Err(); err != nil {
		t.Error(err)
	}
}
