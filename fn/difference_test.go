package fn_test

import (
	"context"
	"math"
	"testing"
	"time"

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
	}, fn.Uses(echo)))
	whole := app.MustStart(t.Context())
	elsewhere := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return whole.Answer(ctx, &fn.Request{Payload: payload}), nil
	}}
	tests := map[string]struct {
		unit *fn.Unit
		code fn.Code
	}{
		"within a process":         {whole, 0},
		"within a process, strict": {app.MustStart(t.Context(), fn.Strict(true)), fn.Internal},
		"between units":            {whole.Part(elsewhere, "web.page"), fn.Internal},
	}
	for name, test := range tests {
		for what, v := range map[string]in{"not a number": {Ratio: math.NaN()}, "infinity": {Ratio: math.Inf(1)}, "not UTF-8": {Text: "\xff"}} {
			value = v
			if _, invokeErr := test.unit.Invoke(t.Context(), "web.page", &fn.Request{Trigger: fn.TriggerEvent}); invokeErr != nil || fn.CodeOf(err) != test.code {
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
		}, fn.Uses(clobber)))
	for strict, want := range map[bool]string{false: "callee", true: "caller"} {
		unit := app.MustStart(t.Context(), fn.Strict(strict))
		if _, err := unit.Invoke(t.Context(), "web.page", &fn.Request{Trigger: fn.TriggerEvent}); err != nil || seen != want {
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
		}, fn.Uses(echo)))
	whole := app.MustStart(t.Context())
	elsewhere := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return whole.Answer(ctx, &fn.Request{Payload: payload}), nil
	}}
	for name, unit := range map[string]*fn.Unit{"in one unit": whole, "between units": whole.Part(elsewhere, "web.page")} {
		if _, err := unit.Invoke(t.Context(), "web.page", &fn.Request{Trigger: fn.TriggerEvent}); err != nil || got != (loose{Value: 1.0}) {
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
