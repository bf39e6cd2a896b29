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
	"github.com/anygrain/anygrain/fn/fntest"
)

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
		tr := serving(t, deduplicated.With(func(context.Context, depthIn) (depthOut, error) {
			return depthOut{}, c.err.WithHeader("Retry-After", "3")
		}))
		_, err := from(t.Context(), tr, deduplicated, depthIn{1})
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
	f := deduplicated.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.NotFound, "gone").WithDetail("deep", deep).WithDetail("[\"]", []any{"[[", 1})
	})
	_, near := here(t.Context(), t, f, deduplicated, depthIn{1})
	_, far := from(t.Context(), serving(t, f), deduplicated, depthIn{1})
	for _, err := range []error{near, far} {
		e, _ := errors.AsType[*fn.Error](err)
		if e.Code() != fn.NotFound || len(e.Details()) != 1 {
			t.Errorf("got %.300v", err)
		}
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
		f := deduplicated.With(func(context.Context, depthIn) (depthOut, error) { runs++; return depthOut{}, nil })
		ctx, cancel := c.end(t.Context())
		defer cancel()
		_, near := here(ctx, t, f, deduplicated, depthIn{1})
		far := error(nil)
		app := fn.NewApp[fn.NoConfig]("caller", fn.Logger(zerolog.New(io.Discard)))
		app.Add(fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			_, far = deduplicated.Call(ctx, depthIn{1})
			return &fn.Reply{}, nil
		}, fn.Needs(deduplicated)))
		if _, err := app.MustStart(t.Context(), fn.WithTransport(serving(t, f))).Host("test").Invoke(ctx, "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil {
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
			_, err := deduplicated.Call(ctx, depthIn{1})
			return nil, err
		},
		"dealt with": func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			_, _ = deduplicated.Call(ctx, depthIn{1})
			return &fn.Reply{}, nil
		},
	} {
		var log bytes.Buffer
		app := fn.NewApp[fn.NoConfig]("caller", fn.Logger(zerolog.New(&log)))
		app.Add(fn.Raw("web.page", handle, fn.Needs(deduplicated)))
		_, err := app.MustStart(t.Context()).Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent, ID: "r-1"})
		logged := strings.Contains(log.String(), "fn.WithTransport") && strings.Contains(log.String(), "web.page") && strings.Contains(log.String(), "r-1")
		if logged != (err != nil) {
			t.Errorf("%s: the error is %v, the log %q", name, err, log.String())
		}
	}
}

func TestAnErrorThatIsTooLargeIsPassedWithoutItsText(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(deduplicated.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.Aborted, "much").WithDetail("all", strings.Repeat("x", 8<<20))
	}))
	call := `{"function":"deep.once","call":{"v":1,"contract":"` + deduplicated.With(nil).Version() + `"},"in":{"left":1}}`
	got := app.MustStart(t.Context()).Host("test").Answer(t.Context(), &fn.Request{From: fn.InputFromJSON([]byte(call))})
	if len(got) > 1000 || !strings.Contains(string(got), `"code":"aborted"`) {
		t.Errorf("got %d bytes: %.200s", len(got), got)
	}
}
