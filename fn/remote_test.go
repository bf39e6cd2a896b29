package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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
	}, fn.Uses(c)))
	unit, startErr := app.Start(ctx, fn.WithTransport(tr))
	if startErr != nil {
		return out, startErr
	}
	_, invokeErr := unit.Invoke(ctx, "web.page", &fn.Request{Trigger: fn.TriggerEvent, ID: "r-1"})
	return out, errors.Join(err, invokeErr)
}

// serving starts a unit with the function and returns a transport to it.
func serving(t *testing.T, f fn.Function, options ...fn.AppOption) *transport {
	app := fn.NewApp[fn.NoConfig]("callee", append(options, fn.Logger(zerolog.New(io.Discard)))...)
	app.Add(f)
	unit := app.MustStart(t.Context())
	return &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return unit.Answer(ctx, &fn.Request{Host: "test", Payload: payload}), nil
	}}
}

var (
	once  = fn.Define[depthIn, depthOut]("deep.once")
	twice = fn.Define[depthIn, depthOut]("deep.twice", fn.Idempotent())
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
			for _, c := range []fn.Contract[depthIn, depthOut]{once, twice} {
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

// A function's own answer is never tried again, whatever its code says.
func TestAnAnswerIsNotTriedAgain(t *testing.T) {
	tr := serving(t, twice.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.Unavailable, "closed on Mondays")
	}))
	_, err := from(t.Context(), tr, twice, depthIn{})
	if fn.CodeOf(err) != fn.Unavailable || errors.Is(err, fn.ErrRemote) || tr.tries != 1 {
		t.Errorf("got %v after %d tries", err, tr.tries)
	}
}

func TestTryingAgainEndsWithTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
		defer cancel()
		tr := &transport{carry: func(context.Context, string, []byte) ([]byte, error) { return nil, io.ErrUnexpectedEOF }}
		begin := time.Now()
		if _, err := from(ctx, tr, twice, depthIn{}); !errors.Is(err, fn.ErrRemote) || fn.CodeOf(err) != fn.Unavailable {
			t.Errorf("got %v", err)
		}
		// The second delay, of 50 ms at least, is not waited for: nobody would be there any more.
		if took := time.Since(begin); took >= 60*time.Millisecond || tr.tries > 2 {
			t.Errorf("%d tries in %v", tr.tries, took)
		}
	})
}

func TestACallThatSucceedsTheSecondTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := serving(t, twice.With(func(context.Context, depthIn) (depthOut, error) { return depthOut{"here"}, nil }))
		carry := tr.carry
		tr.carry = func(ctx context.Context, function string, payload []byte) ([]byte, error) {
			if tr.tries == 1 {
				return nil, errors.New("connection reset")
			}
			return carry(ctx, function, payload)
		}
		if out, err := from(t.Context(), tr, twice, depthIn{}); err != nil || out.Path != "here" || tr.tries != 2 {
			t.Errorf("got %v, %v after %d tries", out, err, tr.tries)
		}
	})
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
			tr := serving(t, once.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
				end, _ := ctx.Deadline()
				left = time.Until(end)
				return depthOut{}, nil
			}))
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			if _, err := from(ctx, tr, once, depthIn{}); err != nil || left != want {
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
		there := serving(t, once.With(func(ctx context.Context, _ depthIn) (depthOut, error) {
			end, _ := ctx.Deadline()
			left = time.Until(end)
			return depthOut{}, nil
		}))
		said := &transport{carry: func(_ context.Context, function string, payload []byte) ([]byte, error) {
			return there.carry(t.Context(), function, payload)
		}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := from(ctx, said, once, depthIn{}); err != nil || left != 950*time.Millisecond {
			t.Errorf("the caller leaves its callee %v of 1s, want 950ms (%v)", left, err)
		}
		unsaid := &transport{carry: func(_ context.Context, function string, payload []byte) ([]byte, error) {
			return there.carry(ctx, function, payload)
		}}
		if _, err := from(t.Context(), unsaid, once, depthIn{}); err != nil || left != 950*time.Millisecond {
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
	_, err := from(t.Context(), nil, once, depthIn{})
	if fn.CodeOf(err) != fn.Unimplemented || !errors.Is(err, fn.ErrRemote) || !strings.Contains(err.Error(), "deep.once") || !strings.Contains(err.Error(), "fn.WithTransport") {
		t.Errorf("got %v", err)
	}
}

type (
	oldIn  struct{ Left, Right int }
	newIn  struct{ Left int }
	newOut struct{ Path []string }
)

func TestVersionsThatDoNotUnderstandEachOther(t *testing.T) {
	t.Run("the callee does not know a field of the In", func(t *testing.T) {
		var ran bool
		callee := fn.New("deep.once", func(context.Context, newIn) (depthOut, error) { ran = true; return depthOut{}, nil })
		caller := fn.Define[oldIn, depthOut]("deep.once")
		_, err := from(t.Context(), serving(t, callee), caller, oldIn{1, 2})
		version := caller.With(nil).Version()
		if fn.CodeOf(err) != fn.FailedPrecondition || ran || version == callee.Version() || errors.Is(err, fn.ErrRemote) {
			t.Errorf("got %v, ran: %v", err, ran)
		}
		if !strings.Contains(err.Error(), version) || !strings.Contains(err.Error(), callee.Version()) {
			t.Errorf("the versions %s and %s are not both in: %v", version, callee.Version(), err)
		}
	})
	t.Run("the caller cannot read the Out", func(t *testing.T) {
		callee := fn.New("deep.once", func(context.Context, depthIn) (newOut, error) { return newOut{[]string{"x"}}, nil })
		_, err := from(t.Context(), serving(t, callee), once, depthIn{})
		if fn.CodeOf(err) != fn.FailedPrecondition || !strings.Contains(err.Error(), callee.Version()) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what an older caller does not send gets its default", func(t *testing.T) {
		type grownIn struct {
			depthIn
			More int `json:"more" default:"3"`
		}
		callee := fn.New("deep.once", func(_ context.Context, in grownIn) (depthOut, error) { return depthOut{fmt.Sprint(in)}, nil })
		if out, err := from(t.Context(), serving(t, callee), once, depthIn{1}); err != nil || out.Path != "{{1} 3}" {
			t.Errorf("got %v, %v", out, err)
		}
	})
	t.Run("so does what an older caller does not send in any place of the In", func(t *testing.T) {
		type grownIn struct {
			depthIn
			Limit  int           `query:"limit" default:"20"`
			Lang   string        `header:"Accept-Language" default:"en"`
			Theme  string        `cookie:"theme" default:"dark"`
			Wait   time.Duration `json:"wait" default:"5s"`
			Strict bool          `json:"strict" default:"true"`
		}
		callee := fn.New("deep.once", func(_ context.Context, in grownIn) (depthOut, error) {
			return depthOut{fmt.Sprintf("%v %v %v %v %v %v", in.Left, in.Limit, in.Lang, in.Theme, in.Wait, in.Strict)}, nil
		})
		if out, err := from(t.Context(), serving(t, callee), once, depthIn{1}); err != nil || out.Path != "1 20 en dark 5s true" {
			t.Errorf("got %v, %v", out, err)
		}
	})
	t.Run("what the callee does not know passes if it says so", func(t *testing.T) {
		seen := func(_ context.Context, in newIn) (depthOut, error) { return depthOut{fmt.Sprint(in.Left)}, nil }
		caller := fn.Define[oldIn, depthOut]("deep.once")
		for name, tr := range map[string]*transport{
			"the function": serving(t, fn.New("deep.once", seen, fn.AllowUnknown())),
			"its app":      serving(t, fn.New("deep.once", seen), fn.AllowUnknown()),
		} {
			if out, err := from(t.Context(), tr, caller, oldIn{1, 2}); err != nil || out.Path != "1" {
				t.Errorf("%s: got %v, %v", name, out, err)
			}
		}
	})
	t.Run("what both can read passes", func(t *testing.T) {
		type moreOut struct {
			depthOut
			More int `json:"more"`
		}
		callee := fn.New("deep.once", func(context.Context, depthIn) (moreOut, error) { return moreOut{depthOut{"x"}, 1}, nil })
		if out, err := from(t.Context(), serving(t, callee), once, depthIn{}); err != nil || out.Path != "x" {
			t.Errorf("got %v, %v", out, err)
		}
	})
}

func TestCallsThatAreNoneAreAnsweredInWords(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(
		once.With(func(ctx context.Context, _ depthIn) (depthOut, error) { return depthOut{}, ctx.Err() }),
		fn.Raw("deep.raw", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }),
	)
	unit := app.MustStart(t.Context())
	version := once.With(nil).Version()
	tests := map[string]struct{ call, want string }{
		"no JSON":                  {`{`, `"code":"invalid_argument"`},
		"no function":              {`{"call":{"v":1},"in":{}}`, `"code":"invalid_argument"`},
		"another envelope":         {`{"function":"deep.once","call":{"v":9},"in":{}}`, `"code":"failed_precondition"`},
		"an unknown function":      {`{"function":"deep.none","call":{"v":1},"in":{}}`, `does not serve deep.none`},
		"a raw function":           {`{"function":"deep.raw","call":{"v":1},"in":{}}`, `"code":"unimplemented"`},
		"an In of another version": {`{"function":"deep.once","call":{"v":1,"contract":"old"},"in":{"left":"many"}}`, `"fault":"version"`},
		"an In that is broken":     {`{"function":"deep.once","call":{"v":1,"contract":"` + version + `"},"in":{"left":"many"}}`, `"location":"body.left"`},
		"no In":                    {`{"function":"deep.once","call":{"v":1}}`, `"code":"invalid_argument"`},
		"callers without an end":   {`{"function":"deep.once","call":{"v":1,"path":[` + strings.Repeat(`"a.b",`, 64) + `"a.b"]},"in":{}}`, `"code":"invalid_argument"`},
		"a line break in an id":    {`{"function":"deep.once","id":"a\nb","call":{"v":1},"in":{"left":1}}`, `"out":{"path":""}`},
		"a version without an end": {`{"function":"deep.once","call":{"v":1,"contract":"` + strings.Repeat("a", 600) + `"},"in":{"x":1}}`, `"code":"invalid_argument"`},
		"a version that is none":   {`{"function":"deep.once","call":{"v":1,"contract":"<script>"},"in":{"x":1}}`, `"fault":"version"`},
		"a deadline in the past":   {`{"function":"deep.once","call":{"v":1,"timeout_ms":-1},"in":{}}`, `"code":"invalid_argument"`},
		"a deadline beyond bounds": {`{"function":"deep.once","call":{"v":1,"timeout_ms":9223372036854775807,"contract":"` + version + `"},"in":{"left":1}}`, `"out":{"path":""}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := unit.Answer(t.Context(), &fn.Request{Host: "test", Payload: []byte(test.call)})
			if !strings.Contains(string(got), test.want) {
				t.Errorf("got %s, want %s in it", got, test.want)
			}
		})
	}
}

// panicky panics when it is written or read, if it is told to.
type panicky struct{ What string }

func (p panicky) MarshalText() ([]byte, error) {
	if p.What == "write" {
		panic("cannot be written")
	}
	return []byte(p.What), nil
}

func (p *panicky) UnmarshalText(text []byte) error {
	if p.What = string(text); p.What == "read" {
		panic("cannot be read")
	}
	return nil
}

type panickyIn struct {
	P panicky `json:"p"`
}

var throw = fn.Define[panickyIn, panickyIn]("deep.throw")

// TestATypeThatPanicsIsInternalWhereverItIs: what a type's own methods do while a
// call is read or written is the function's panic, in one unit and between two.
func TestATypeThatPanicsIsInternalWhereverItIs(t *testing.T) {
	ran := 0
	callee := throw.With(func(_ context.Context, in panickyIn) (panickyIn, error) {
		ran++
		return panickyIn{panicky{"write"}}, nil
	})
	there := serving(t, callee)
	for _, what := range []string{"read", "fine"} {
		ran = 0
		_, err := from(t.Context(), there, throw, panickyIn{panicky{what}})
		if fn.CodeOf(err) != fn.Internal || errors.Is(err, fn.ErrRemote) || ran > 1 {
			t.Errorf("between units, %s: got %v after %d runs", what, err, ran)
		}
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(io.Discard)))
	var got []fn.Code
	app.Add(callee, fn.New("web.page", func(ctx context.Context, _ struct{}) (struct{}, error) {
		for _, what := range []string{"read", "fine"} {
			_, err := throw.Call(ctx, panickyIn{panicky{what}})
			got = append(got, fn.CodeOf(err))
		}
		return struct{}{}, nil
	}, fn.Uses(throw)))
	if _, err := app.MustStart(t.Context(), fn.Strict(true)).Invoke(t.Context(), "web.page", &fn.Request{Trigger: fn.TriggerDirect, Payload: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, []fn.Code{fn.Internal, fn.Internal}) {
		t.Errorf("in one unit: %v", got)
	}
}

func TestWhatAnAnswerMayNotSay(t *testing.T) {
	version := once.With(nil).Version()
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
			if out, err := from(t.Context(), tr, once, depthIn{}); !c.check(out, err) {
				t.Errorf("got %v, %v", out, err)
			}
		})
	}
}

func TestAnErrorThatIsTooLargeIsPassedWithoutItsText(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(once.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.Aborted, "much").WithDetail("all", strings.Repeat("x", 8<<20))
	}))
	call := `{"function":"deep.once","call":{"v":1,"contract":"` + once.With(nil).Version() + `"},"in":{"left":1}}`
	got := app.MustStart(t.Context()).Answer(t.Context(), &fn.Request{Host: "test", Payload: []byte(call)})
	if len(got) > 1000 || !strings.Contains(string(got), `"code":"aborted"`) {
		t.Errorf("got %d bytes: %.200s", len(got), got)
	}
}

func TestACallNamesTheFunctionOfItsPath(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(once.With(func(context.Context, depthIn) (depthOut, error) { return depthOut{}, nil }))
	unit := app.MustStart(t.Context())
	call := []byte(`{"function":"deep.once","call":{"v":1},"in":{"left":1}}`)
	for path, want := range map[string]string{"deep.once": `"out"`, "deep.other": "invalid_argument", "public.x/deep.once": "invalid_argument", "": `"out"`} {
		if got := unit.Answer(t.Context(), &fn.Request{Host: "test", Path: path, Payload: call}); !strings.Contains(string(got), want) {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// FuzzAnswer holds Answer to its promise: whatever comes, an answer of one form.
func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"function":"deep.once","id":"r","call":{"v":1,"contract":"x","timeout_ms":5,"traceparent":"t","path":["a.b"]},"in":{"left":1}}`))
	f.Add([]byte(`{"function":"deep.once","call":{"v":1},"in":null}`))
	f.Add([]byte(`{"function":"deep.other","call":{"v":1},"in":{}}`))
	f.Add([]byte("\xff"))
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(once.With(func(_ context.Context, in depthIn) (depthOut, error) {
		if in.Left < 0 {
			return depthOut{}, fn.Errorf(fn.OutOfRange, "\xff%d", in.Left).WithDetail("\xff", in)
		}
		return depthOut{Path: fmt.Sprint(in)}, nil
	}))
	unit := app.MustStart(f.Context())
	f.Fuzz(func(t *testing.T, call []byte) {
		tr := &transport{carry: func(ctx context.Context, _ string, _ []byte) ([]byte, error) {
			return unit.Answer(ctx, &fn.Request{Host: "test", Payload: call}), nil
		}}
		// A call that names another function is answered too: nobody serves it here.
		if _, err := from(t.Context(), tr, once, depthIn{}); errors.Is(err, fn.ErrRemote) && fn.CodeOf(err) != fn.Unimplemented {
			t.Errorf("no answer: %v", err)
		}
	})
}

// An Out that is nil is an answer.
func TestAnOutThatIsNil(t *testing.T) {
	none := fn.Define[struct{}, *depthOut]("deep.none")
	tr := serving(t, none.With(func(context.Context, struct{}) (*depthOut, error) { return nil, nil }))
	if out, err := from(t.Context(), tr, none, struct{}{}); err != nil || out != nil {
		t.Errorf("got %v, %v", out, err)
	}
}
