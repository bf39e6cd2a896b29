package fn_test

import (
	"context"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// The tests in this file show the differences that docs/equivalence.md lists
// under calls.

// What JSON has no form for passes within a process, and between units it does
// not. Tests, dev and serve --strict are strict, so that it is seen there.
func TestWhatJSONCannotWrite(t *testing.T) {
	type in struct {
		Ratio float64 `json:"ratio"`
		Text  string  `json:"text"`
	}
	echo := fn.Define[in, in]("maths.echo")
	app := fn.NewApp[fn.NoConfig]("maths")
	app.Add(echo.With(func(_ context.Context, v in) (in, error) { return v, nil }))
	var err error
	var value in
	app.Add(fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		_, err = echo.Call(ctx, value)
		return &fn.Reply{}, nil
	}, fn.Needs(echo)))
	whole := app.MustStart(t.Context())
	elsewhere := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return whole.Host("test").Answer(ctx, &fn.Request{From: fn.InputFromJSON(payload)}), nil
	}}
	tests := map[string]struct {
		unit *fn.Unit
		code fn.Code
	}{
		"within a process":         {whole, 0},
		"within a process, strict": {app.MustStart(t.Context(), fn.Strict(true)), fn.Internal},
		"between units":            {whole.Host("test").Part(elsewhere, "web.page"), fn.Internal},
	}
	for name, test := range tests {
		for what, v := range map[string]in{"not a number": {Ratio: math.NaN()}, "infinity": {Ratio: math.Inf(1)}, "not UTF-8": {Text: "\xff"}} {
			value = v
			if _, invokeErr := test.unit.Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent}); invokeErr != nil || fn.CodeOf(err) != test.code {
				t.Errorf("%s, %s: got %v, want the code %v", name, what, err, test.code)
			}
		}
	}
}

// In and Out are shared within a process: a callee that writes to what it was
// passed writes to its caller's. Strict units copy, so a test sees who relied on it.
func TestValuesAreSharedWithinAProcess(t *testing.T) {
	type list struct {
		Items []string `json:"items"`
	}
	clobber := fn.Define[list, list]("maths.clobber")
	app := fn.NewApp[fn.NoConfig]("maths")
	var seen string
	app.Add(
		clobber.With(func(_ context.Context, in list) (list, error) { in.Items[0] = "callee"; return in, nil }),
		fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			in := list{[]string{"caller"}}
			_, err := clobber.Call(ctx, in)
			seen = in.Items[0]
			return &fn.Reply{}, err
		}, fn.Needs(clobber)))
	for strict, want := range map[bool]string{false: "callee", true: "caller"} {
		unit := app.MustStart(t.Context(), fn.Strict(strict))
		if _, err := unit.Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil || seen != want {
			t.Errorf("strict %v: the caller sees %q, want %q (%v)", strict, seen, want, err)
		}
	}
}

// Types that JSON would change are carried as JSON within a process too.
func TestTypesThatJSONChangesAreCarriedAsJSONEverywhere(t *testing.T) {
	type loose struct {
		Value  any    `json:"value"`
		Secret string `json:"-"`
	}
	echo := fn.Define[loose, loose]("maths.loose")
	var got loose
	app := fn.NewApp[fn.NoConfig]("maths")
	app.Add(
		echo.With(func(_ context.Context, in loose) (loose, error) { return in, nil }),
		fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (reply *fn.Reply, err error) {
			got, err = echo.Call(ctx, loose{Value: 1, Secret: "x"})
			return &fn.Reply{}, err
		}, fn.Needs(echo)))
	whole := app.MustStart(t.Context())
	elsewhere := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return whole.Host("test").Answer(ctx, &fn.Request{From: fn.InputFromJSON(payload)}), nil
	}}
	for name, unit := range map[string]*fn.Unit{"in one unit": whole, "between units": whole.Host("test").Part(elsewhere, "web.page")} {
		if _, err := unit.Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil || got != (loose{Value: 1.0}) {
			t.Errorf("%s: got %#v, %v", name, got, err)
		}
	}
}

// A time keeps its instant and its offset; the reading of the clock and the
// name of the zone are not in its text.
func TestATimeCrossesWithoutItsClock(t *testing.T) {
	type at struct {
		Time time.Time `json:"time"`
	}
	echo := fn.Define[at, at]("maths.time")
	tr := serving(t, echo.With(func(_ context.Context, in at) (at, error) { return in, nil }))
	now := time.Now().In(time.FixedZone("Zone", 3600))
	got, err := from(t.Context(), tr, echo, at{now})
	if err != nil || !got.Time.Equal(now) || got.Time.Format(time.RFC3339Nano) != now.Format(time.RFC3339Nano) || got.Time == now {
		t.Errorf("got %v of %v, %v", got.Time, now, err)
	}
}

// What a function leaves behind may ask for the context's values when the
// function has answered: package context itself does, in a goroutine of its own. The race detector judges.
func TestACallsContextIsReadByGoroutinesThatOutliveIt(t *testing.T) {
	t.Parallel()
	type key struct{}
	asked := make(chan any, 1)
	callee := fn.Define[struct{}, struct{}]("calls.callee", fn.Timeout(time.Hour))
	app := fn.NewApp[struct{}]("calls")
	app.Add(
		callee.With(func(ctx context.Context, _ struct{}) (struct{}, error) {
			left := context.WithoutCancel(ctx)
			go func() { asked <- left.Value(key{}) }()
			return struct{}{}, nil
		}),
		fn.New("calls.caller", func(ctx context.Context, in struct{}) (struct{}, error) {
			return callee.Call(ctx, in)
		}, fn.Needs(callee)),
	)
	unit := app.MustStart(t.Context())
	ctx := context.WithValue(t.Context(), key{}, "the host's")
	if _, err := fn.Call[struct{}, struct{}](ctx, unit, "calls.caller", struct{}{}); err != nil {
		t.Fatal(err)
	}
	if value := <-asked; value != "the host's" {
		t.Errorf("got the value %v, want the host's", value)
	}
}

// here calls the contract from a request of a unit that serves the function.
func here[In, Out any](ctx context.Context, t *testing.T, f fn.Function, c fn.Contract[In, Out], in In, options ...fn.StartOption) (out Out, err error) {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(io.Discard)))
	app.Add(f, fn.Raw("web.page", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		out, err = c.Call(ctx, in)
		return &fn.Reply{}, nil
	}, fn.Needs(c)))
	if _, err := app.MustStart(context.WithoutCancel(ctx), options...).Host("test").Invoke(ctx, "web.page", &fn.Request{Kind: fn.KindEvent}); err != nil {
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
