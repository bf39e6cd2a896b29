package fnhttp_test

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

// unreadFunctions are functions that answer without their request's body.
func unreadFunctions() []fn.Function {
	large := strings.Repeat("x", 10_000)
	return []fn.Function{
		text("a.text", "hello", fn.Route("/text")),
		text("a.large", large, fn.Route("/large")),
		text("a.get", "hello", fn.Route("GET /get")),
		fn.New("a.sink", func(context.Context, struct{}) (string, error) { return "typed", nil }, fn.Route("POST /sink")),
		fn.New("a.stuck", func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "", ctx.Err() },
			fn.Route("POST /stuck"), fn.Timeout(time.Second)),
		fn.New("a.bound", func(_ context.Context, in struct {
			N int `json:"n"`
		}) (int, error) {
			return in.N, nil
		}, fn.Route("POST /bound"), fn.Timeout(time.Second)),
		fn.Raw("a.stream", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 200, Stream: strings.NewReader(large)}, nil
		}, fn.Route("/stream")),
		fnhttp.Handle("a.handler", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), fn.Route("/handler")),
		fnhttp.Handle("a.flush", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer r.Body.Close()
			w.(http.Flusher).Flush()
			_, _ = io.WriteString(w, large)
		}), fn.Route("/flush")),
	}
}

func serveUnread(t *testing.T) *pipes {
	t.Helper()
	app := newApp(io.Discard, unreadFunctions(), fn.Use(middleware.Timeout()))
	mounted := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	closing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		_, _ = io.WriteString(w, "hello")
	})
	return serveRaw(t, newAppHandler(t, app, fnhttp.Mount("/mounted", mounted), fnhttp.Mount("/closing", closing), fnhttp.CallSecret(config.NewSecret("a secret of siblings"))))
}

// talk is one connection of a client that does as it likes.
type talk struct {
	t *testing.T
	net.Conn
	r     *bufio.Reader
	head  bool // the request's method is HEAD
	began time.Time
}

func dialTalk(t *testing.T, l *pipes) *talk {
	t.Helper()
	conn, err := l.dial()
	if err != nil {
		t.Fatal(err)
	}
	return &talk{t: t, Conn: conn, r: bufio.NewReader(conn), began: time.Now()}
}

func (c *talk) say(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Fatal(err)
	}
}

// answer reads the final answer and its body, which must come within the time.
func (c *talk) answer(within time.Duration) (status int, body string, closes bool) {
	c.t.Helper()
	request := &http.Request{Method: http.MethodGet}
	if c.head {
		request.Method = http.MethodHead
	}
	for {
		res, err := http.ReadResponse(c.r, request)
		if err != nil {
			c.t.Fatal(err)
		}
		all, err := io.ReadAll(res.Body)
		if err != nil {
			c.t.Fatal(err)
		}
		if res.StatusCode >= 200 {
			if waited := time.Since(c.began); waited > within {
				c.t.Errorf("answered after %v, want %v at most", waited, within)
			}
			return res.StatusCode, string(all), res.Close
		}
	}
}

// ends waits for the end of the connection.
func (c *talk) ends(within time.Duration) {
	c.t.Helper()
	if rest, _ := io.ReadAll(c.r); len(rest) > 0 {
		c.t.Errorf("behind the answer came %q", rest)
	}
	if waited := time.Since(c.began); waited > within {
		c.t.Errorf("closed after %v, want %v at most", waited, within)
	}
	_ = c.Close()
}

// A client that announces a body and sends none is answered at once, and its
// connection is closed soon.
func TestABodyThatDoesNotComeIsNotWaitedFor(t *testing.T) {
	for _, c := range []struct {
		line   string
		status int
	}{
		{"POST /nope", 404}, {"DELETE /get", 405}, {"GET /get", 200}, {"OPTIONS /get", 405}, {"GET /text", 200}, {"POST /text", 200},
		{"POST /large", 200}, {"POST /sink", 200}, {"POST /stream", 200}, {"POST /handler", 200}, {"POST /flush", 200},
		{"GET /healthz", 200}, {"POST /healthz", 405}, {"POST /.anygrain/call/a.text", 401}, {"HEAD /text", 200},
		{"POST /mounted", 200}, {"HEAD /mounted", 200},
	} {
		for name, rest := range map[string]string{
			"a length":      "Content-Length: 10\r\n\r\n",
			"half of it":    "Content-Length: 10\r\n\r\nhalf",
			"chunks":        "Transfer-Encoding: chunked\r\n\r\n",
			"half a chunk":  "Transfer-Encoding: chunked\r\n\r\n4\r\nha",
			"HTTP/1.0 half": "Content-Length: 10\r\nConnection: keep-alive\r\n\r\nhalf",
			"asks first":    "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n",
		} {
			t.Run(c.line+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					k := dialTalk(t, serveUnread(t))
					version, within := "1.1", 20*time.Millisecond
					if strings.HasPrefix(name, "HTTP/1.0") { // where the end of the connection may be that of the answer: a second, and what net/http of Go 1.27 waits
						version, within = "1.0", 1600*time.Millisecond
					}
					k.say(fmt.Sprintf("%s HTTP/%s\r\nHost: test\r\n%s", c.line, version, rest))
					k.head = strings.HasPrefix(c.line, "HEAD")
					if status, _, _ := k.answer(within); status != c.status {
						t.Errorf("status %d, want %d", status, c.status)
					}
					k.ends(2 * time.Second)
				})
			})
		}
	}
}

// A function that has read a part of its body is answered at once, too: the rest may not come.
func TestARestThatDoesNotComeIsNotWaitedFor(t *testing.T) {
	look := fn.Raw("a.look", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		first := make([]byte, 2)
		_, err := io.ReadFull(req.Source().Body(), first)
		return &fn.Reply{Status: 200, Body: first}, err
	}, fn.Route("POST /look"))
	for name, rest := range map[string]string{
		"a length": "Content-Length: 10\r\n\r\nhalf",
		"chunks":   "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := dialTalk(t, serveRaw(t, newHandler(t, []fn.Function{look})))
				k.say("POST /look HTTP/1.1\r\nHost: test\r\n" + rest)
				if status, body, closes := k.answer(20 * time.Millisecond); status != 200 || body != "ha" || !closes {
					t.Errorf("got %d %q, the connection closes: %v", status, body, closes)
				}
				k.ends(2 * time.Second)
			})
		})
	}
}

// A body that comes in a packet of its own costs nobody the connection.
func TestABodyThatComesKeepsTheConnection(t *testing.T) {
	for _, path := range []string{"/nope", "/text", "/large", "/sink", "/handler", "/flush", "/.anygrain/call/a.text", "/mounted", "/closing"} {
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := dialTalk(t, serveUnread(t))
				for range 3 {
					k.say("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n")
					k.say("0123456789")
					if _, _, closes := k.answer(time.Second); closes {
						t.Error("the connection is given up")
					}
				}
				_ = k.Close()
			})
		})
	}
}

// A deadline that is left behind on a connection ends net/http's own read on it, and with
// that the context of all later requests. A handler around this one may take its time.
func TestAConnectionThatIsKeptHasNoDeadlineLeft(t *testing.T) {
	reading := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "read")
	})
	app := newApp(io.Discard, []fn.Function{
		text("a.alive", "alive", fn.Route("GET /alive")),
		text("a.text", "hello", fn.Route("/text")),
		fn.New("a.sink", func(context.Context, struct{}) (string, error) { return "typed", nil }, fn.Route("POST /sink")),
		fnhttp.Handle("a.handler", reading, fn.Route("/handler")),
	}, fn.Use(middleware.Timeout()))
	for _, path := range []string{"/nope", "/alive", "/text", "/sink", "/handler", "/mounted", "/.anygrain/call/a.text"} {
		t.Run(path, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := newAppHandler(t, app, fnhttp.Mount("/mounted", reading), fnhttp.CallSecret(config.NewSecret("a secret of siblings")))
				k := dialTalk(t, serveRaw(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Context().Err() != nil {
						t.Errorf("%s has a context that has ended", r.URL.Path)
					}
					h.ServeHTTP(w, r)
					time.Sleep(time.Second) // of the bubble's clock
				})))
				k.say("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n0123456789")
				if _, _, closes := k.answer(2 * time.Second); closes {
					t.Error("the connection is given up")
				}
				k.say("GET /alive HTTP/1.1\r\nHost: test\r\n\r\n")
				if status, body, _ := k.answer(4 * time.Second); status != 200 {
					t.Errorf("got %d %s", status, body)
				}
				_ = k.Close()
			})
		})
	}
}

// A handler that has read the body to its end leaves nothing to wait for: however busy the machine
// is, nobody sets a deadline then, which would end the context of the connection's next requests.
func TestABodyThatWasReadLeavesNothingToWaitFor(t *testing.T) {
	reading := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "read")
	})
	secret := "a secret of siblings"
	h := newAppHandler(t, newApp(io.Discard, []fn.Function{text("a.text", "hello", fn.Route("/text"))}),
		fnhttp.Mount("/mounted", reading), fnhttp.CallSecret(config.NewSecret(secret)))
	for name, change := range map[string]func(r *http.Request){
		"a length":       func(*http.Request) {},
		"no length":      func(r *http.Request) { r.ContentLength = -1 },
		"asked first":    func(r *http.Request) { r.Header.Set("Expect", "100-continue") },
		"closed as well": func(r *http.Request) { r.Close = true },
	} {
		for _, path := range []string{"/mounted", "/.anygrain/call/a.text"} {
			r := httptest.NewRequest("POST", path, io.MultiReader(strings.NewReader("01234"), strings.NewReader("56789")))
			r.ContentLength = 10
			r.Header.Set("Authorization", "Bearer "+secret)
			change(r)
			w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
			h.ServeHTTP(w, r)
			if w.Code != 200 || w.set > 0 {
				t.Errorf("%s, %s: status %d, %d deadlines, want none", path, name, w.Code, w.set)
			}
		}
	}
}

// deadlines counts those that are set on the connection.
type deadlines struct {
	*httptest.ResponseRecorder
	set int
}

func (d *deadlines) SetReadDeadline(time.Time) error { d.set++; return nil }

// What comes after the answer is read for a while, and never as another request.
func TestABodyAfterTheAnswerIsNoRequest(t *testing.T) {
	for name, request := range map[string]string{
		"unread":          "POST /text HTTP/1.1\r\nHost: test\r\nContent-Length: 40\r\n\r\n",
		"asked first":     "POST /stuck HTTP/1.1\r\nHost: test\r\nContent-Length: 40\r\nExpect: 100-continue\r\n\r\n",
		"bound, asked":    "POST /bound HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 40\r\nExpect: 100-continue\r\n\r\n",
		"bound, in parts": "POST /bound HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := dialTalk(t, serveUnread(t))
				k.say(request)
				if status, _, _ := k.answer(1100 * time.Millisecond); status != 200 && status != 504 {
					t.Errorf("status %d", status)
				}
				time.Sleep(100 * time.Millisecond) // of the bubble's clock
				_, _ = io.WriteString(k, "GET /text HTTP/1.1\r\nHost: evil.test\r\n\r\n")
				k.ends(3 * time.Second)
			})
		})
	}
}

// Stopping does not wait for bodies that do not come.
func TestStoppingIsNotHeldUpByABodyThatDoesNotCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, stop := run(t, newApp(io.Discard, unreadFunctions()))
		k := dialTalk(t, l)
		k.say("POST /nope HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n")
		if status, _, _ := k.answer(20 * time.Millisecond); status != 404 {
			t.Errorf("status %d", status)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		k.ends(2 * time.Second)
	})
}

// A function that binds no body learns all the same that its client went away.
func TestAClientThatGoesAwayBehindItsBodyCancels(t *testing.T) {
	for name, request := range map[string]string{
		"at once":  "POST /wait HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody",
		"in parts": "POST /wait HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbo",
		"chunked":  "POST /wait HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began, ended := make(chan struct{}), make(chan error, 1)
				f := fn.New("a.wait", func(ctx context.Context, _ struct{}) (struct{}, error) {
					close(began)
					<-ctx.Done()
					ended <- ctx.Err()
					return struct{}{}, nil
				}, fn.Route("POST /wait"))
				k := dialTalk(t, serveRaw(t, newHandler(t, []fn.Function{f})))
				k.say(request)
				<-began
				_ = k.Close()
				if err := <-ended; !errors.Is(err, context.Canceled) {
					t.Errorf("the context's error: %v", err)
				}
			})
		})
	}
}

// Middleware still gets the body of a function that binds none.
func TestMiddlewareReadsTheBodyThatItsFunctionDoesNotBind(t *testing.T) {
	var seen string
	sign := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			body, err := io.ReadAll(req.Source().Body())
			if err != nil {
				return nil, err
			}
			seen = string(body)
			return next(ctx, req)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		app := newApp(io.Discard, unreadFunctions(), fn.Use(sign))
		k := dialTalk(t, serveRaw(t, newAppHandler(t, app)))
		k.say("POST /sink HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n01234")
		time.Sleep(time.Second) // of the bubble's clock
		k.say("56789")
		if status, _, closes := k.answer(2 * time.Second); status != 200 || seen != "0123456789" || closes {
			t.Errorf("status %d, middleware saw %q, the connection closes: %v", status, seen, closes)
		}
		_ = k.Close()
	})
}

// readUp tells when it has been read to its end.
type readUp struct {
	io.Reader
	once sync.Once
	end  chan struct{}
}

func (b *readUp) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		b.once.Do(func() { close(b.end) })
	}
	return n, err
}

func (*readUp) Close() error { return nil }

// What was read while the function ran, to learn whether the client is still there, is
// there for middleware that asks afterwards.
func TestMiddlewareReadsABodyThatWasReadAhead(t *testing.T) {
	for name, text := range map[string]string{"one byte": "a", "some": "0123456789", "none": ""} {
		t.Run(name, func(t *testing.T) {
			body := &readUp{Reader: strings.NewReader(text), end: make(chan struct{})}
			seen := "nothing"
			keep := func(next fn.Invoker) fn.Invoker {
				return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
					reply, err := next(ctx, req)
					<-body.end
					if from := req.Source().Body(); from != nil {
						all, readErr := io.ReadAll(from)
						seen = string(all)
						err = errors.Join(err, readErr)
					}
					return reply, err
				}
			}
			app := newApp(io.Discard, unreadFunctions(), fn.Use(keep))
			request := httptest.NewRequest("POST", "/sink", body)
			rec := httptest.NewRecorder()
			newAppHandler(t, app).ServeHTTP(rec, request)
			if want := cmp.Or(text, "nothing"); rec.Code != 200 || seen != want {
				t.Errorf("status %d, middleware saw %q, want %q", rec.Code, seen, want)
			}
		})
	}
}
