package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// plainError is the form of an existing API: {"error":"…"}.
func plainError(_ context.Context, _ *fn.Request, err *fn.Error) (*fn.Reply, error) {
	text := err.Message()
	if text == "" {
		text = err.Code().String()
	}
	return &fn.Reply{
		Header: fn.Header{{Name: "Content-Type", Value: "application/json"}},
		Body:   fmt.Appendf(nil, `{"error":%q}`, text),
	}, nil
}

// htmlError answers browsers with a page, and others with what is usual.
func htmlError(_ context.Context, req *fn.Request, err *fn.Error) (*fn.Reply, error) {
	req.ReplyHeader().Add("Vary", "Accept")
	if req.Accepts("application/problem+json", "text/html") != "text/html" {
		return nil, nil
	}
	return &fn.Reply{
		Header: fn.Header{{Name: "Content-Type", Value: "text/html; charset=utf-8"}},
		Body:   fmt.Appendf(nil, "<h1>%d</h1>", err.HTTPStatus()),
	}, nil
}

// failingSite is an app whose functions fail in every way.
func failingSite(options ...fn.AppOption) *fn.App[fn.NoConfig] {
	fail := fn.Define[nameInput, nameOutput]("fail.now")
	app := fn.NewApp[fn.NoConfig]("site", append([]fn.AppOption{
		fn.Use(middleware.Default()...), fn.Use(needsKey), fn.BodyLimit(100)}, options...)...)
	app.Add(
		fail.With(failNow, fn.Route("POST /fail")),
		fn.New("fail.redirect", func(context.Context, struct{}) (fn.Redirect, error) {
			return fn.RedirectTo(303, "/elsewhere"), nil
		}, fn.Route("GET /redirect")),
		fn.Raw("fail.stream", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 404, Body: []byte("a reply, and no error")}, nil
		}, fn.Route("GET /reply")),
		fn.New("site.page", func(ctx context.Context, in struct {
			Name string `query:"name"`
		}) (nameOutput, error) {
			return fail.Call(ctx, nameInput{in.Name})
		}, fn.Route("GET /page"), fn.Needs(fail)),
		fn.Raw("fail.header", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Header: fn.Header{{Name: "X-A", Value: "secret\x00"}}}, nil
		}, fn.Route("GET /header")),
		fn.New("site.ruled", func(context.Context, ruled) (struct{}, error) { return struct{}{}, nil }, fn.Route("GET /ruled")))
	return app
}

type ruled struct {
	Limit int `query:"limit" validate:"max=10"`
}

// needsKey fails in the middleware.
func needsKey(next fn.Invoker) fn.Invoker {
	return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		if req.Kind == fn.KindHTTP && req.Header("X-Key") == "bad" {
			return nil, fn.Errorf(fn.Unauthenticated, "no key").WithHeader("WWW-Authenticate", "Key")
		}
		return next(ctx, req)
	}
}

func failNow(ctx context.Context, in nameInput) (nameOutput, error) {
	switch in.Name {
	case "missing":
		return nameOutput{}, fn.Errorf(fn.NotFound, "it is gone").WithCause(errors.New("secret row"))
	case "broken":
		return nameOutput{}, fn.Errorf(fn.Internal, "secret").WithDetail("row", "secret").WithCause(errors.New("secret row"))
	case "plain":
		return nameOutput{}, errors.New("secret row")
	case "panic":
		panic("secret")
	case "late":
		return nameOutput{}, fn.Errorf(fn.Unavailable, "later").WithHeader("Retry-After", "7")
	}
	return nameOutput(in), nil
}

// TestErrorsAreRenderedInOnePlace, whoever makes them, on every host.
func TestErrorsAreRenderedInOnePlace(t *testing.T) {
	post := func(name string) fntest.Request { return fntest.Post("/fail").JSON(nameInput{name}) }
	tests := map[string]struct {
		request fntest.Request
		status  int
		text    string
		header  map[string]string
	}{
		"of a function":           {post("missing"), 404, "it is gone", nil},
		"opaque":                  {post("broken"), 500, "internal", nil},
		"any other error":         {post("plain"), 500, "internal", nil},
		"a panic":                 {post("panic"), 500, "internal", nil},
		"with a header":           {post("late"), 503, "later", map[string]string{"Retry-After": "7"}},
		"of a callee":             {fntest.Get("/page?name=late"), 503, "later", map[string]string{"Retry-After": "7"}},
		"of an opaque callee":     {fntest.Get("/page?name=broken"), 500, "internal", nil},
		"of middleware":           {fntest.Get("/ruled").Header("X-Key", "bad"), 401, "no key", map[string]string{"Www-Authenticate": "Key"}},
		"a rule is broken":        {fntest.Get("/ruled?limit=99"), 422, "the input breaks a rule", nil},
		"a header that is none":   {fntest.Get("/header"), 500, "internal", nil},
		"malformed":               {fntest.Get("/ruled?limit=x"), 400, "the request cannot be read", nil},
		"too large":               {post(strings.Repeat("x", 200)), 413, "the request is too large", nil},
		"of another type":         {fntest.Post("/fail").Body("text/plain", []byte("x")), 415, "the request body is of a type that is not taken here", nil},
		"no route":                {fntest.Get("/nowhere"), 404, "nothing answers here", nil},
		"another method":          {fntest.Get("/fail"), 405, "the method is not allowed here; see the Allow header", map[string]string{"Allow": "POST"}},
		"no route, of middleware": {fntest.Get("/nowhere").Header("X-Key", "bad"), 401, "no key", nil},
	}
	fntest.Each(t, failingSite(fn.RenderErrors(plainError)), func(t *testing.T, c *fntest.Client) {
		for _, name := range slices.Sorted(maps.Keys(tests)) {
			test := tests[name]
			got := c.Do(test.request)
			if got.Status != test.status || string(got.Body) != fmt.Sprintf(`{"error":%q}`, test.text) || got.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s: got %v %v", name, got.Header, got)
			}
			for field, want := range test.header {
				if got.Header.Get(field) != want {
					t.Errorf("%s: %s is %q, want %q", name, field, got.Header.Values(field), want)
				}
			}
			if got.Header.Get(middleware.RequestIDHeader) == "" {
				t.Errorf("%s: what the middleware adds is lost: %v", name, got.Header)
			}
		}
		for request, want := range map[string]string{"/redirect": "303 ", "/reply": "404 a reply, and no error"} {
			if got := c.Do(fntest.Get(request)); got.String() != want {
				t.Errorf("%s: got %v, want %s as it is", request, got, want)
			}
		}
		if got := c.Do(fntest.NewRequest(http.MethodHead, "/ruled?limit=99")); got.Status != 422 || len(got.Body) > 0 {
			t.Errorf("HEAD: got %v", got)
		}
		for _, line := range c.Logs() {
			if text := fmt.Sprint(line["error"]); strings.Contains(text, "secret") && line["code"] != "internal" && line["code"] != "not_found" {
				t.Errorf("a line has lost the code: %v", line)
			}
		}
		if !strings.Contains(fmt.Sprint(c.Logs()), "it is gone: secret row") {
			t.Error("no line has code, message and cause of the error that was rendered")
		}
	})
}

// TestCallsAndDirectInvokesKeepTheirErrors, which are structured and not rendered.
func TestCallsAndDirectInvokesKeepTheirErrors(t *testing.T) {
	fntest.Each(t, failingSite(fn.RenderErrors(plainError)), func(t *testing.T, c *fntest.Client) {
		for name, want := range map[string]fn.Code{"missing": fn.NotFound, "late": fn.Unavailable, "broken": fn.Internal, "panic": fn.Internal} {
			if _, err := fntest.Call[nameInput, nameOutput](c, "fail.now", nameInput{name}); fn.CodeOf(err) != want {
				t.Errorf("call: got %v", err)
			}
			_, err := c.InvokeJSON("fail.now", nameInput{name})
			if fn.CodeOf(err) != want || want == fn.NotFound && !strings.Contains(err.Error(), "it is gone") {
				t.Errorf("direct: got %v", err)
			}
		}
	})
}

// TestAWebsiteAnswersBrowsersWithAPage and programs with the problem document.
func TestAWebsiteAnswersBrowsersWithAPage(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
	fntest.Each(t, failingSite(fn.RenderErrors(htmlError)), func(t *testing.T, c *fntest.Client) {
		for accept, page := range map[string]bool{browser: true, "": false, "*/*": false, "application/json": false, "text/*": true, "text/html;q=0, */*": false} {
			for _, target := range []string{"/nowhere", "/fail", "/ruled?limit=99", "/page?name=broken"} {
				request := fntest.Get(target)
				if accept != "" {
					request = request.Header("Accept", accept)
				}
				got := c.Do(request)
				want := fmt.Sprintf("<h1>%d</h1>", got.Status)
				if page != (string(got.Body) == want) || page == (got.Problem() != nil) || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "Accept") {
					t.Errorf("%s for %q: got %v %v", target, accept, got.Header, got)
				}
			}
		}
	})
}

// closer is a stream that notes its end.
type closer struct {
	io.Reader
	closed *bool
}

func (c closer) Close() error { *c.closed = true; return nil }

// TestARendererThatFailsLeavesTheProblemDocument and a line in the log.
func TestARendererThatFailsLeavesTheProblemDocument(t *testing.T) {
	var closed bool
	html := fn.Header{{Name: "Content-Type", Value: "text/html"}}
	for name, test := range map[string]struct {
		render fn.ErrorRenderer
		log    string // "": nothing is wrong
	}{
		"an error": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Stream: closer{strings.NewReader("x"), &closed}}, errors.New("no template")
		}, "no template"},
		"an Error of ours": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return nil, fn.Errorf(fn.NotFound, "no template")
		}, "no template"},
		"a panic": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) { panic("no template") }, "no template"},
		"a success": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Status: 200, Header: html}, nil
		}, "status is 200"},
		"a redirect": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Status: 302, Header: html}, nil
		}, "status is 302"},
		"a status too high": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Status: 600, Header: html}, nil
		}, "status is 600"},
		"no type": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Body: []byte("<h1>no</h1>")}, nil
		}, "no Content-Type"},
		"a field that is none": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Header: append(fn.Header{{Name: "X-A", Value: "1\r\nX-B: 2"}}, html...)}, nil
		}, "X-A"},
		"nothing": {func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) { return nil, nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			closed = false
			fntest.Each(t, failingSite(fn.RenderErrors(test.render)), func(t *testing.T, c *fntest.Client) {
				for _, target := range []string{"/ruled?limit=99", "/nowhere"} {
					if got := c.Do(fntest.Get(target)); got.Problem() == nil || got.Problem().Status != got.Status {
						t.Errorf("%s: got %v", target, got)
					}
				}
				if got := strings.Contains(fmt.Sprint(c.Logs()), "RenderErrors"); got != (test.log != "") || !strings.Contains(fmt.Sprint(c.Logs()), test.log) {
					t.Errorf("the log is %v, want %q in it", c.Logs(), test.log)
				}
			})
			if name == "an error" && !closed {
				t.Error("the stream of the reply is not closed")
			}
		})
	}
}

// TestWhatARendererMaySay: another status and header fields of its own; and several
// renderers, of which the first that answers counts.
func TestWhatARendererMaySay(t *testing.T) {
	lenient := func(_ context.Context, _ *fn.Request, err *fn.Error) (*fn.Reply, error) {
		if err.HTTPStatus() != 422 {
			return nil, nil
		}
		if len(err.Violations()) != 1 || err.Violations()[0].Location != "query.limit" {
			return nil, fmt.Errorf("the violations are %v", err.Violations())
		}
		return &fn.Reply{Status: 400, Header: fn.Header{{Name: "Content-Type", Value: "text/plain"}, {Name: "Retry-After", Value: "1"}}, Body: []byte("no")}, nil
	}
	fntest.Each(t, failingSite(fn.RenderErrors(lenient), fn.RenderErrors(plainError)), func(t *testing.T, c *fntest.Client) {
		if got := c.Do(fntest.Get("/ruled?limit=99")); got.String() != "400 no" || got.Header.Get("Retry-After") != "1" {
			t.Errorf("got %v %v", got.Header, got)
		}
		if got := c.Do(fntest.Get("/nowhere")); got.String() != `404 {"error":"nothing answers here"}` {
			t.Errorf("got %v", got)
		}
	})
	_, err := fn.NewApp[fn.NoConfig]("site", fn.RenderErrors(nil)).Start(t.Context())
	if err == nil || !strings.Contains(err.Error(), "RenderErrors") {
		t.Errorf("nil: got %v", err)
	}
}

// TestAReplyThatCannotBeSentIsRenderedToo, where a host finds out.
func TestAReplyThatCannotBeSentIsRenderedToo(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("site", fn.RenderErrors(plainError))
	app.Add(fn.Raw("site.large", func(context.Context, *fn.Request) (*fn.Reply, error) {
		return &fn.Reply{Body: make([]byte, 7<<20)}, nil
	}, fn.Route("GET /large")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if got := c.Do(fntest.Get("/large")); got.String() != `500 {"error":"internal"}` {
			t.Errorf("got %.200s", got)
		}
	}, fntest.Hosts("lambda/rest-1.0", "lambda/http-2.0", "lambda/function-url", "lambda/alb", "grain/function"))
}

// TestARendererMayAnswerWithAStream, also to a reply whose stream has failed. One that fails
// as well is an empty 500, so that nothing is tried for ever. All of them are closed.
func TestARendererMayAnswerWithAStream(t *testing.T) {
	for name, test := range map[string]struct {
		body func() io.Reader
		want string
	}{
		"that is read": {func() io.Reader { return strings.NewReader("failed") }, "500 failed"},
		"that fails":   {func() io.Reader { return &brokenAt{1} }, "500 "},
	} {
		var opened, closed atomic.Int32
		stream := func(body io.Reader) io.Reader {
			opened.Add(1)
			return counting{body, &closed}
		}
		app := fn.NewApp[fn.NoConfig]("site", fn.RenderErrors(func(context.Context, *fn.Request, *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{Header: fn.Header{{Name: "Content-Type", Value: "text/plain"}}, Stream: stream(test.body())}, nil
		}))
		app.Add(
			fn.New("site.error", func(context.Context, struct{}) (string, error) { return "", errors.New("no") }, fn.Route("GET /error")),
			fn.Raw("site.stream", func(context.Context, *fn.Request) (*fn.Reply, error) {
				return &fn.Reply{Stream: stream(&brokenAt{1})}, nil
			}, fn.Route("GET /stream")))
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				for _, target := range []string{"/error", "/stream"} {
					if got := c.Do(fntest.Get(target)); got.String() != test.want {
						t.Errorf("%s: got %v, want %s", target, got, test.want)
					}
				}
			})
			if opened.Load() != closed.Load() {
				t.Errorf("%d streams were opened and %d closed", opened.Load(), closed.Load())
			}
		})
	}
}

// counting counts how often it is closed.
type counting struct {
	io.Reader
	closed *atomic.Int32
}

func (c counting) Close() error { c.closed.Add(1); return nil }
