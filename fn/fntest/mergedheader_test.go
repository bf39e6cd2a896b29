package fntest_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// Fields that middleware sets replace those of the reply, few or many of them, but for the
// two that add up.
func TestMiddlewareReplacesFieldsOfTheReply(t *testing.T) {
	for _, more := range []int{0, 20} {
		set := func(next fn.Invoker) fn.Invoker {
			return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				for i := range more {
					req.ReplyHeader().Set(fmt.Sprintf("X-More-%d", i), "m")
				}
				req.ReplyHeader().Set("X-Both", "middleware")
				req.ReplyHeader().Add("Set-Cookie", "m=1")
				req.ReplyHeader().Add("Vary", "Origin")
				return next(ctx, req)
			}
		}
		header := fn.Header{{Name: "x-both", Value: " function"}, {Name: "X-Own", Value: " \town "}, {Name: "Set-Cookie", Value: "f=1"}, {Name: "Vary", Value: "Accept"}}
		fntest.Each(t, appOf([]fn.AppOption{fn.Use(set)}, replying("a.b", "GET /", 200, header)), func(t *testing.T, c *fntest.Client) {
			for range 2 { // the function's own header stays as it is
				res := c.Do(fntest.Get("/"))
				for name, want := range map[string][]string{"X-Both": {"middleware"}, "X-Own": {"own"}, "Set-Cookie": {"f=1", "m=1"}} {
					if got := res.Header.Values(name); !slices.Equal(got, want) {
						t.Errorf("with %d more: %s is %q, want %q", more, name, got, want)
					}
				}
				if vary := fmt.Sprint(res.Header.Values("Vary")); vary != "[Accept Origin]" && vary != "[Accept, Origin]" && vary != "[Accept,Origin]" {
					t.Errorf("with %d more: Vary is %s", more, vary)
				}
			}
		}, fntest.Hosts("direct", "http", "lambda/http-1.0"))
	}
}
