package fntest_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// after is middleware that does something to the answer of what it stands around.
func after(change func(req *fn.Request, reply *fn.Reply) (*fn.Reply, error)) fn.Middleware {
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			reply, err := next(ctx, req)
			if err != nil {
				return nil, err
			}
			return change(req, reply)
		}
	}
}

// What middleware makes of the answer of a mounted handler counts until that is sent,
// on every host: after the first flush, or more than 16 KiB.
func TestMiddlewareChangesWhatIsNotSent(t *testing.T) {
	changes := map[string]struct {
		change func(*fn.Request, *fn.Reply) (*fn.Reply, error)
		status int
		body   string
		header string
	}{
		"a status": {func(_ *fn.Request, r *fn.Reply) (*fn.Reply, error) { r.Status = 418; return r, nil }, 418, "hello", ""},
		"a field of the reply": {func(_ *fn.Request, r *fn.Reply) (*fn.Reply, error) {
			r.Header.Set("X-After", "1")
			return r, nil
		}, 201, "hello", "1"},
		"a field of the request": {func(req *fn.Request, r *fn.Reply) (*fn.Reply, error) {
			req.ReplyHeader().Set("X-After", "2")
			return r, nil
		}, 201, "hello", "2"},
		"another reply": {func(*fn.Request, *fn.Reply) (*fn.Reply, error) {
			return &fn.Reply{Status: 202, Body: []byte("other")}, nil
		}, 202, "other", ""},
		"an error":     {func(*fn.Request, *fn.Reply) (*fn.Reply, error) { return nil, fn.Errorf(fn.NotFound, "gone") }, 404, "", ""},
		"no reply":     {func(*fn.Request, *fn.Reply) (*fn.Reply, error) { return nil, nil }, 500, "", ""},
		"a panic":      {func(*fn.Request, *fn.Reply) (*fn.Reply, error) { panic("late") }, 500, "", ""},
		"the status 0": {func(_ *fn.Request, r *fn.Reply) (*fn.Reply, error) { r.Status = 0; return r, nil }, 200, "hello", ""},
	}
	for name, test := range changes {
		app := appOf([]fn.AppOption{fn.Use(after(test.change))},
			mounted("m.held", "/held", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Own", "1")
				w.WriteHeader(201)
				_, _ = io.WriteString(w, "hello")
			}),
			mounted("m.most", "/most", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 16<<10)) }),
			mounted("m.flushed", "/flushed", func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(201)
				_, _ = io.WriteString(w, "hel")
				w.(http.Flusher).Flush()
				_, _ = io.WriteString(w, "lo")
			}),
			mounted("m.large", "/large", func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(201)
				for range 17 {
					_, _ = w.Write([]byte(strings.Repeat("x", 1024)))
				}
			}),
		)
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				res := c.Do(fntest.Get("/held"))
				if res.Status != test.status || test.body != "" && string(res.Body) != test.body || res.Header.Get("X-After") != test.header {
					t.Errorf("held: %v %v", res, res.Header)
				}
				if res := c.Do(fntest.Get("/most")); test.status != 201 && res.Status != test.status {
					t.Errorf("16 KiB: %d", res.Status)
				}
				if res := c.Do(fntest.Get("/flushed")); res.String() != "201 hello" || res.Header.Get("X-After") != "" {
					t.Errorf("flushed: %v %v", res, res.Header)
				}
				if res := c.Do(fntest.Get("/large")); res.Status != 201 || len(res.Body) != 17<<10 || res.Header.Get("X-After") != "" {
					t.Errorf("large: %d, %d bytes, %v", res.Status, len(res.Body), res.Header)
				}
			})
		})
	}
}

// What is set before goes with both, and middleware sees status and header of both.
func TestMiddlewareSeesWhatAMountedHandlerAnswered(t *testing.T) {
	var seen *fn.Reply
	look := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.ReplyHeader().Set("X-Before", "1")
			reply, err := next(ctx, req)
			seen = reply
			return reply, err
		}
	}
	app := appOf([]fn.AppOption{fn.Use(look)},
		mounted("m.held", "/held", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Own", "1")
			w.WriteHeader(418)
		}),
		mounted("m.sent", "/sent", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Own", "1")
			w.WriteHeader(418)
			w.(http.Flusher).Flush()
		}),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/held", "/sent"} {
			res := c.Do(fntest.Get(path))
			if res.Status != 418 || res.Header.Get("X-Before") != "1" || seen.Status != 418 || seen.Header.Get("X-Own") != "1" {
				t.Errorf("%s: %v %v, seen %+v", path, res, res.Header, seen)
			}
		}
	})
}

// What a server can only cut is a 500 where there is no connection to cut.
func TestWhatASeverWouldCut(t *testing.T) {
	app := appOf(nil,
		mounted("cut.abort", "/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		mounted("cut.short", "/short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "hello")
		}),
		mounted("cut.empty", "/empty", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "10") }),
		mounted("cut.toolong", "/toolong", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "2")
			_, _ = io.WriteString(w, "hello")
		}),
		mounted("cut.large", "/large", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write(make([]byte, 50_000))
		}),
		mounted("cut.halfway", "/halfway", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "hello")
			w.(http.Flusher).Flush()
			panic("secret")
		}),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/abort", "/short", "/empty", "/toolong", "/large", "/halfway"} {
			res, err := c.Try(t.Context(), fntest.Get(path))
			onLambda := strings.HasPrefix(c.Host(), "lambda/") || strings.HasPrefix(c.Host(), "grain/") && c.Host() != "grain/group/http"
			if onLambda && (err != nil || res.Status != 500 || res.Problem() == nil) || !onLambda && err == nil {
				t.Errorf("%s: %v %v", path, res, err)
			}
		}
		for _, path := range []string{"/short", "/empty", "/large"} { // a length without a body is what HEAD is for
			if res := c.Do(fntest.NewRequest("HEAD", path)); res.Status != 200 {
				t.Errorf("HEAD %s: %v", path, res)
			}
		}
	})
}

// A failure before anything is sent is an answer like any other.
func TestFailuresBeforeTheResponseIsSent(t *testing.T) {
	app := appOf(nil,
		mounted("fail.zero", "/zero", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(0) }),
		mounted("fail.thousand", "/thousand", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(1000) }),
		mounted("fail.panic", "/panic", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "hello")
			panic("secret")
		}),
		mounted("fail.nul", "/nul", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-A", "a\x00b") }),
		mounted("fail.nulsent", "/nulsent", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-A", "a\x00b")
			w.(http.Flusher).Flush()
			_, _ = io.WriteString(w, "hello")
		}),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/zero", "/thousand", "/panic", "/nul", "/nulsent"} {
			res := c.Do(fntest.Get(path))
			if p := res.Problem(); res.Status != 500 || p == nil || p.Code != "internal" || strings.Contains(string(res.Body), "secret") {
				t.Errorf("%s: %v", path, res)
			}
		}
	})
}

// closeNotifier is what gin's Context.Stream asks the writer for.
type closeNotifier interface{ CloseNotify() <-chan bool }

// Handlers that ask for what net/http's own writer has find it on every host.
func TestAMountedHandlersWriterIsLikeNetHTTPs(t *testing.T) {
	app := appOf(nil,
		mounted("own.stream", "/stream", func(w http.ResponseWriter, _ *http.Request) { // as gin's Context.Stream is written
			gone, left := w.(closeNotifier).CloseNotify(), 3
			for {
				select {
				case <-gone:
					return
				default:
					_, _ = io.WriteString(w, "step ")
					w.(http.Flusher).Flush()
					if left--; left == 0 {
						return
					}
				}
			}
		}),
		mounted("own.readfrom", "/readfrom", func(w http.ResponseWriter, _ *http.Request) {
			n, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader(strings.Repeat("x", 70_000)))
			if n != 70_000 || err != nil {
				panic("not all")
			}
		}),
		mounted("own.controller", "/controller", func(w http.ResponseWriter, r *http.Request) {
			c := http.NewResponseController(w)
			if req, _ := fn.RequestFrom(r.Context()); req.Host != "http" {
				_, _, err := c.Hijack()
				if !errors.Is(err, errors.ErrUnsupported) || !errors.Is(c.SetWriteDeadline(time.Time{}), errors.ErrUnsupported) {
					panic(err)
				}
				if _, _, err := w.(http.Hijacker).Hijack(); !errors.Is(err, http.ErrNotSupported) {
					panic(err)
				}
			} else if err := c.SetWriteDeadline(time.Time{}); err != nil {
				panic(err)
			}
			if err := c.Flush(); err != nil {
				panic(err)
			}
			_, _ = io.WriteString(w, "flushed")
		}),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/stream")); res.String() != "200 step step step " {
			t.Errorf("got %v", res)
		}
		if res := c.Do(fntest.Get("/readfrom")); res.Status != 200 || len(res.Body) != 70_000 {
			t.Errorf("got %d, %d bytes", res.Status, len(res.Body))
		}
		if res := c.Do(fntest.Get("/controller")); res.String() != "200 flushed" {
			t.Errorf("got %v", res)
		}
	})
}

func TestCloseNotifyTellsOfTheEnd(t *testing.T) {
	told := make(chan bool, 1)
	app := appOf([]fn.AppOption{fn.Timeout(time.Millisecond)}, mounted("a.b", "/", func(w http.ResponseWriter, _ *http.Request) {
		told <- <-w.(closeNotifier).CloseNotify()
	}))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/")); res.Status != 504 || !<-told {
			t.Errorf("got %v", res)
		}
	})
}

// A handler that heeds its context and says nothing has not answered.
func TestAHandlerThatReturnsWhenItsTimeIsUpIsA504(t *testing.T) {
	for name, options := range map[string][]fn.AppOption{
		"without middleware": {fn.Timeout(time.Millisecond)},
		"with middleware":    {fn.Use(middleware.Default()...), fn.Timeout(time.Millisecond)},
	} {
		app := appOf(options,
			mounted("late.silent", "/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
			mounted("late.speaks", "/speaks", func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, "hel")
				<-r.Context().Done()
				_, _ = io.WriteString(w, "lo")
			}),
			fn.New("late.typed", func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "late", nil }, fn.Route("GET /typed")),
		)
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				for range 10 {
					for _, path := range []string{"/silent", "/speaks", "/typed"} {
						if res := c.Do(fntest.Get(path)); res.Status != 504 || res.Problem() == nil {
							t.Errorf("%s: %v", path, res)
						}
					}
				}
			})
		})
	}
}

// fn.Timeout holds by itself, on every host, for calls and direct invokes too.
func TestTimeoutHoldsByItself(t *testing.T) {
	slow := fn.Define[struct{}, string]("slow.wait")
	wait := func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "", ctx.Err() }
	calls := func(ctx context.Context, _ struct{}) (string, error) { return slow.Call(ctx, struct{}{}) }
	app := appOf(nil, slow.With(wait, fn.Timeout(20*time.Millisecond), fn.Route("GET /wait")), fn.New("slow.calls", calls, fn.Needs(slow), fn.Route("GET /calls")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/wait", "/calls"} {
			if res := c.Do(fntest.Get(path)); res.Status != 504 {
				t.Errorf("%s: %v", path, res)
			}
		}
		if _, err := fntest.Call[struct{}, string](c, "slow.wait", struct{}{}); fn.CodeOf(err) != fn.DeadlineExceeded {
			t.Errorf("called: %v", err)
		}
	})
}

// One function can go without what the app says, and the last word counts.
func TestNoTimeout(t *testing.T) {
	takes := func(context.Context, struct{}) (string, error) { time.Sleep(time.Hour); return "done", nil }
	for name, test := range map[string]struct {
		options []fn.AppOption
		own     []fn.FunctionOption
		status  int
	}{
		"of the function": {[]fn.AppOption{fn.Timeout(time.Second), fn.Use(middleware.Timeout())}, []fn.FunctionOption{fn.NoTimeout()}, 200},
		"of the app":      {[]fn.AppOption{fn.NoTimeout(), fn.Use(middleware.Timeout())}, nil, 200},
		"overruled":       {[]fn.AppOption{fn.NoTimeout()}, []fn.FunctionOption{fn.Timeout(time.Second)}, 504},
		"said before":     {nil, []fn.FunctionOption{fn.NoTimeout(), fn.Timeout(time.Second)}, 504},
		"said after":      {nil, []fn.FunctionOption{fn.Timeout(time.Second), fn.NoTimeout()}, 200},
	} {
		synctest.Test(t, func(t *testing.T) {
			app := appOf(test.options, fn.New("a.b", takes, append(test.own, fn.Route("GET /"))...))
			unit, err := app.Start(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			c, err := fntest.Open(t.Context(), unit)
			if err != nil {
				t.Fatal(err)
			}
			if res := c.Do(fntest.Get("/")); res.Status != test.status {
				t.Errorf("%s: %v", name, res)
			}
			if err := unit.Stop(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// broken is a stream that fails at its n-th read.
type brokenAt struct{ n int }

func (b *brokenAt) Read(p []byte) (int, error) {
	if b.n--; b.n == 0 {
		return 0, errors.New("the disk is gone")
	}
	return copy(p, "part"), nil
}

func TestAStreamThatFailsAtOnceIsA500(t *testing.T) {
	app := appOf([]fn.AppOption{fn.Use(middleware.RequestID())}, fn.New("a.b", func(context.Context, struct{}) (streamed, error) {
		return streamed{Type: "video/mp4", Body: &brokenAt{1}}, nil
	}, fn.Route("GET /")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		res := c.Do(fntest.Get("/"))
		if p := res.Problem(); res.Status != 500 || p == nil || p.Code != "internal" || res.Header.Get("X-Request-Id") == "" {
			t.Errorf("got %v %v", res, res.Header)
		}
	})
}
