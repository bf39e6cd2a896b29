package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
)

// appOf is an app of the functions, without a log.
func appOf(options []fn.AppOption, functions ...fn.Function) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("replies", append(options, fn.Logger(zerolog.Nop()))...)
	app.Add(functions...)
	return app
}

// located is an Out whose own field is bound to Location.
type located struct {
	Location string   `header:"Location"`
	Others   []string `header:"Content-Location"`
}

func TestALocationIsAReference(t *testing.T) {
	for given, want := range map[string]string{
		"/a b?x=1":                "/a%20b?x=1",
		" /a ":                    "/a",
		"/a%20b%2Fc":              "/a%20b%2Fc",
		"/100%":                   "/100%25",
		"/%zz":                    "/%25zz",
		"/\u00fc?q=\u00e9#\u00e8": "/%C3%BC?q=%C3%A9#%C3%A8",
		`/"a"<b>\c^d` + "`{e|f}":  "/%22a%22%3Cb%3E%5Cc%5Ed%60%7Be%7Cf%7D",
		`/\evil.example`:          "/%5Cevil.example",
		"/\t/evil.example":        "/%09/evil.example",
		"\t/a\t":                  "/a",
		"https://[::1]:80/~x'(*)": "https://[::1]:80/~x'(*)",
		"/a\x00b":                 "/a%00b",
		"/a\r\nX-Evil: 1":         "/a%0D%0AX-Evil:%201",
		"/a\r\n":                  "/a%0D%0A",
		"\r\n\r\n":                "%0D%0A%0D%0A",
		"/a\x7fb\x1f":             "/a%7Fb%1F",
		"/a\xff\xc3":              "/a%FF%C3",
	} {
		app := appOf(nil,
			fn.New("go.helper", func(context.Context, struct{}) (fn.Redirect, error) { return fn.RedirectTo(302, given), nil }, fn.Route("GET /helper")),
			fn.New("go.literal", func(context.Context, struct{}) (fn.Redirect, error) {
				return fn.Redirect{Status: 302, Location: given}, nil
			}, fn.Route("GET /literal")),
			fn.New("go.field", func(context.Context, struct{}) (located, error) {
				return located{Location: given, Others: []string{given}}, nil
			}, fn.Route("GET /field", fn.Status(302))),
		)
		fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
			for _, path := range []string{"/helper", "/literal", "/field"} {
				res := c.Do(fntest.Get(path))
				if res.Status != 302 || res.Header.Get("Location") != want || res.Header.Get("X-Evil") != "" {
					t.Errorf("%s to %q: %d %q, want 302 %q", path, given, res.Status, res.Header.Get("Location"), want)
				}
			}
		}, fntest.Hosts("direct", "http", "lambda/rest-1.0", "lambda/alb"))
	}
}

// replying is a Raw function that answers with the status and header.
func replying(name, path string, status int, header fn.Header) fn.Function {
	return fn.Raw(name, func(context.Context, *fn.Request) (*fn.Reply, error) {
		return &fn.Reply{Status: status, Header: header, Body: []byte("hello")}, nil
	}, fn.Route(path))
}

func TestAHeaderThatCannotBeSentIsRefused(t *testing.T) {
	for name, field := range map[string]fn.Header{
		"NUL":               {{Name: "X-A", Value: "a\x00b"}},
		"CR":                {{Name: "X-A", Value: "a\rb"}},
		"LF":                {{Name: "X-A", Value: "a\nX-Evil: 1"}},
		"DEL":               {{Name: "X-A", Value: "a\x7f"}},
		"escape":            {{Name: "X-A", Value: "\x1b[31m"}},
		"a name's space":    {{Name: "X A", Value: "a"}},
		"a name's line end": {{Name: "X-A\r\nX-Evil", Value: "1"}},
		"a name's colon":    {{Name: "X-A:", Value: "1"}},
		"an empty name":     {{Name: "", Value: "a"}},
		"the second field":  {{Name: "X-B", Value: "b"}, {Name: "X-A", Value: "\x01"}},
	} {
		set := func(next fn.Invoker) fn.Invoker {
			return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				req.ReplyHeader().Set("X-Good", "1")
				for _, f := range field {
					req.ReplyHeader().Add(f.Name, f.Value)
				}
				return next(ctx, req)
			}
		}
		failing := fn.Errorf(fn.NotFound, "gone")
		for _, f := range field {
			failing = failing.WithHeader(f.Name, f.Value)
		}
		app := appOf(nil,
			replying("bad.reply", "GET /reply", 200, field),
			fn.Raw("bad.failure", func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, failing }, fn.Route("GET /failure")),
			fn.Raw("bad.middleware", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 200}, nil }, fn.Route("GET /middleware"), fn.Use(set)),
		)
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				for _, path := range []string{"/reply", "/failure", "/middleware"} {
					res := c.Do(fntest.Get(path))
					_, evil := res.Header["X-Evil"]
					if p := res.Problem(); res.Status != 500 || p == nil || p.Code != "internal" || res.Header.Get("X-A") != "" || evil {
						t.Errorf("%s: %v %v", path, res, res.Header)
					}
					if path == "/middleware" && res.Header.Get("X-Good") != "1" {
						t.Errorf("the other fields of the middleware are lost: %v", res.Header)
					}
				}
			}, fntest.Hosts("direct", "http", "lambda/rest-1.0", "lambda/http-2.0", "lambda/alb"))
		})
	}
}

// What net/http does to a value on the wire, every host does.
func TestSpacesAroundAHeaderValueAreNotSent(t *testing.T) {
	app := appOf(nil, replying("a.b", "GET /", 200, fn.Header{{Name: "X-A", Value: " \ta b\t "}}))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if got := c.Do(fntest.Get("/")).Header.Get("X-A"); got != "a b" {
			t.Errorf("got %q", got)
		}
	})
}

// A function does not know the connection that carries its reply, and some hosts have none
// (RFC 9110 section 7.6.1). So the fields of one are in no reply, whoever sets them. What a mounted
// handler says of the connection is the server's to do, and announces no trailer elsewhere.
func TestNoReplyHasFieldsOfTheConnection(t *testing.T) {
	names := []string{"Connection", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade"}
	var header fn.Header
	for _, name := range names {
		header = append(header, fn.Header{{Name: name, Value: "X-A"}, {Name: strings.ToLower(name), Value: "X-A"}}...)
	}
	header = append(header, fn.Header{{Name: "X-A", Value: "1"}, {Name: "Content-Length", Value: "5"}, {Name: "Content-Type", Value: "text/plain"}}...)
	adds := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			for _, name := range names {
				req.ReplyHeader().Add(name, "X-B")
			}
			return next(ctx, req)
		}
	}
	handler := func(flush bool) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for _, name := range []string{"Keep-Alive", "Proxy-Connection", "Te", "X-A"} {
				w.Header().Set(name, "1")
			}
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Connection", "close")
			w.Header().Set("Upgrade", "websocket")
			w.WriteHeader(426)
			if flush {
				w.(http.Flusher).Flush()
			}
			_, _ = io.WriteString(w, "later")
		}
	}
	app := appOf(nil,
		replying("a.own", "/own", 200, header),
		fn.Raw("a.added", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Header: fn.Header{{Name: "X-A", Value: "1"}}}, nil
		}, fn.Route("/added"), fn.Use(adds)),
		fnhttp.Handle("a.mounted", handler(false), fn.Route("/mounted")),
		fnhttp.Handle("a.flushed", handler(true), fn.Route("/flushed")),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/own", "/added", "/mounted", "/flushed"} {
			got := c.Do(fntest.Get(path)).Header
			if got.Get("X-A") != "1" {
				t.Errorf("%s: %v", path, got)
			}
			for _, name := range names {
				if got.Get(name) != "" {
					t.Errorf("%s has %s: %v", path, name, got)
				}
			}
		}
	})
	fntest.Same(t, app, []fntest.Request{fntest.Get("/own"), fntest.Get("/added"), fntest.Get("/mounted"), fntest.Get("/flushed")})
}

func TestStatusesWithoutABodyHaveNoFieldsOfOne(t *testing.T) {
	header := func() fn.Header {
		return fn.Header{{Name: "Content-Type", Value: "text/plain"}, {Name: "Content-Length", Value: "5"}, {Name: "Etag", Value: `"1"`}}
	}
	mounted := func(name, path string, status int) fn.Function {
		return fnhttp.Handle(name, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for _, f := range header() {
				w.Header().Set(f.Name, f.Value)
			}
			w.WriteHeader(status)
		}), fn.Route(path))
	}
	app := appOf(nil,
		replying("a.reply304", "/reply/304", 304, header()), replying("a.reply204", "/reply/204", 204, header()),
		mounted("a.mounted304", "/mounted/304", 304), mounted("a.mounted204", "/mounted/204", 204),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			for _, kind := range []string{"/reply"} {
				res := c.Do(fntest.NewRequest(method, kind+"/304"))
				if res.Header.Get("Content-Type") != "" || res.Status != 304 || res.Header.Get("Etag") != `"1"` || len(res.Body) > 0 {
					t.Errorf("%s %s: %v %v", method, kind, res, res.Header)
				}
				res = c.Do(fntest.NewRequest(method, kind+"/204"))
				if res.Status != 204 || res.Header.Get("Content-Type") != "text/plain" || len(res.Body) > 0 {
					t.Errorf("%s %s: %v %v", method, kind, res, res.Header)
				}
			}
		}
	})
}

// unread is a stream that fails the test when it is read.
type unread struct {
	t      *testing.T
	closed *bool
}

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the stream is read")
	return 0, errors.New("not for HEAD")
}
func (u unread) Close() error { *u.closed = true; return nil }

type streamed struct {
	Type string    `header:"Content-Type"`
	Body io.Reader `body:""`
}

func TestHEADReadsNoStream(t *testing.T) {
	var closed bool
	app := appOf(nil, fn.New("a.b", func(context.Context, struct{}) (streamed, error) {
		return streamed{Type: "video/mp4", Body: unread{t, &closed}}, nil
	}, fn.Route("GET /")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		closed = false
		res := c.Do(fntest.NewRequest("HEAD", "/"))
		if res.Status != 200 || res.Header.Get("Content-Type") != "video/mp4" || !closed {
			t.Errorf("%v %v, closed: %v", res, res.Header, closed)
		}
	})
}

func TestAMountedHandlerHasAnAddressWithAPort(t *testing.T) {
	app := appOf(nil, fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if err != nil || net.ParseIP(host) == nil {
			http.Error(w, fmt.Sprint(r.RemoteAddr, err), http.StatusInternalServerError)
		}
	}), fn.Route("/")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/")); res.Status != 200 {
			t.Errorf("got %v", res)
		}
	})
}

// manyFields writes fields whose names repeat, one after the other.
func TestManyHeaderFields(t *testing.T) {
	const names, times = 500, 4
	app := appOf(nil, fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := range names * times {
			w.Header().Add(fmt.Sprintf("X-%d", i%names), fmt.Sprint(i/names))
		}
	}), fn.Route("/")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		res := c.Do(fntest.Get("/"))
		for i := range names {
			if got := strings.Join(res.Header.Values(fmt.Sprintf("X-%d", i)), ", "); got != "0, 1, 2, 3" {
				t.Fatalf("X-%d is %q", i, got)
			}
		}
	})
}
