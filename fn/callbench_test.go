package fn_test

import (
	"context"
	"math"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// callUnits returns two ways of calling the same function from a request: in
// the process, and through bytes.
func callUnits(tb testing.TB) (local, remote *fn.Unit) {
	callee := once.With(func(_ context.Context, in depthIn) (depthOut, error) { return depthOut{Path: "x"}, nil })
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(callee, fn.Raw("web.page", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		req.Value.(func(context.Context))(ctx)
		return &fn.Reply{}, nil
	}, fn.Uses(once)))
	local = app.MustStart(tb.Context())
	there := local.Part(nil, "deep.once")
	tr := &transport{carry: func(ctx context.Context, _ string, payload []byte) ([]byte, error) {
		return there.Answer(ctx, &fn.Request{Host: "test", Payload: payload}), nil
	}}
	return local, local.Part(tr, "web.page")
}

// within runs body in a request of the unit.
func within(tb testing.TB, unit *fn.Unit, body func(ctx context.Context)) {
	tb.Helper()
	if _, err := unit.Invoke(tb.Context(), "web.page", &fn.Request{Trigger: fn.TriggerEvent, Value: body}); err != nil {
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
					if _, err := once.Call(ctx, depthIn{1}); err != nil {
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
				if _, err := once.Call(ctx, depthIn{1}); err != nil {
					t.Error(err)
				}
			}))
		}
		if got > 2 {
			t.Errorf("a local call allocates %v times, want 2 at most", got)
		}
	})
}
