package fn_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestRedirects(t *testing.T) {
	for name, test := range map[string]struct {
		out      fn.Redirect
		status   int
		location string // or a part of the log
	}{
		"an absolute path":      {fn.RedirectTo(302, "/x?a=b#c"), 302, "/x?a=b#c"},
		"a reference":           {fn.RedirectTo(303, "x/y"), 303, "x/y"},
		"what is not ASCII":     {fn.RedirectTo(301, "/\u00fc?q=\u00e9"), 301, "/%C3%BC?q=%C3%A9"},
		"a status of a success": {fn.RedirectTo(200, "/x"), 500, "the redirect has the status 200; expected 301"},
		"no status":             {fn.Redirect{Location: "/x"}, 500, "the redirect has the status 0"},
		"no location":           {fn.RedirectTo(302, ""), 500, "the redirect has no location"},
	} {
		unit, log := start(t, []fn.Function{fn.New("links.follow", func(context.Context, struct{}) (fn.Redirect, error) { return test.out, nil }, fn.Route("GET /l"))})
		reply := serve(t, unit, "links.follow", source{})
		location := strings.Join(reply.Header.Values("Location"), ",")
		if test.status == 500 {
			location = log.String()
		}
		if reply.Status != test.status || !strings.Contains(location, test.location) {
			t.Errorf("%s: got %d %s", name, reply.Status, location)
		}
	}
}

// A redirect that no client would follow is a value like any other to a sibling, however
// it is called.
func TestARedirectOfACall(t *testing.T) {
	follow := fn.Define[struct{}, fn.Redirect]("links.follow")
	around := func(next fn.Invoker) fn.Invoker { return next }
	for name, middleware := range map[string][]fn.Middleware{"fast": nil, "with middleware": {around}} {
		f := follow.With(func(context.Context, struct{}) (fn.Redirect, error) { return fn.Redirect{Status: 200}, nil }, fn.Use(middleware...))
		near, err := here(t.Context(), t, f, follow, struct{}{})
		if err != nil || near.Status != 200 {
			t.Errorf("%s: got %v, %v", name, near, err)
		}
		far, err := from(t.Context(), serving(t, f), follow, struct{}{})
		if err != nil || far != near {
			t.Errorf("%s, between units: got %v, %v", name, far, err)
		}
	}
}
