package fn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// The contracts of a small app whose groups call one another.
type (
	priceIn struct {
		SKU      string         `path:"sku" validate:"required"`
		Quantity int            `query:"quantity" default:"7" validate:"max=100"`
		Tags     []string       `json:"tags"`
		Extra    map[string]int `json:"extra"`
	}
	priceOut struct {
		Cents int      `json:"cents"`
		ETag  string   `header:"ETag"`
		Notes []string `json:"notes"`
	}
	depthIn struct {
		Left int `json:"left"`
	}
	depthOut struct {
		Path string `json:"path"`
	}
)

var (
	price = fn.Define[priceIn, priceOut]("stock.price", fn.Route("POST /prices/{sku}"))
	down  = fn.Define[depthIn, depthOut]("deep.down")
	up    = fn.Define[depthIn, depthOut]("high.up")
)

// newCallers returns an app with a caller of price, and two functions that
// call each other until nothing is left.
func newCallers(handle func(context.Context, priceIn) (priceOut, error), caller func(context.Context) (string, error)) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(middleware.Default()...))
	step := func(next fn.Contract[depthIn, depthOut], name string) func(context.Context, depthIn) (depthOut, error) {
		return func(ctx context.Context, in depthIn) (depthOut, error) {
			if in.Left == 0 {
				return depthOut{Path: name}, nil
			}
			out, err := next.Call(ctx, depthIn{in.Left - 1})
			return depthOut{Path: name + " " + out.Path}, err
		}
	}
	app.Add(
		price.With(handle),
		fn.New("web.page", func(ctx context.Context, _ struct{}) (string, error) { return caller(ctx) },
			fn.Route("GET /page"), fn.Needs(price)),
		down.With(step(up, "down"), fn.Route("POST /down"), fn.Needs(up)),
		up.With(step(down, "up"), fn.Needs(down)),
	)
	return app
}

// onEachGrain calls price from a request; the test fails where that returns an error.
func onEachGrain(t *testing.T, handle func(context.Context, priceIn) (priceOut, error), call func(ctx context.Context) error) {
	t.Helper()
	app := newCallers(handle, func(ctx context.Context) (string, error) { return "", call(ctx) })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/page")); res.Status != 200 {
			t.Errorf("got %v", res)
		}
	}, fntest.Hosts("direct", "http", "grain/group", "grain/function"))
}

func TestACallPassesEveryValue(t *testing.T) {
	ins := map[string]priceIn{
		"everything":        {SKU: "tea", Quantity: 3, Tags: []string{"a", ""}, Extra: map[string]int{"x": 1}},
		"nil":               {SKU: "tea", Quantity: 1},
		"empty, not nil":    {SKU: "tea", Tags: []string{}, Extra: map[string]int{}},
		"zero, no default":  {SKU: "tea", Quantity: 0},
		"text of all sorts": {SKU: "☕\x00\"\\</script>\u2028", Tags: []string{"\t\n"}},
	}
	outs := map[string]priceOut{
		"everything": {Cents: 1 << 53, ETag: `"x"`, Notes: []string{"n"}},
		"nil":        {}, "empty, not nil": {Notes: []string{}}, "zero, no default": {Cents: -1}, "text of all sorts": {ETag: "é"},
	}
	for name, in := range ins {
		t.Run(name, func(t *testing.T) {
			handle := func(_ context.Context, got priceIn) (priceOut, error) {
				if !reflect.DeepEqual(got, in) {
					return priceOut{}, fmt.Errorf("the function got %#v", got)
				}
				return outs[name], nil
			}
			onEachGrain(t, handle, func(ctx context.Context) error {
				out, err := price.Call(ctx, in)
				if err == nil && !reflect.DeepEqual(out, outs[name]) {
					err = fmt.Errorf("the caller got %#v", out)
				}
				return err
			})
		})
	}
}

func TestACallPassesEveryError(t *testing.T) {
	secret := errors.New("secret")
	tests := map[string]struct {
		err  error
		want string // of code, status, message, violations, details, header
	}{
		"plain":        {fn.Errorf(fn.NotFound, "no %s", "tea"), "not_found 404 no tea [] map[] []"},
		"with a cause": {fn.Errorf(fn.Aborted, "again").WithCause(secret), "aborted 409 again [] map[] []"},
		"with details": {fn.Errorf(fn.ResourceExhausted, "slow down").WithDetail("limit", 9007199254740993).WithDetail("half", 0.5).WithDetail("why", []string{"x"}).WithHeader("Retry-After", "3").WithStatus(418),
			"resource_exhausted 418 slow down [] map[half:0.5 limit:9007199254740993 why:[x]] [{Retry-After 3}]"},
		"with violations":  {fn.Errorf(fn.InvalidArgument, "no").WithViolations(fn.Violation{Location: "path.sku", Rule: "known", Message: "must be known"}), "invalid_argument 400 no [{path.sku known must be known}] map[] []"},
		"any other error":  {secret, "internal 500  [] map[] []"},
		"opaque with text": {fn.Errorf(fn.DataLoss, "the disk is gone").WithDetail("disk", 1), "data_loss 500  [] map[] []"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			handle := func(context.Context, priceIn) (priceOut, error) { return priceOut{}, test.err }
			onEachGrain(t, handle, func(ctx context.Context) error {
				_, err := price.Call(ctx, priceIn{SKU: "tea"})
				e, ok := errors.AsType[*fn.Error](err)
				if !ok {
					return fmt.Errorf("got %v", err)
				}
				got := fmt.Sprint(e.Code(), " ", e.HTTPStatus(), " ", e.Message(), " ", e.Violations(), " ", e.Details(), " ", e.Header())
				switch {
				case got != test.want:
					return fmt.Errorf("got  %s\nwant %s", got, test.want)
				case errors.Is(err, secret), errors.Is(err, fn.ErrRemote), strings.Contains(err.Error(), "secret"):
					return fmt.Errorf("the error carries what stays with the function: %w", err)
				}
				return nil
			})
		})
	}
}

func TestACallIsValidated(t *testing.T) {
	handle := func(context.Context, priceIn) (priceOut, error) { return priceOut{}, errors.New("it ran") }
	onEachGrain(t, handle, func(ctx context.Context) error {
		_, err := price.Call(ctx, priceIn{Quantity: 101})
		e, _ := errors.AsType[*fn.Error](err)
		if e == nil || e.Code() != fn.InvalidArgument || e.HTTPStatus() != 422 || len(e.Violations()) != 2 || e.Violations()[1].Location != "query.quantity" {
			return fmt.Errorf("got %v", err)
		}
		return nil
	})
}

func TestAPanicOfACalleeIsAnOpaqueError(t *testing.T) {
	handle := func(context.Context, priceIn) (priceOut, error) { panic("boom") }
	onEachGrain(t, handle, func(ctx context.Context) error {
		if _, err := price.Call(ctx, priceIn{SKU: "x"}); fn.CodeOf(err) != fn.Internal || strings.Contains(err.Error(), "boom") {
			return fmt.Errorf("got %v", err)
		}
		return nil
	})
}

type ctxKey struct{}

func TestACalleeSeesTheCallersRequestAndNotItsValues(t *testing.T) {
	const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	var callerID atomic.Value
	handle := func(ctx context.Context, _ priceIn) (priceOut, error) {
		req, _ := fn.RequestFrom(ctx)
		end, ok := ctx.Deadline()
		switch {
		case req.Kind != fn.KindCall, req.Function().Name() != "stock.price":
			return priceOut{}, fmt.Errorf("kind %s of %s", req.Kind, req.Function().Name())
		case req.ID != callerID.Load(), middleware.RequestIDFrom(ctx) != req.ID:
			return priceOut{}, fmt.Errorf("the id is %q, the caller's %q", req.ID, callerID.Load())
		case req.TraceParent != trace:
			return priceOut{}, fmt.Errorf("the trace parent is %q", req.TraceParent)
		case !ok || time.Until(end) > 10*time.Second:
			return priceOut{}, fmt.Errorf("the deadline is %v", end)
		case ctx.Value(ctxKey{}) != nil:
			return priceOut{}, errors.New("a value of the caller's context is there")
		}
		return priceOut{}, nil
	}
	app := newCallers(handle, func(ctx context.Context) (string, error) {
		req, _ := fn.RequestFrom(ctx)
		callerID.Store(req.ID)
		ctx, cancel := context.WithTimeout(context.WithValue(ctx, ctxKey{}, 1), 10*time.Second)
		defer cancel()
		_, err := price.Call(ctx, priceIn{SKU: "x"})
		return "", err
	})
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/page").Header("Traceparent", trace)); res.Status != 200 {
			t.Errorf("got %v", res)
		}
	})
}

func TestCallsWithinCalls(t *testing.T) {
	app := newCallers(func(context.Context, priceIn) (priceOut, error) { return priceOut{}, nil }, func(context.Context) (string, error) { return "", nil })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		res := c.Do(fntest.Post("/down").JSON(depthIn{5}))
		if want := `{"path":"down up down up down up"}`; string(res.Body) != want {
			t.Errorf("got %v, want %s", res, want)
		}
		if res = c.Do(fntest.Post("/down").JSON(depthIn{fn.MaxDepth - 1})); res.Status != 200 {
			t.Errorf("the deepest: %v", res)
		}
		if res = c.Do(fntest.Post("/down").JSON(depthIn{fn.MaxDepth})); res.Status != 500 {
			t.Errorf("too deep: %v", res)
		}
		for _, line := range c.Logs() {
			if text, _ := line["error"].(string); strings.Contains(text, "looks like a cycle: deep.down → high.up → deep.down →") {
				return
			}
		}
		t.Errorf("the path is in none of %v", c.Logs())
	})
}

func TestAnUndeclaredCall(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		price.With(func(context.Context, priceIn) (priceOut, error) { return priceOut{}, nil }),
		fn.New("web.page", func(ctx context.Context, _ struct{}) (string, error) {
			_, err := price.Call(ctx, priceIn{SKU: "x"})
			return "called", err
		}, fn.Route("GET /page")),
	)
	const want = "web.page (fn/contract_test.go"
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/page")); res.Status != 500 {
			t.Errorf("got %v", res)
		}
		if text := fmt.Sprint(c.Logs()); !strings.Contains(text, want) || !strings.Contains(text, "add fn.Needs") {
			t.Errorf("it is not said who and what: %s", text)
		}
	}, fntest.Without(fntest.Shared))
	t.Run("goes on in production and is logged once", func(t *testing.T) {
		var log bytes.Buffer
		unit := app.MustStart(t.Context(), fn.WithLogger(zerolog.New(&log)))
		for range 2 {
			if _, err := fn.Call[struct{}, string](t.Context(), unit, "web.page", struct{}{}); err != nil {
				t.Error(err)
			}
		}
		if text := log.String(); strings.Count(text, "undeclared call") != 1 || !strings.Contains(text, want) || !strings.Contains(text, `"level":"error"`) {
			t.Errorf("logged: %s", text)
		}
	})
}

func TestWhatIsWrongWithAContractIsReportedByTheApps(t *testing.T) {
	bad := fn.Define[struct {
		Limit int `query:"limit" default:"many"`
	}, string]("stock.bad")
	other := fn.Define[struct{}, string]("stock.price")
	nothing := func(context.Context, struct{}) (string, error) { return "", nil }
	secret := fn.Define[struct{ Key config.Secret }, string]("stock.secret")
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		fn.New("web.page", nothing, fn.Needs(bad, other, nil, secret)),
		price.With(nil),
		fn.Contract[struct{}, string]{}.With(nothing),
	)
	_, err := app.Start(t.Context())
	for _, want := range []string{
		"is a config.Secret, which is never written", "stock.bad: ", `"many"`, // of a contract that is only used
		"stock.price as func(struct {}) (string, error)", "import one contract on both sides",
		"Needs: a need is nil", "stock.price: the handler is nil", "zero Function",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

// A contract's options and problems are there once, however many have it.
func TestProblemsAreSaidOnce(t *testing.T) {
	bad := fn.Define[struct {
		ID string `path:"id"`
	}, string]("stock.bad", fn.Route("GET /bad"))
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		bad.With(func(context.Context, struct {
			ID string `path:"id"`
		}) (string, error) {
			return "", nil
		}),
		fn.New("web.page", func(context.Context, struct{}) (string, error) { return "", nil }, fn.Needs(bad)),
	)
	_, err := app.Start(t.Context())
	if err == nil || strings.Count(err.Error(), "is not a wildcard") != 1 {
		t.Errorf("got %v", err)
	}
}

func TestACallNeedsARequest(t *testing.T) {
	_, err := price.Call(t.Context(), priceIn{SKU: "x"})
	if err == nil || !strings.Contains(err.Error(), "call of stock.price: the context does not belong to a request") || !strings.Contains(err.Error(), "fntest.Context") {
		t.Errorf("got %v", err)
	}
}

func TestIdempotentBelongsToTheContract(t *testing.T) {
	handler := func(context.Context, depthIn) (depthOut, error) { return depthOut{}, nil }
	for name, f := range map[string]fn.Function{
		"With": deduplicated.With(handler, fn.Idempotent()),
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
