package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// transport is a fn.Transport that is a function, and counts.
type transport struct {
	carry func(ctx context.Context, function string, payload []byte) ([]byte, error)
	tries int
}

func (t *transport) Carry(ctx context.Context, function string, payload []byte) ([]byte, error) {
	t.tries++
	return t.carry(ctx, function, payload)
}

// from calls the contract from a request of a unit that does not serve it.
func from[In, Out any](ctx context.Context, tr fn.Transport, c fn.Contract[In, Out], in In) (out Out, err error) {
	app := fn.NewApp[fn.NoConfig]("caller", fn.Logger(zerolog.New(io.Discard)))
	app.Add(fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		out, err = c.Call(ctx, in)
		return &fn.Reply{}, nil
	}, fn.Needs(c)))
	unit, startErr := app.Start(ctx, fn.WithTransport(tr))
	if startErr != nil {
		return out, startErr
	}
	_, invokeErr := unit.Host("test").Invoke(ctx, "web.page", &fn.Request{Kind: fn.KindEvent, ID: "r-1"})
	return out, errors.Join(err, invokeErr)
}

// serving starts a unit with the function and returns a transport to it.
func serving(t *testing.T, f fn.Function, options ...fn.AppOption) *transport {
	app := fn.NewApp[fn.NoConfig]("callee", append(options, fn.Logger(zerolog.New(io.Discard)))...)
	app.Add(f)
	unit := app.MustStart(t.Context())
	return &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return unit.Host("test").Answer(ctx, &fn.Request{From: fn.InputFromJSON(payload)}), nil
	}}
}

var (
	deduplicated = fn.Define[depthIn, depthOut]("deep.once")
	twice        = fn.Define[depthIn, depthOut]("deep.twice", fn.Idempotent())
)

func TestFaultsOfTheRemoteLeg(t *testing.T) {
	answer := func(text string) func(context.Context, string, []byte) ([]byte, error) {
		return func(context.Context, string, []byte) ([]byte, error) { return []byte(text), nil }
	}
	failing := func(err error) func(context.Context, string, []byte) ([]byte, error) {
		return func(context.Context, string, []byte) ([]byte, error) { return nil, err }
	}
	silent := func(ctx context.Context, _ string, _ []byte) ([]byte, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	tests := map[string]struct {
		carry func(context.Context, string, []byte) ([]byte, error)
		code  fn.Code
		text  string // in the error's whole text
		tries int    // of a contract that is idempotent
	}{
		"dead":                         {failing(errors.New("connection refused")), fn.Unavailable, "call of deep.", 4},
		"a connection takes too long":  {failing(fmt.Errorf("dial: %w", context.DeadlineExceeded)), fn.Unavailable, "dial", 4}, // as package net says it
		"the wrong unit":               {answer(`{"v":1,"contract":"","error":{"code":"unimplemented","fault":"unserved"}}`), fn.Unimplemented, "does not serve it", 1},
		"slow":                         {silent, fn.DeadlineExceeded, "deadline", 1},
		"garbage":                      {answer("<html>"), fn.Unavailable, "read the answer", 4},
		"nothing":                      {answer(""), fn.Unavailable, "read the answer", 4},
		"half an answer":               {answer(`{"v":1,"contract":"x","out":{"pa`), fn.Unavailable, "read the answer", 4},
		"neither out nor error":        {answer(`{"v":1,"contract":"x"}`), fn.Unavailable, "either an out or an error", 4},
		"out and error":                {answer(`{"v":1,"contract":"x","out":{},"error":{"code":"aborted"}}`), fn.Unavailable, "either an out or an error", 4},
		"an error message of Lambda's": {answer(`{"errorMessage":"x","errorType":"y"}`), fn.Unavailable, "version 0", 4},
		"an envelope of the future":    {answer(`{"v":2,"contract":"x","out":{}}`), fn.Unavailable, "has version 2, this unit knows 1", 4},
		"nobody serves it":             {failing(fn.Errorf(fn.Unimplemented, "no rule")), fn.Unimplemented, "no rule", 1},
		"too large":                    {failing(fn.Errorf(fn.ResourceExhausted, "6 MB")), fn.ResourceExhausted, "6 MB", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, c := range []fn.Contract[depthIn, depthOut]{deduplicated, twice} {
				synctest.Test(t, func(t *testing.T) { // a goroutine that is left behind fails it
					ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
					defer cancel()
					begin := time.Now()
					tr := &transport{carry: test.carry}
					_, err := from(ctx, tr, c, depthIn{})
					if fn.CodeOf(err) != test.code || !errors.Is(err, fn.ErrRemote) || !strings.Contains(err.Error(), test.text) || !strings.Contains(err.Error(), c.Name()) {
						t.Errorf("got %v", err)
					}
					if strings.Contains(fn.AsError(ctx, err).Message(), c.Name()) {
						t.Errorf("the client is told who calls whom: %v", err)
					}
					if want := map[bool]int{true: test.tries, false: 1}[c.Name() == twice.Name()]; tr.tries != want {
						t.Errorf("%s was sent %d times, want %d", c.Name(), tr.tries, want)
					}
					if took := time.Since(begin); took > 5*time.Second {
						t.Errorf("it took %v", took)
					}
				})
			}
		})
	}
}

func TestTheCallerGoingAwayIsCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tr := &transport{carry: func(ctx context.Context, _ string, _ []byte) ([]byte, error) {
		cancel()
		return nil, ctx.Err()
	}}
	if _, err := from(ctx, tr, twice, depthIn{}); fn.CodeOf(err) != fn.Canceled || tr.tries != 1 {
		t.Errorf("got %v after %d tries", err, tr.tries)
	}
}

// The callee has a little less time than the caller, so that its own answer
// that the time is up arrives.
func TestTheCalleeHasTheCallersDeadlineLessAReserve(t *testing.T) {
	for timeout, want := range map[time.Duration]time.Duration{
		10 * time.Second:      9750 * time.Millisecond,
		time.Second:           950 * time.Millisecond,
		20 * time.Millisecond: 15 * time.Millisecond,
		4 * time.Millisecond:  2 * time.Millisecond,
	} {
		synctest.Test(t, func(t *testing.T) {
			var left time.Duration
			tr := serving(t, deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
				end, _ := ctx.Deadline()
				left = time.Until(end)
				return depthOut{}, nil
			}))
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			if _, err := from(ctx, tr, deduplicated, depthIn{}); err != nil || left != want {
				t.Errorf("of %v the callee has %v, want %v (%v)", timeout, left, want, err)
			}
		})
	}
}

// TestBothSidesOfACallKeepAReserve holds each to it by itself: what the caller says
// to a callee in another process, whose platform sets no deadline, and what a callee
// leaves of its platform's own when the caller says nothing.
func TestBothSidesOfACallKeepAReserve(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var left time.Duration
		there := serving(t, deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
			end, _ := ctx.Deadline()
			left = time.Until(end)
			return depthOut{}, nil
		}))
		said := &transport{carry: func(_ context.Context, function string, payload []byte) ([]byte, error) {
			return there.carry(t.Context(), function, payload)
		}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := from(ctx, said, deduplicated, depthIn{}); err != nil || left != 950*time.Millisecond {
			t.Errorf("the caller leaves its callee %v of 1s, want 950ms (%v)", left, err)
		}
		unsaid := &transport{carry: func(_ context.Context, function string, payload []byte) ([]byte, error) {
			return there.carry(ctx, function, payload)
		}}
		if _, err := from(t.Context(), unsaid, deduplicated, depthIn{}); err != nil || left != 950*time.Millisecond {
			t.Errorf("the callee has %v of its platform's 1s, want 950ms (%v)", left, err)
		}
	})
}

func TestAnExpiredDeadlineIsNotSent(t *testing.T) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	tr := &transport{}
	if _, err := from(ctx, tr, twice, depthIn{}); fn.CodeOf(err) != fn.DeadlineExceeded || tr.tries != 0 {
		t.Errorf("got %v after %d tries", err, tr.tries)
	}
}

func TestWithoutATransport(t *testing.T) {
	_, err := from(t.Context(), nil, deduplicated, depthIn{})
	if fn.CodeOf(err) != fn.Unimplemented || !errors.Is(err, fn.ErrRemote) || !strings.Contains(err.Error(), "deep.once") || !strings.Contains(err.Error(), "fn.WithTransport") {
		t.Errorf("got %v", err)
	}
}

func TestWhatAnAnswerMayNotSay(t *testing.T) {
	version := deduplicated.With(nil).Version()
	for name, c := range map[string]struct {
		answer string
		check  func(out depthOut, err error) bool
	}{
		"an error with the status of a success": {`{"v":1,"error":{"code":"not_found","status":200}}`, func(_ depthOut, err error) bool {
			return fn.AsError(context.Background(), err).HTTPStatus() == 404
		}},
		"null for an Out that is none": {`{"v":1,"contract":"` + version + `","out":null}`, func(_ depthOut, err error) bool { return err != nil }},
		"null for a member of another version": {`{"v":1,"contract":"old","out":{"path":null}}`, func(_ depthOut, err error) bool {
			return fn.CodeOf(err) == fn.FailedPrecondition
		}},
	} {
		t.Run(name, func(t *testing.T) {
			tr := &transport{carry: func(context.Context, string, []byte) ([]byte, error) { return []byte(c.answer), nil }}
			if out, err := from(t.Context(), tr, deduplicated, depthIn{}); !c.check(out, err) {
				t.Errorf("got %v, %v", out, err)
			}
		})
	}
}

// An Out that is nil is an answer.
func TestAnOutThatIsNil(t *testing.T) {
	none := fn.Define[struct{}, *depthOut]("deep.none")
	tr := serving(t, none.With(func(context.Context, struct{}) (*depthOut, error) { return nil, nil }))
	if out, err := from(t.Context(), tr, none, struct{}{}); err != nil || out != nil {
		t.Errorf("got %v, %v", out, err)
	}
}
