package fnhttp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

// memory is a binding.Source of a host that has no net/http request.
type memory struct {
	values map[string]string
	query  string
	header http.Header
	body   io.Reader
}

func (m memory) PathValue(name string) string      { return m.values[name] }
func (m memory) RawQuery() string                  { return m.query }
func (m memory) HeaderValues(name string) []string { return m.header[name] }
func (m memory) HeaderNames() []string             { return slices.Collect(maps.Keys(m.header)) }
func (m memory) Body() io.Reader                   { return m.body }

// elsewhere is a request as another host makes it.
func elsewhere(method, path string, source memory) *fn.Request {
	return &fn.Request{
		Kind: fn.KindHTTP, Route: "/", Method: method, Path: path,
		Authority: "shop.example", Scheme: "https", RemoteAddr: "192.0.2.7", From: fn.InputFromSource(source),
	}
}

var page = "<!DOCTYPE html><title>x</title>"

// answers are handlers whose responses must be the same everywhere.
var answers = map[string]http.HandlerFunc{
	"nothing": func(http.ResponseWriter, *http.Request) {},
	"text":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") },
	"html":    func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, page) },
	"image":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("\x89PNG\r\n\x1a\n\x00\xff")) },
	"in pieces": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<!DOC"))
		_, _ = w.Write([]byte("TYPE html>"))
	},
	"large": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), 9000)) },
	"flushed": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, page)
		w.(http.Flusher).Flush()
		_, _ = w.Write([]byte("more"))
	},
	"flushed before": func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		_, _ = io.WriteString(w, page)
	},
	"error":      func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusTeapot) },
	"redirect":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusSeeOther) },
	"not found":  http.NotFound,
	"no content": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204); _, _ = io.WriteString(w, "lost") },
	"typed": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "a/b")
		_, _ = io.WriteString(w, page)
	},
	"untyped": func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, page)
	},
	"encoded": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, page)
	},
	"too long": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "2")
		_, _ = io.WriteString(w, "ab")
		_, _ = io.WriteString(w, "cd")
	},
	"length only": func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "x.txt", time.Time{}, strings.NewReader("hello"))
	},
	"cookies": func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "2, 3"})
	},
	"late header": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(201)
		w.Header().Set("X-Late", "1")
		w.WriteHeader(500)
	},
	"not modified": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Content-Length", "7")
		w.Header().Set("Etag", `"1"`)
		w.WriteHeader(304)
		_, _ = io.WriteString(w, "lost")
	},
	"no content flushed": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(204)
		w.(http.Flusher).Flush()
	},
	"fields that are none": func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["X Space"] = []string{"1"}
		w.Header()[""] = []string{"1"}
		w.Header()["x-lower"] = []string{" padded\t"}
		w.Header().Set("X-Lines", "a\r\nX-Evil: 1")
		w.Header()["X-None"] = nil
		w.Header()["Date"] = nil
	},
	"hints": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "</a>")
		w.WriteHeader(103)
		w.Header().Del("Link")
		w.Header().Set("X-Final", "1")
		w.WriteHeader(202)
	},
	"teapot twice": func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(418)
		w.WriteHeader(0)
		_, _ = io.WriteString(w, page)
		w.Header().Set("X-Late", "1")
		w.WriteHeader(99)
	},
	"an odd status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(799); _, _ = io.WriteString(w, "odd") },
	"chunked": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "")
		_, _ = w.Write(nil)
		_, _ = io.WriteString(w, page)
	},
	"just held": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("<b>"), 16<<10/3)) },
	"no longer held": func(w http.ResponseWriter, _ *http.Request) {
		for range 20 {
			_, _ = w.Write(bytes.Repeat([]byte("<b>"), 341))
		}
		w.Header().Set("X-Late", "1")
	},
	"a file": func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "x.bin", time.Unix(1e9, 0), bytes.NewReader(make([]byte, 100_000)))
	},
	"what it was asked": func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for _, part := range []string{r.Method, r.URL.Path, r.URL.RawPath, r.RequestURI, r.Host, r.Proto, r.FormValue("q"), r.Header.Get("X-A"), r.Header.Get("Host"), string(body)} {
			_, _ = io.WriteString(w, part+"\n")
		}
		w.Header().Add("X-Late", "1")
	},
}

// An http.Handler answers the same behind net/http alone, as a function on the
// HTTP host, and as a function on a host that carries replies.
func TestHandleAnswersTheSameOnEveryHost(t *testing.T) {
	for name, handler := range answers {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				h := newHandler(t, []fn.Function{fnhttp.Handle("a.b", handler, fn.Route("/"))})
				want := throughServer(t, handler, method)
				compare(t, "on the HTTP host", throughServer(t, h, method), want)
				compare(t, "recorded", throughReply(t, h.Unit(), method), want)
			})
		}
	}
}

// answer is a response without what the transport decides.
type answer struct {
	status int
	header http.Header
	body   string
}

const askedPath = "/a%2Fb/c%20d"

func throughServer(t *testing.T, h http.Handler, method string) answer {
	t.Helper()
	client := serveRaw(t, h).client()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://shop.example"+askedPath+"?q=1%202", asked(method))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"X-A": {"1"}, "Accept-Encoding": {"identity"}, "User-Agent": {"test"}}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(body)}
}

func asked(method string) io.Reader {
	if method == "POST" {
		return strings.NewReader("payload")
	}
	return nil
}

func throughReply(t *testing.T, unit *fn.Unit, method string) answer {
	t.Helper()
	source := memory{query: "q=1%202", header: http.Header{"X-A": {"1"}, "Host": {"shop.example"}}, body: asked(method)}
	reply := unit.Host("test").Serve(t.Context(), "a.b", elsewhere(method, askedPath, source))
	header := http.Header{}
	for _, f := range reply.Header {
		header.Add(f.Name, f.Value)
	}
	if method == "HEAD" {
		reply.Body = nil
	}
	return answer{reply.Status, header, string(reply.Body)}
}

func compare(t *testing.T, where string, got, want answer) {
	t.Helper()
	for _, name := range []string{"Date", "Content-Length", "Connection"} {
		got.header.Del(name)
		want.header.Del(name)
	}
	if got.status != want.status || got.body != want.body || !maps.EqualFunc(got.header, want.header, slices.Equal[[]string]) {
		t.Errorf("%s:\n%v\nnet/http:\n%v", where, got, want)
	}
}

func TestHandleGivesTheRoute(t *testing.T) {
	var seen *http.Request
	f := fnhttp.Handle("a.b", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r }), fn.Route("GET /x/{id}/{rest...}"))
	h := newHandler(t, []fn.Function{f})
	check := func(t *testing.T) {
		if seen.Pattern != "GET /x/{id}/{rest...}" || seen.PathValue("id") != "7" || seen.PathValue("rest") != "a/b" {
			t.Errorf("pattern %q, id %q, rest %q", seen.Pattern, seen.PathValue("id"), seen.PathValue("rest"))
		}
		if _, ok := fn.RequestFrom(seen.Context()); !ok {
			t.Error("the context is not the function's")
		}
	}
	t.Run("HTTP", func(t *testing.T) {
		ask(h, "GET", "/x/7/a/b")
		check(t)
	})
	t.Run("another host", func(t *testing.T) {
		req := elsewhere("GET", "/x/7/a/b", memory{values: map[string]string{"id": "7", "rest": "a/b"}})
		req.Route = "GET /x/{id}/{rest...}"
		h.Unit().Host("test").Serve(t.Context(), "a.b", req)
		check(t)
		if seen.TLS == nil || seen.RemoteAddr != "192.0.2.7:0" || seen.Body != http.NoBody {
			t.Errorf("TLS %v, address %q, body %v", seen.TLS, seen.RemoteAddr, seen.Body)
		}
	})
}

func TestHandleSaysWhatItCannotTake(t *testing.T) {
	h := newHandler(t, []fn.Function{fnhttp.Handle("a.b", http.NotFoundHandler(), fn.Route("/"))})
	t.Run("a direct invoke", func(t *testing.T) {
		_, err := h.Unit().Host("test").Invoke(t.Context(), "a.b", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))})
		if fn.CodeOf(err) != fn.Unimplemented {
			t.Fatalf("%v", err)
		}
		containsAll(t, err.Error(), "a.b", "HTTP requests only", `"direct"`)
	})
	t.Run("a path that is none", func(t *testing.T) {
		if reply := h.Unit().Host("test").Serve(t.Context(), "a.b", elsewhere("GET", "no/slash", memory{})); reply.Status != 400 {
			t.Errorf("status %d", reply.Status)
		}
	})
	t.Run("no handler", func(t *testing.T) {
		err := fnhttp.Handle("a.b", nil).Err()
		if err == nil {
			t.Fatal("no error")
		}
		containsAll(t, err.Error(), "the handler is nil")
	})
}

func TestHandleHeedsTheBodyLimitOfTheFunction(t *testing.T) {
	read := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			w.WriteHeader(413)
		}
	})
	h := newHandler(t, []fn.Function{fnhttp.Handle("a.b", read, fn.Route("/"), fn.BodyLimit(4))})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("POST", "/", strings.NewReader("12345")))
	if w.Code != 413 {
		t.Errorf("on the HTTP host: %d", w.Code)
	}
	if reply := h.Unit().Host("test").Serve(t.Context(), "a.b", elsewhere("POST", "/", memory{body: strings.NewReader("12345")})); reply.Status != 413 {
		t.Errorf("recorded: %d", reply.Status)
	}
}

// Middleware's fields win over the handler's, but for those that add up; the
// same on both hosts.
func TestHandleTakesTheHeadersOfMiddleware(t *testing.T) {
	set := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			req.ReplyHeader().Set("X-Both", "middleware")
			req.ReplyHeader().Add("Vary", "Origin")
			return next(ctx, req)
		}
	}
	own := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Both", "handler")
		w.Header().Set("X-Own", "handler")
		w.Header().Set("Vary", "Accept")
		_, _ = io.WriteString(w, "x")
	})
	h := newAppHandler(t, newApp(io.Discard, []fn.Function{fnhttp.Handle("a.b", own, fn.Route("/"))}, fn.Use(set)))
	want := answer{200, http.Header{
		"X-Both": {"middleware"}, "X-Own": {"handler"}, "Vary": {"Accept", "Origin"}, "Content-Type": {"text/plain; charset=utf-8"},
	}, "x"}
	compare(t, "on the HTTP host", throughServer(t, h, "GET"), want)
	compare(t, "recorded", throughReply(t, h.Unit(), "GET"), want)
}

// What net/http middleware around the host has set is the handler's to keep, to change
// and to remove, as if it stood alone.
func TestHandleBehindNetHTTPMiddleware(t *testing.T) {
	around := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, name := range []string{"X-Kept", "X-Changed", "X-Removed", "Vary", "X-Added"} {
				w.Header().Set(name, "around")
			}
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			next.ServeHTTP(w, r)
		})
	}
	for _, flush := range []bool{false, true} {
		inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Changed", "handler")
			w.Header().Del("X-Removed")
			w.Header().Add("Vary", "handler")
			w.Header().Add("X-Added", "handler")
			http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
			_, _ = io.WriteString(w, "x")
			if flush {
				w.(http.Flusher).Flush()
			}
		})
		h := newHandler(t, []fn.Function{fnhttp.Handle("a.b", inner, fn.Route("/"))}, fnhttp.Wrap(around))
		compare(t, "on the HTTP host", throughServer(t, h, "GET"), throughServer(t, around(inner), "GET"))
	}
}

// timed is an app whose middleware abandons functions after a second.
func timed(f fn.Function, log io.Writer) *fn.App[fn.NoConfig] {
	return newApp(log, []fn.Function{f}, fn.Use(middleware.Timeout()), fn.Timeout(time.Second))
}

func TestHandleAbandonedBeforeItBegan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		late := make(chan error, 1)
		f := fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Own", "1")
			<-r.Context().Done()
			time.Sleep(time.Second) // of the bubble's clock: it does not heed its context
			w.Header().Set("X-Own", "2")
			w.WriteHeader(200)
			_, err := io.WriteString(w, "too late")
			late <- errors.Join(err, http.NewResponseController(w).Flush())
		}), fn.Route("/"))
		h := newAppHandler(t, timed(f, io.Discard))
		status, body, err := get(serveRaw(t, h).client(), "/")
		if status != 504 || err != nil || strings.Contains(body, "too late") {
			t.Errorf("%d %q %v", status, body, err)
		}
		if err := <-late; !errors.Is(err, http.ErrHandlerTimeout) {
			t.Errorf("a late write gets %v", err)
		}
	})
}

// ending is the handler with a deadline of its own, as a platform sets one.
func ending(after time.Duration, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), after)
		defer cancel()
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// What has begun is not timed out.
func TestHandleThatHasBegunGoesOn(t *testing.T) {
	stream := fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := range 4 {
			_, _ = fmt.Fprint(w, i)
			w.(http.Flusher).Flush()
			select {
			case <-time.After(time.Second):
			case <-r.Context().Done():
				return
			}
		}
	}), fn.Route("/"))
	synctest.Test(t, func(t *testing.T) {
		h := newAppHandler(t, timed(stream, io.Discard))
		if status, body, err := get(serveRaw(t, h).client(), "/"); status != 200 || body != "0123" || err != nil {
			t.Errorf("%d %q %v", status, body, err)
		}
	})
}

// The deadline that the request came with stays.
func TestHandleAbandonedAfterItBegan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "half")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			time.Sleep(time.Second)
			_, _ = io.WriteString(w, "too late")
		}), fn.Route("/"))
		h := newAppHandler(t, timed(f, io.Discard))
		status, body, err := get(serveRaw(t, ending(3*time.Second, h)).client(), "/")
		if status != 200 || body != "half" || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%d %q %v, want a response that is cut off", status, body, err)
		}
	})
}

// A function that was abandoned while it writes to a client that does not read
// must not keep the connection.
func TestHandleAbandonedWhileItWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		returned := make(chan struct{})
		f := fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			defer close(returned)
			_, _ = w.Write(make([]byte, 1<<20))
		}), fn.Route("/"))
		l := serveRaw(t, ending(2*time.Second, newAppHandler(t, timed(f, io.Discard))))
		conn, err := l.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: test\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		<-returned
		if waited := time.Since(start); waited != 1800*time.Millisecond {
			t.Errorf("the write was given up after %v, want the deadline less the reserve", waited)
		}
	})
}

// A function that waits for the body of a slow client is answered for in time.
func TestAbandonedWhileItReads(t *testing.T) {
	read := func(body io.Reader) { _, _ = io.Copy(io.Discard, body) }
	functions := map[string]fn.Function{
		"a function": fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			read(req.Source().Body())
			return textReply("late"), nil
		}, fn.Route("/")),
		"an http.Handler": fnhttp.Handle("a.b", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { read(r.Body) }), fn.Route("/")),
	}
	for name, f := range functions {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := serveRaw(t, newAppHandler(t, timed(f, io.Discard)))
				got := exchange(t, l, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nonly this")
				containsAll(t, got, "504 Gateway Timeout", "Connection: close", `"code":"deadline_exceeded"`)
			})
		})
	}
}

func TestHandleFinishesInTimeUnderTimeout(t *testing.T) {
	f := fnhttp.Handle("a.b", http.HandlerFunc(upgrade), fn.Route("/websocket"))
	h := newAppHandler(t, timed(f, io.Discard))
	got := exchange(t, serveRaw(t, h), "GET /websocket HTTP/1.1\r\nHost: test\r\n\r\nhello\n")
	containsAll(t, got, "101 Switching Protocols", "echo hello")
}

// Middleware that tries again cannot make a second response out of one: the first, which
// was sent, is the answer.
func TestHandleDoesNotAnswerTwice(t *testing.T) {
	again := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			_, _ = next(ctx, req)
			return next(ctx, req)
		}
	}
	begins := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "x")
		w.(http.Flusher).Flush()
	})
	h := newAppHandler(t, newApp(io.Discard, []fn.Function{fnhttp.Handle("a.b", begins, fn.Route("/"))}, fn.Use(again)))
	if status, body, err := get(serveRaw(t, h).client(), "/"); status != 200 || body != "x" || err != nil {
		t.Errorf("%d %q %v, want the first response", status, body, err)
	}
}

// The status that a handler wrote is what middleware sees.
func TestHandleTellsMiddlewareTheStatus(t *testing.T) {
	var seen *fn.Reply
	look := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			reply, err := next(ctx, req)
			seen = reply
			return reply, err
		}
	}
	teapot := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(418) })
	h := newAppHandler(t, newApp(io.Discard, []fn.Function{fnhttp.Handle("a.b", teapot, fn.Route("/"))}, fn.Use(look)))
	if w := ask(h, "GET", "/"); w.Code != 418 || seen.Status != 418 {
		t.Errorf("%d, %+v", w.Code, seen)
	}
}

// A body that a function refuses is not swallowed to its end: the client sees
// the answer and the connection is closed.
func TestLargeUploadIsCutOff(t *testing.T) {
	refuse := fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		_, _ = io.CopyN(io.Discard, req.Source().Body(), 10)
		return nil, fn.Errorf(fn.InvalidArgument, "too large").WithStatus(413)
	}, fn.Route("POST /"))
	l := serveRaw(t, newHandler(t, []fn.Function{refuse}))
	conn, err := l.dial()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const size = 100 << 20
	sent := make(chan int64, 1)
	go func() {
		_, _ = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 104857600\r\n\r\n")
		n, _ := io.Copy(conn, io.LimitReader(zeros{}, size))
		sent <- n
	}()
	got, _ := io.ReadAll(conn)
	containsAll(t, string(got), "413 Request Entity Too Large", "Connection: close", "too large")
	_ = conn.Close()
	if n := <-sent; n > 1<<20 {
		t.Errorf("the server read %d bytes", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
