package fnhttp_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

// Handlers that would go on for ever end when the stop begins, and what they
// have to say still arrives.
func TestHandlersLearnThatTheStopHasBegun(t *testing.T) {
	began := make(chan struct{}, 1)
	events := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		began <- struct{}{}
		select {
		case <-fn.Stopping(r.Context()):
			_, _ = io.WriteString(w, "data: bye\n\n")
		case <-r.Context().Done():
		}
	})
	reply := func(ctx context.Context, _ struct{}) (string, error) {
		began <- struct{}{}
		<-fn.Stopping(ctx)
		return "bye", ctx.Err()
	}
	functions := func() []fn.Function {
		return []fn.Function{fnhttp.Handle("a.events", events, fn.Route("/events")), fn.New("a.wait", reply, fn.Route("/wait"))}
	}
	for _, path := range []string{"/events", "/wait", "/mounted"} {
		for _, given := range []string{"an app", "a unit"} {
			t.Run(path+" of "+given, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var app fn.Starter = newApp(io.Discard, functions(), fn.Use(middleware.Timeout()))
					if given == "a unit" {
						app = app.(*fn.App[fn.NoConfig]).MustStart(t.Context())
					}
					l, stop := run(t, app, fnhttp.Mount("/mounted", events))
					answer := getLater(l, path)
					<-began
					start := time.Now()
					if err := stop(); err != nil || time.Since(start) > 2*time.Second {
						t.Errorf("the stop: %v, after %v", err, time.Since(start))
					}
					if r := <-answer; r.status != 200 || !strings.Contains(r.body, "bye") || r.err != nil {
						t.Errorf("%+v", r)
					}
				})
			})
		}
	}
}

// The unit tells where no server does: the functions of other hosts, and what a
// constructor has started.
func TestAUnitTellsThatItsStopHasBegun(t *testing.T) {
	var constructor <-chan struct{}
	asked := make(chan (<-chan struct{}), 1)
	app := newApp(io.Discard, []fn.Function{fn.New("a.ask", func(ctx context.Context, _ struct{}) (struct{}, error) {
		asked <- fn.Stopping(ctx)
		return struct{}{}, nil
	}, fn.Route("GET /"))})
	app.Group("b", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		constructor = fn.Stopping(ctx)
		return []fn.Function{text("b.text", "")}, nil
	})
	unit := app.MustStart(t.Context())
	if fn.Stopping(t.Context()) != nil {
		t.Error("a context of nobody's has a channel")
	}
	ask(newAppHandler(t, unit), "GET", "/")
	request := <-asked
	for _, c := range []<-chan struct{}{constructor, request} {
		select {
		case <-c:
			t.Error("it is closed before the stop")
		default:
		}
	}
	if err := unit.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-constructor
	<-request
}

// A client that ends its side of the connection behind the request, as nc -N
// does, still listens.
func TestAClientThatHasSaidAllIsAnswered(t *testing.T) {
	functions := []fn.Function{
		fn.New("a.get", func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "late", nil }, fn.Route("GET /{$}")),
		fn.New("a.post", func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "late", nil }, fn.Route("POST /{$}")),
		fnhttp.Handle("a.handler", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			_, _ = io.WriteString(w, "late")
		}), fn.Route("/handler")),
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: newAppHandler(t, newApp(io.Discard, functions, fn.Use(middleware.Default()...)))}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-served
	})
	for _, request := range []string{
		"GET / HTTP/1.1\r\nHost: test\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody",
		"GET /handler HTTP/1.1\r\nHost: test\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, request)
		_ = conn.(*net.TCPConn).CloseWrite()
		answer, err := io.ReadAll(conn)
		if got := string(answer); err != nil || !strings.HasPrefix(got, "HTTP/1.1 200") || !strings.Contains(got, "late") {
			t.Errorf("%.10q: got %q, %v", request, got, err)
		}
		_ = conn.Close()
	}
}

// The end of the client's side may be seen before the function starts: it is answered
// all the same.
func TestAClientThatSeemsGoneBeforeTheFunctionStartsIsAnswered(t *testing.T) {
	late := func(ctx context.Context, _ struct{}) (string, error) { <-ctx.Done(); return "late", nil }
	functions := []fn.Function{
		fn.New("a.get", late, fn.Route("GET /{$}")),
		fn.New("a.post", late, fn.Route("POST /{$}")),
		fn.New("a.own", late, fn.Route("POST /own"), fn.Timeout(time.Hour)),
		fn.New("a.bound", func(ctx context.Context, in struct {
			Text string `body:""`
		}) (string, error) {
			<-ctx.Done()
			return "late " + in.Text, nil
		}, fn.Route("POST /bound")),
		fnhttp.Handle("a.handler", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			_, _ = io.WriteString(w, "late")
		}), fn.Route("/handler")),
	}
	for name, use := range map[string][]fn.Middleware{"bare": nil, "default": middleware.Default()} {
		h := newAppHandler(t, newApp(io.Discard, functions, fn.Use(use...)))
		for _, request := range []string{"GET /", "POST /", "POST /own", "POST /bound", "GET /handler", "POST /handler"} {
			method, path, _ := strings.Cut(request, " ")
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader("body"))
			r.Header.Set("Content-Type", "text/plain")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != 200 || !strings.HasPrefix(w.Body.String(), "late") {
				t.Errorf("%s, %s: got %d %s", name, request, w.Code, w.Body)
			}
		}
	}
}
