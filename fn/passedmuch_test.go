package fn_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// here calls the contract from a request of a unit that serves the function.
func here[In, Out any](ctx context.Context, t *testing.T, f fn.Function, c fn.Contract[In, Out], in In, options ...fn.StartOption) (out Out, err error) {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(io.Discard)))
	app.Add(f, fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		out, err = c.Call(ctx, in)
		return &fn.Reply{}, nil
	}, fn.Uses(c)))
	if _, err := app.MustStart(context.WithoutCancel(ctx), options...).Invoke(ctx, "web.page", &fn.Request{Trigger: fn.TriggerEvent}); err != nil {
		t.Fatal(err)
	}
	return out, err
}

// What is copied within a unit is not sent, so that nothing is too large.
func TestALargeCallWithinAUnit(t *testing.T) {
	type anyIn struct{ V any }
	echo := fn.Define[anyIn, anyIn]("deep.echo")
	f := echo.With(func(_ context.Context, in anyIn) (anyIn, error) { return in, nil })
	out, err := here(t.Context(), t, f, echo, anyIn{strings.Repeat("x", 7<<20)}, fn.Strict(true))
	if text, _ := out.V.(string); err != nil || len(text) != 7<<20 {
		t.Errorf("got %d bytes, %v", len(text), err)
	}
}

// An error that is larger than what passes arrives without what is large in it.
func TestALargeErrorKeepsWhatPasses(t *testing.T) {
	much := strings.Repeat("x", 7<<20)
	for name, c := range map[string]struct {
		err                 *fn.Error
		message             string
		details, violations int
	}{
		"a detail":    {fn.Errorf(fn.NotFound, "gone").WithDetail("much", much).WithViolations(fn.Violation{Location: "a"}), "gone", 0, 1},
		"a violation": {fn.Errorf(fn.NotFound, "gone").WithDetail("a", 1).WithViolations(fn.Violation{Location: much}), "gone", 0, 0},
		"the message": {fn.Errorf(fn.NotFound, "%s", much), "", 0, 0},
	} {
		tr := serving(t, once.With(func(context.Context, depthIn) (depthOut, error) {
			return depthOut{}, c.err.WithHeader("Retry-After", "3")
		}))
		_, err := from(t.Context(), tr, once, depthIn{1})
		got, _ := errors.AsType[*fn.Error](err)
		if got.Code() != fn.NotFound || got.Message() != c.message || len(got.Details()) != c.details || len(got.Violations()) != c.violations {
			t.Errorf("%s: got %v", name, err)
		}
		if kept := len(got.Header()) == 1; kept != (c.message != "") {
			t.Errorf("%s: got the header %v", name, got.Header())
		}
	}
}

// A detail that is too deep is left out on every way, since a caller's caller could not read it.
func TestADetailThatIsTooDeep(t *testing.T) {
	var deep any = 1
	for range 9998 {
		deep = []any{deep}
	}
	f := once.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.NotFound, "gone").WithDetail("deep", deep).WithDetail("[\"]", []any{"[[", 1})
	})
	_, near := here(t.Context(), t, f, once, depthIn{1})
	_, far := from(t.Context(), serving(t, f), once, depthIn{1})
	for _, err := range []error{near, far} {
		e, _ := errors.AsType[*fn.Error](err)
		if e.Code() != fn.NotFound || len(e.Details()) != 1 {
			t.Errorf("got %.300v", err)
		}
	}
}

// JSON is read 10,000 levels deep, of which the envelope of a call between units has some.
func TestAnInAlmostTooDeepForJSON(t *testing.T) {
	type anyIn struct{ V any }
	echo := fn.Define[anyIn, anyIn]("deep.echo")
	f := echo.With(func(_ context.Context, in anyIn) (anyIn, error) { return in, nil })
	in := anyIn{1}
	for range 9999 {
		in.V = []any{in.V}
	}
	if _, err := here(t.Context(), t, f, echo, in); err != nil {
		t.Errorf("in one unit: %.300v", err)
	}
	if _, err := from(t.Context(), serving(t, f), echo, in); fn.CodeOf(err) != fn.Internal || errors.Is(err, fn.ErrRemote) {
		t.Errorf("between units: %.300v", err)
	}
}

func TestNamesOfDetailsThatAreNotText(t *testing.T) {
	e := fn.Errorf(fn.NotFound, "gone").WithDetail("a\xff", 1).WithDetail("a\xfe", 2)
	document, _ := e.AppendProblem(nil)
	if strings.Count(string(document), "a\uFFFD") != 1 || len(e.Details()) != 1 {
		t.Errorf("got %s", document)
	}
}

// A call whose time is over is not made, whether the function is here or elsewhere.
func TestACallWhoseTimeIsOver(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(context.Context) (context.Context, context.CancelFunc)
		code fn.Code
	}{
		"deadline": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, time.Unix(0, 0))
		}, fn.DeadlineExceeded},
		"canceled": {func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx, cancel
		}, fn.Canceled},
	} {
		runs := 0
		f := once.With(func(context.Context, depthIn) (depthOut, error) { runs++; return depthOut{}, nil })
		ctx, cancel := c.end(t.Context())
		defer cancel()
		_, near := here(ctx, t, f, once, depthIn{1})
		far := error(nil)
		app := fn.NewApp[fn.NoConfig]("caller", fn.Logger(zerolog.New(io.Discard)))
		app.Add(fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			_, far = once.Call(ctx, depthIn{1})
			return &fn.Reply{}, nil
		}, fn.Uses(once)))
		if _, err := app.MustStart(t.Context(), fn.WithTransport(serving(t, f))).Invoke(ctx, "web.page", &fn.Request{Trigger: fn.TriggerEvent}); err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{near, far} {
			if fn.CodeOf(err) != c.code || !errors.Is(err, fn.ErrRemote) || runs > 0 {
				t.Errorf("%s: got %v after %d runs", name, err, runs)
			}
		}
	}
}

// An app without an access log says why a call got no answer, since nobody else does.
func TestACallWithoutAnAnswerIsLogged(t *testing.T) {
	for name, handle := range map[string]fn.Invoker{
		"handed on": func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			_, err := once.Call(ctx, depthIn{1})
			return nil, err
		},
		"dealt with": func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			_, _ = once.Call(ctx, depthIn{1})
			return &fn.Reply{}, nil
		},
	} {
		var log bytes.Buffer
		app := fn.NewApp[fn.NoConfig]("caller", fn.Logger(zerolog.New(&log)))
		app.Add(fn.Raw("web.page", handle, fn.Uses(once)))
		_, err := app.MustStart(t.Context()).Invoke(t.Context(), "web.page", &fn.Request{Trigger: fn.TriggerEvent, ID: "r-1"})
		logged := strings.Contains(log.String(), "fn.WithTransport") && strings.Contains(log.String(), "web.page") && strings.Contains(log.String(), "r-1")
		if logged != (err != nil) {
			t.Errorf("%s: the error is %v, the log %q", name, err, log.String())
		}
	}
}
