package fn_test

import (
	"context"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
)

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
		}, fn.Uses(callee)),
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
