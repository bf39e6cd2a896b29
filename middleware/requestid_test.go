package middleware_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

var uuid7 = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// idOf serves a request and checks that all places agree on its id.
func idOf(t *testing.T, req *fn.Request, options ...middleware.RequestIDOption) string {
	t.Helper()
	var inContext, inRequest string
	unit, _ := start(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		inContext, inRequest = middleware.RequestIDFrom(ctx), req.ID
		return ok(ctx, req)
	}, list(middleware.RequestID(options...)))
	reply := unit.Host("test").Serve(t.Context(), "orders.get", req)
	inReply := reply.Header.Get("X-Request-Id")
	if inContext != inReply || inRequest != inReply {
		t.Errorf("id in the context %q, the request %q, the reply %q; want the same", inContext, inRequest, inReply)
	}
	return inReply
}

func TestRequestIDTakesWellFormedIDs(t *testing.T) {
	for name, id := range map[string]string{
		"UUID":              "0198c7a2-7d3f-7c11-9d55-6a8d2c7b9f10",
		"AWS trace":         "Root=1-67891233-abcdef012345678912345678",
		"base64":            "Zm9v/YmFy+A==",
		"dots and tilde":    "a.b_c~d:e",
		"one byte":          "x",
		"128 bytes at most": strings.Repeat("a", 128),
	} {
		t.Run(name, func(t *testing.T) {
			if got := idOf(t, get(source{"X-Request-Id": id})); got != id {
				t.Errorf("id %q, want the client's %q", got, id)
			}
		})
	}
}

func TestRequestIDReplacesMalformedIDs(t *testing.T) {
	for name, id := range map[string]string{
		"none":           "",
		"129 bytes":      strings.Repeat("a", 129),
		"line break":     "a\r\nSet-Cookie: x=1",
		"space":          "a b",
		"quote":          `a"b`,
		"letter of UTF8": "ü",
		"NUL":            "a\x00",
		"comma":          "a,b",
		"markup":         "<script>",
	} {
		t.Run(name, func(t *testing.T) {
			if got := idOf(t, get(source{"X-Request-Id": id})); !uuid7.MatchString(got) {
				t.Errorf("id %q, want a new UUID of version 7", got)
			}
		})
	}
}

func TestRequestIDKeepsTheHostsID(t *testing.T) {
	req := get(nil)
	req.ID = "8f5a1c5e-aws"
	if got := idOf(t, req); got != "8f5a1c5e-aws" {
		t.Errorf("id %q, want the host's", got)
	}
}

func TestRequestIDPrefersTheClientsIDToTheHosts(t *testing.T) {
	req := get(source{"X-Request-Id": "client"})
	req.ID = "host"
	if got := idOf(t, req); got != "client" {
		t.Errorf("id %q, want the client's", got)
	}
}

func TestRequestIDOptions(t *testing.T) {
	t.Run("another header", func(t *testing.T) {
		unit, _ := start(t, ok, list(middleware.RequestID(middleware.IDHeader("X-Correlation-Id"))))
		reply := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"X-Correlation-Id": "c1", "X-Request-Id": "r1"}))
		if got := reply.Header.Get("X-Correlation-Id"); got != "c1" {
			t.Errorf("X-Correlation-Id %q, want c1", got)
		}
	})
	t.Run("ids of one's own", func(t *testing.T) {
		if got := idOf(t, get(nil), middleware.NewID(func() string { return "mine" })); got != "mine" {
			t.Errorf("id %q, want mine", got)
		}
	})
	t.Run("clients are not trusted", func(t *testing.T) {
		if got := idOf(t, get(source{"X-Request-Id": "client"}), middleware.IgnoreClientID()); got == "client" {
			t.Error("the client's id was taken")
		}
	})
	t.Run("no-ops", func(t *testing.T) {
		if got := idOf(t, get(nil), nil, middleware.IDHeader(""), middleware.NewID(nil)); !uuid7.MatchString(got) {
			t.Errorf("id %q, want the default's", got)
		}
	})
}

func TestRequestIDIsReturnedWithErrors(t *testing.T) {
	reply, _ := serve(t, fails(fn.Errorf(fn.NotFound, "no")), list(middleware.RequestID()), source{"X-Request-Id": "r1"})
	if got := reply.Header.Get("X-Request-Id"); reply.Status != 404 || got != "r1" {
		t.Errorf("status %d, id %q; want 404 with r1", reply.Status, got)
	}
}

func TestRequestIDFollowsCalls(t *testing.T) {
	var unit *fn.Unit
	var inner string
	use := list(middleware.RequestID())
	unit, _ = start(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		if req.Kind == fn.KindCall {
			inner = req.ID
			return ok(ctx, req)
		}
		return unit.Host("test").Invoke(ctx, "orders.get", &fn.Request{Kind: fn.KindCall})
	}, use)
	unit.Host("test").Serve(t.Context(), "orders.get", get(source{"X-Request-Id": "outer"}))
	if inner != "outer" {
		t.Errorf("the called function has the id %q, want its caller's", inner)
	}
}

func TestRequestIDsDiffer(t *testing.T) {
	unit, _ := start(t, ok, list(middleware.RequestID()))
	seen := map[string]bool{}
	for range 1000 {
		seen[unit.Host("test").Serve(t.Context(), "orders.get", get(nil)).Header.Get("X-Request-Id")] = true
	}
	if len(seen) != 1000 {
		t.Errorf("%d different ids in 1000 requests", len(seen))
	}
}

func TestRequestIDFromOutsideOfARequest(t *testing.T) {
	if got := middleware.RequestIDFrom(t.Context()); got != "" {
		t.Errorf("id %q, want none", got)
	}
}

func FuzzRequestID(f *testing.F) {
	for _, seed := range []string{"", "abc", "a\nb", "é", strings.Repeat("x", 200), "Root=1-2"} {
		f.Add(seed)
	}
	unit, _ := start(f, ok, list(middleware.RequestID()))
	wellFormed := regexp.MustCompile(`^[A-Za-z0-9._~+/=:-]{1,128}$`)
	f.Fuzz(func(t *testing.T, id string) {
		got := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"X-Request-Id": id})).Header.Get("X-Request-Id")
		if !wellFormed.MatchString(got) {
			t.Errorf("the id %q is not well-formed", got)
		}
		if (got == id) != wellFormed.MatchString(id) {
			t.Errorf("the client's id %q became %q", id, got)
		}
	})
}
