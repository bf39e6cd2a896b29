package fn_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

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
		_, err := from(t.Context(), serving(t, callee), deduplicated, depthIn{})
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
		if out, err := from(t.Context(), serving(t, callee), deduplicated, depthIn{1}); err != nil || out.Path != "{{1} 3}" {
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
		if out, err := from(t.Context(), serving(t, callee), deduplicated, depthIn{1}); err != nil || out.Path != "1 20 en dark 5s true" {
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
		if out, err := from(t.Context(), serving(t, callee), deduplicated, depthIn{}); err != nil || out.Path != "x" {
			t.Errorf("got %v, %v", out, err)
		}
	})
}

// What a client learns of two builds that do not go together is that it is none
// of its fault.
func TestAClientDoesNotLearnOfVersions(t *testing.T) {
	type other struct {
		Other int `json:"other" validate:"required"`
	}
	theirs := fn.Define[other, depthOut]("deep.once")
	tr := serving(t, theirs.With(func(context.Context, other) (depthOut, error) { return depthOut{}, nil }))
	app := fn.NewApp[fn.NoConfig]("caller")
	app.Add(fn.New("web.page", func(ctx context.Context, _ struct{}) (depthOut, error) { return deduplicated.Call(ctx, depthIn{1}) }, fn.Route("GET /page"), fn.Needs(deduplicated)))
	res := fntest.New(t, app, fntest.Start(fn.WithTransport(tr))).Do(fntest.Get("/page"))
	body := string(res.Body)
	if res.Status != 500 || strings.Contains(body, "deep") || strings.Contains(body, deduplicated.With(nil).Version()) {
		t.Errorf("got %v", res)
	}
}
