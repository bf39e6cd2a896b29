package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

func TestCallsThatAreNoneAreAnsweredInWords(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(
		deduplicated.With(func(ctx context.Context, _ depthIn) (depthOut, error) { return depthOut{}, ctx.Err() }),
		fn.Raw("deep.raw", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }),
	)
	unit := app.MustStart(t.Context())
	version := deduplicated.With(nil).Version()
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
			got := unit.Host("test").Answer(t.Context(), &fn.Request{From: fn.InputFromJSON([]byte(test.call))})
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
	}, fn.Needs(throw)))
	if _, err := app.MustStart(t.Context(), fn.Strict(true)).Host("test").Invoke(t.Context(), "web.page", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, []fn.Code{fn.Internal, fn.Internal}) {
		t.Errorf("in one unit: %v", got)
	}
}

func TestACallNamesTheFunctionOfItsPath(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("callee", fn.Logger(zerolog.New(io.Discard)))
	app.Add(deduplicated.With(func(context.Context, depthIn) (depthOut, error) { return depthOut{}, nil }))
	unit := app.MustStart(t.Context())
	call := []byte(`{"function":"deep.once","call":{"v":1},"in":{"left":1}}`)
	for path, want := range map[string]string{"deep.once": `"out"`, "deep.other": "invalid_argument", "public.x/deep.once": "invalid_argument", "": `"out"`} {
		if got := unit.Host("test").Answer(t.Context(), &fn.Request{Path: path, From: fn.InputFromJSON(call)}); !strings.Contains(string(got), want) {
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
	app.Add(deduplicated.With(func(_ context.Context, in depthIn) (depthOut, error) {
		if in.Left < 0 {
			return depthOut{}, fn.Errorf(fn.OutOfRange, "\xff%d", in.Left).WithDetail("\xff", in)
		}
		return depthOut{Path: fmt.Sprint(in)}, nil
	}))
	unit := app.MustStart(f.Context())
	f.Fuzz(func(t *testing.T, call []byte) {
		tr := &transport{carry: func(ctx context.Context, _ string, _ []byte) ([]byte, error) {
			return unit.Host("test").Answer(ctx, &fn.Request{From: fn.InputFromJSON(call)}), nil
		}}
		// A call that names another function is answered too: nobody serves it here.
		if _, err := from(t.Context(), tr, deduplicated, depthIn{}); errors.Is(err, fn.ErrRemote) && fn.CodeOf(err) != fn.Unimplemented {
			t.Errorf("no answer: %v", err)
		}
	})
}
