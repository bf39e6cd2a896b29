package fnhttp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

var patterns = []string{
	"GET /orders/{id}",
	"POST /orders",
	"/files/{rest...}",
	"GET /docs/",
	"GET /exact/{$}",
	"PUT /mixed",
	"GET /mixed",
	"OPTIONS /preflight",
	"HEAD /onlyhead",
}

// The host answers a request where a plain ServeMux with the same patterns
// does: with the same status, Allow, Location and route.
func TestRoutingIsThatOfServeMux(t *testing.T) {
	mux := http.NewServeMux()
	var functions []fn.Function
	for i, p := range patterns {
		mux.HandleFunc(p, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, p) })
		functions = append(functions, text("f.f"+string(rune('a'+i)), p, fn.Route(p)))
	}
	h := newHandler(t, functions)
	methods := []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CUSTOM"}
	targets := []string{
		"/", "/orders", "/orders/", "/orders/7", "/orders/a%2Fb", "/orders/7/x", "/files", "/files/", "/files/a/b",
		"/docs", "/docs/a", "/docs?x=1", "/exact", "/exact/", "/exact/a", "/mixed", "/preflight", "/onlyhead",
		"//orders", "/docs/../mixed", "/docs/./a?q=%20", "/nowhere",
	}
	for _, method := range methods {
		for _, target := range targets {
			want, got := ask(mux, method, target), ask(h, method, target)
			if got.Code != want.Code {
				t.Errorf("%s %s: status %d, ServeMux has %d", method, target, got.Code, want.Code)
			}
			for _, name := range []string{"Allow", "Location"} {
				if g, w := got.Header().Get(name), want.Header().Get(name); g != w {
					t.Errorf("%s %s: %s is %q, ServeMux has %q", method, target, name, g, w)
				}
			}
			if want.Code == 200 && method != "HEAD" && got.Body.String() != want.Body.String() {
				t.Errorf("%s %s: answered by %q, ServeMux takes %q", method, target, got.Body, want.Body)
			}
		}
	}
}

func TestWhatNoFunctionTakesIsAProblemAndRunsTheMiddleware(t *testing.T) {
	mark := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.ReplyHeader().Set("X-Mark", "seen")
			return next(ctx, req)
		}
	}
	app := newApp(io.Discard, []fn.Function{text("a.b", "x", fn.Route("GET /a"), fn.Route("GET /dir/"))}, fn.Use(mark))
	h := newAppHandler(t, app)
	for _, c := range []struct {
		name, method, target string
		status               int
		code                 string
	}{
		{"not found", "GET", "/nowhere", 404, `"code":"not_found"`},
		{"method not allowed", "POST", "/a", 405, `"code":"unimplemented"`},
		{"options without a route", "OPTIONS", "/a", 405, `"status":405`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := ask(h, c.method, c.target)
			if w.Code != c.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("status %d, type %q", w.Code, w.Header().Get("Content-Type"))
			}
			containsAll(t, w.Body.String(), c.code)
			if w.Header().Get("X-Mark") != "seen" {
				t.Error("the middleware did not run")
			}
		})
	}
	t.Run("redirect", func(t *testing.T) {
		w := ask(h, "GET", "/dir?q=1")
		if w.Header().Get("Location") != "/dir/?q=1" || w.Header().Get("X-Mark") != "seen" || w.Body.Len() > 0 {
			t.Errorf("header %v, body %q", w.Header(), w.Body)
		}
	})
	t.Run("a path that is none", func(t *testing.T) {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path = "*"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 400 {
			t.Errorf("status %d, want 400", w.Code)
		}
	})
}

func TestMiddlewareAnswersForAMissingRoute(t *testing.T) {
	preflight := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Method == "OPTIONS" {
				return &fn.Reply{Status: 204}, nil
			}
			return next(ctx, req)
		}
	}
	h := newAppHandler(t, newApp(io.Discard, []fn.Function{text("a.b", "x", fn.Route("GET /a"))}, fn.Use(preflight)))
	if w := ask(h, "OPTIONS", "/a"); w.Code != 204 {
		t.Errorf("status %d, want the middleware's 204", w.Code)
	}
}

func TestRequestTellsWhatCame(t *testing.T) {
	var got *fn.Request
	var body, tenant, host, id, query string
	f := fn.Raw("a.b", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		data, err := io.ReadAll(req.Source().Body())
		if err != nil {
			return nil, err
		}
		got, body, tenant, host = req, string(data), req.Header("X-Tenant"), req.Header("Host")
		id, query = req.Source().PathValue("id"), req.Source().RawQuery()
		if r, ok := fnhttp.RequestFrom(ctx); !ok || r != req.Native {
			return nil, errors.New("RequestFrom does not return the native request")
		}
		return textReply("ok"), nil
	}, fn.Route("POST /orders/{id}"))
	h := newHandler(t, []fn.Function{f})
	r := httptest.NewRequest("POST", "https://shop.example/orders/a%2Fb?x=%20&y", strings.NewReader("payload"))
	r.Header.Set("X-Tenant", "acme")
	r.Header.Set("X-Forwarded-Proto", "gopher")
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	for _, c := range []struct{ name, got, want string }{
		{"kind", string(got.Kind), "http"}, {"host", got.Host, "http"}, {"method", got.Method, "POST"},
		{"path", got.Path, "/orders/a%2Fb"}, {"authority", got.Authority, "shop.example"}, {"scheme", got.Scheme, "https"},
		{"address", got.RemoteAddr, "192.0.2.1:1234"}, {"route", got.Route, "POST /orders/{id}"}, {"body", body, "payload"},
		{"header", tenant, "acme"}, {"Host header", host, "shop.example"}, {"path value", id, "a/b"}, {"query", query, "x=%20&y"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestRequestWithoutABodyHasNone(t *testing.T) {
	f := fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		if req.Source().Body() != nil {
			return nil, errors.New("there is a body")
		}
		return textReply("none"), nil
	}, fn.Route("GET /a"))
	if _, answer, err := get(serveRaw(t, newHandler(t, []fn.Function{f})).client(), "/a"); answer != "none" || err != nil {
		t.Errorf("%q, %v", answer, err)
	}
}

func TestThereIsNoNativeRequestElsewhere(t *testing.T) {
	if r, ok := fnhttp.RequestFrom(t.Context()); ok || r != nil {
		t.Errorf("outside of a request: %v", r)
	}
	ctx := fn.WithRequest(t.Context(), &fn.Request{Native: []byte("event")})
	if r, ok := fnhttp.RequestFrom(ctx); ok || r != nil {
		t.Errorf("on another host: %v", r)
	}
}

func TestHealth(t *testing.T) {
	other := text("a.b", "function", fn.Route("GET /other"))
	for _, c := range []struct {
		name           string
		function       fn.Function
		options        []fnhttp.Option
		method, target string
		status         int
		body           string
	}{
		{"GET", other, nil, "GET", "/healthz", 200, "ok"},
		{"HEAD", other, nil, "HEAD", "/healthz", 200, ""},
		{"POST", other, nil, "POST", "/healthz", 405, ""},
		{"off", other, []fnhttp.Option{fnhttp.Health("")}, "GET", "/healthz", 404, ""},
		{"elsewhere", other, []fnhttp.Option{fnhttp.Health("/up")}, "GET", "/up", 200, "ok"},
		{"beside a function of all paths", text("a.b", "function", fn.Route("/")), nil, "GET", "/healthz", 200, "ok"},
		{"a function has the path", text("a.b", "function", fn.Route("GET /healthz")), nil, "GET", "/healthz", 200, "function"},
		{"a function has it for all methods", text("a.b", "function", fn.Route("/healthz")), nil, "GET", "/healthz", 200, "function"},
		{"a function takes HEAD of such paths", text("a.b", "function", fn.Route("HEAD /{x}")), nil, "GET", "/healthz", 405, ""},
		{"a mounted handler has it", other, []fnhttp.Option{fnhttp.Mount("/healthz", http.NotFoundHandler())}, "GET", "/healthz", 404, "404 page not found\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := ask(newHandler(t, []fn.Function{c.function}, c.options...), c.method, c.target)
			if w.Code != c.status || c.body != "" && w.Body.String() != c.body || c.method == "HEAD" && w.Body.Len() > 0 {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, c.status, c.body)
			}
		})
	}
}

func TestMount(t *testing.T) {
	var seen *http.Request
	existing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r
		_, _ = io.WriteString(w, "mounted")
	})
	h := newHandler(t, []fn.Function{text("a.b", "function", fn.Route("GET /a"))},
		fnhttp.Mount("GET /old/{id}/{rest...}", existing), fnhttp.Mount("/admin/", existing))
	if w := ask(h, "GET", "/old/7/x/y"); w.Body.String() != "mounted" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if seen.Pattern != "GET /old/{id}/{rest...}" || seen.PathValue("id") != "7" || seen.PathValue("rest") != "x/y" {
		t.Errorf("pattern %q, id %q, rest %q", seen.Pattern, seen.PathValue("id"), seen.PathValue("rest"))
	}
	if w := ask(h, "DELETE", "/admin/users"); w.Body.String() != "mounted" || seen.URL.Path != "/admin/users" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/a"); w.Body.String() != "function" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestNewReportsWhatIsWrong(t *testing.T) {
	app := func() fn.Starter {
		return newApp(io.Discard, []fn.Function{text("a.b", "x", fn.Route("GET /a/{id}"))})
	}
	handler := http.NotFoundHandler()
	for _, c := range []struct {
		name    string
		app     fn.Starter
		options []fnhttp.Option
		want    []string
	}{
		{"no app", nil, nil, []string{"the app is nil"}},
		{"an app that does not start", newApp(io.Discard, []fn.Function{text("bad", "x")}), nil, []string{"group.function"}},
		{"options for a unit that was started", app().(*fn.App[fn.NoConfig]).MustStart(t.Context()),
			[]fnhttp.Option{fnhttp.Start(fn.Select("a.b"))}, []string{"started already"}},
		{"options of the server", app(), []fnhttp.Option{fnhttp.Addr(":1"), fnhttp.Grace(1)}, []string{"Addr, Grace", "ListenAndServe"}},
		{"a mounted pattern that a function has", app(), []fnhttp.Option{fnhttp.Mount("/a/{name}", handler), fnhttp.Mount("GET /a/{x}", handler)},
			[]string{`Mount("GET /a/{x}")`, "a.b"}},
		{"two mounted handlers", app(), []fnhttp.Option{fnhttp.Mount("/m/{x}", handler), fnhttp.Mount("/m/{y}", handler)},
			[]string{`Mount("/m/{y}")`, `Mount("/m/{x}")`}},
		{"a mounted nil", app(), []fnhttp.Option{fnhttp.Mount("/m", nil)}, []string{`Mount("/m")`, "nil"}},
		{"mounted under no pattern", app(), []fnhttp.Option{fnhttp.Mount("m", handler)}, []string{`Mount("m")`}},
		{"a health check under no path", app(), []fnhttp.Option{fnhttp.Health("up")}, []string{"Health", "slash"}},
		{"a health check under a wildcard", app(), []fnhttp.Option{fnhttp.Health("/{x}")}, []string{"Health", "wildcard"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := fnhttp.New(t.Context(), c.app, c.options...)
			if err == nil {
				t.Fatal("no error")
			}
			containsAll(t, err.Error(), c.want...)
		})
	}
}

// stops is an app that counts how often its stop hook ran.
func stops(count *int) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("test")
	app.Group("a", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStop(ctx, func(context.Context) error { *count++; return nil })
		return []fn.Function{text("a.b", "x", fn.Route("GET /a"))}, nil
	})
	return app
}

func TestWhoStartedTheUnitStopsIt(t *testing.T) {
	ctx := t.Context()
	t.Run("New", func(t *testing.T) {
		var count int
		h, err := fnhttp.New(ctx, stops(&count))
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Close(ctx); err != nil || count != 1 {
			t.Errorf("stopped %d times, %v", count, err)
		}
	})
	t.Run("the caller", func(t *testing.T) {
		var count int
		unit := stops(&count).MustStart(ctx)
		h, err := fnhttp.New(ctx, unit)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Close(ctx); err != nil || count != 0 || h.Unit() != unit {
			t.Errorf("stopped %d times, %v", count, err)
		}
	})
	t.Run("New that fails", func(t *testing.T) {
		var count int
		if _, err := fnhttp.New(ctx, stops(&count), fnhttp.Mount("GET /a", http.NotFoundHandler())); err == nil || count != 1 {
			t.Errorf("stopped %d times, %v", count, err)
		}
	})
}

func TestWrapIsAroundEverythingTheFirstOutermost(t *testing.T) {
	var order []string
	layer := func(name string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				order = append(order, name)
				w.Header().Set("X-Layer", name)
				w.Header().Add("Vary", name)
				next.ServeHTTP(w, r)
			})
		}
	}
	f := fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		reply := textReply("x")
		reply.Header.Set("X-Layer", "function")
		reply.Header.Add("Vary", "Origin")
		return reply, nil
	}, fn.Route("GET /a"))
	h := newHandler(t, []fn.Function{f}, fnhttp.Wrap(layer("first"), layer("second")),
		fnhttp.Mount("/m", http.NotFoundHandler()))
	for _, path := range []string{"/a", "/m", "/healthz", "/nowhere"} {
		order = nil
		w := ask(h, "GET", path)
		if len(order) != 2 || order[0] != "first" {
			t.Errorf("%s: %v", path, order)
		}
		if path == "/a" && (w.Header().Get("X-Layer") != "function" || len(w.Header()["Vary"]) != 3) {
			t.Errorf("a reply's field replaces an outer one, Vary adds up: %v", w.Header())
		}
	}
}
