package fnhttp_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/signal"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// The package os/signal starts a goroutine of its own at the first Notify. It
// must not be part of a bubble, which would wait for it for ever.
func TestMain(m *testing.M) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	signal.Stop(c)
	os.Exit(m.Run())
}

// run serves the app until stop is called, and returns what ListenAndServe did.
func run(t *testing.T, app fn.Starter, options ...fnhttp.Option) (l *pipes, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	l = newPipes()
	done := make(chan error, 1)
	go func() { done <- fnhttp.ListenAndServe(ctx, app, append(options, fnhttp.Listener(l))...) }()
	return l, func() error {
		cancel()
		return <-done
	}
}

// slow is an app with a function that begins, waits for the test, and ends;
// and that notes when it stops.
type slow struct {
	began, end chan struct{}
	ctx        error // of the request, when the function ended
	stopped    bool
}

func (s *slow) app(log io.Writer) *fn.App[fn.NoConfig] {
	s.began, s.end = make(chan struct{}), make(chan struct{})
	app := newApp(log, nil)
	app.Group("a", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStop(ctx, func(context.Context) error { s.stopped = true; return nil })
		return []fn.Function{fn.Raw("a.slow", s.wait, fn.Route("GET /slow"))}, nil
	})
	return app
}

func (s *slow) wait(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
	close(s.began)
	select {
	case <-s.end:
	case <-ctx.Done():
	}
	s.ctx = ctx.Err()
	return textReply("done"), nil
}

type result struct {
	status int
	body   string
	err    error
}

func getLater(l *pipes, path string) chan result {
	c := make(chan result, 1)
	go func() {
		var r result
		r.status, r.body, r.err = get(l.client(), path)
		c <- r
	}()
	return c
}

// In a synctest bubble a goroutine that is left behind fails the test.
func TestStoppingFinishesWhatIsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slow
		var log buffer
		l, stop := run(t, s.app(&log))
		answer := getLater(l, "/slow")
		<-s.began
		stopped := make(chan error, 1)
		go func() { stopped <- stop() }()
		<-l.closed
		if _, err := l.dial(); err == nil {
			t.Error("a connection was accepted after the stop")
		}
		synctest.Wait()
		select {
		case err := <-stopped:
			t.Fatalf("it did not wait for the request: %v", err)
		default:
		}
		close(s.end)
		if r := <-answer; r.status != 200 || r.body != "done" || r.err != nil {
			t.Errorf("%+v", r)
		}
		if err := <-stopped; err != nil || !s.stopped || s.ctx != nil {
			t.Errorf("stop: %v, hook ran: %v, the request's context: %v", err, s.stopped, s.ctx)
		}
		containsAll(t, log.String(), `"serving HTTP"`, `"address":"pipe"`, "stopping")
	})
}

func TestStoppingCutsOffWhatOutlivesTheGrace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slow
		l, stop := run(t, s.app(io.Discard), fnhttp.Grace(3*time.Second))
		answer := getLater(l, "/slow")
		<-s.began
		start := time.Now()
		err := stop()
		if waited := time.Since(start); waited != 3*time.Second {
			t.Errorf("waited %v", waited)
		}
		if err == nil || !errors.Is(err, context.DeadlineExceeded) || !s.stopped {
			t.Errorf("%v, hook ran: %v", err, s.stopped)
		}
		containsAll(t, err.Error(), "3s", "cut off")
		<-answer
		synctest.Wait()
		if !errors.Is(s.ctx, context.Canceled) {
			t.Errorf("the request's context: %v", s.ctx)
		}
	})
}

func TestStoppingLeavesAUnitToItsOwner(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slow
		unit := s.app(io.Discard).MustStart(t.Context())
		_, stop := run(t, unit)
		synctest.Wait()
		if err := stop(); err != nil || s.stopped {
			t.Errorf("%v, hook ran: %v", err, s.stopped)
		}
	})
}

func TestTheServerDropsClientsThatSendNoHeader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, stop := run(t, newApp(io.Discard, nil))
		conn, err := l.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		start := time.Now()
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\n"); err != nil {
			t.Fatal(err)
		}
		_, _ = io.ReadAll(conn)
		if waited := time.Since(start); waited != 5*time.Second {
			t.Errorf("dropped after %v", waited)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheServerRefusesLargeHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, stop := run(t, newApp(io.Discard, nil))
		got := exchange(t, l, "GET / HTTP/1.1\r\nHost: test\r\nX-Large: "+strings.Repeat("x", 80<<10)+"\r\n\r\n")
		containsAll(t, got, "431 ")
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// A client that goes away ends the context of its function.
func TestClientThatGoesAwayCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s slow
		l, stop := run(t, s.app(io.Discard))
		conn, err := l.dial()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, "GET /slow HTTP/1.1\r\nHost: test\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		<-s.began
		_ = conn.Close()
		synctest.Wait()
		if !errors.Is(s.ctx, context.Canceled) {
			t.Errorf("the request's context: %v", s.ctx)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// Each piece of a stream reaches the client before the next one is made.
func TestStreamsAreFlushed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, sink := io.Pipe()
		f := fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 200, Stream: source}, nil
		}, fn.Route("/"))
		l, stop := run(t, newApp(io.Discard, []fn.Function{f}))
		go func() { _, _ = io.WriteString(sink, "first") }()
		res, err := l.client().Get("http://test/")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"first", "other"} {
			got := make([]byte, len(want))
			if _, err := io.ReadFull(res.Body, got); err != nil || string(got) != want {
				t.Errorf("%q, %v", got, err)
			}
			go func() { _, _ = io.WriteString(sink, "other") }()
		}
		_ = res.Body.Close()
		synctest.Wait()
		if _, err := io.WriteString(sink, "nobody"); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the stream of a client that went away is not closed: %v", err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestServerOptionsCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen *http.Server
		_, stop := run(t, newApp(io.Discard, nil), fnhttp.Server(func(s *http.Server) {
			seen = s
			s.IdleTimeout = time.Minute
		}))
		synctest.Wait()
		if seen.IdleTimeout != time.Minute || seen.ReadHeaderTimeout != 5*time.Second || seen.MaxHeaderBytes != 64<<10 {
			t.Errorf("%+v", seen)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// With certificates the server speaks TLS and HTTP/2, and requests are https;
// what Handle promises holds there too.
func TestTheServerSpeaksTLS(t *testing.T) {
	certified := httptest.NewTLSServer(http.NotFoundHandler())
	defer certified.Close()
	f := fnhttp.Handle("a.b", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		req, _ := fn.RequestFrom(r.Context())
		_, _ = io.WriteString(w, r.Proto+" "+req.Scheme)
		w.Header().Set("X-Sum", "42")
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			_, _ = io.WriteString(w, ": hijacked HTTP/2")
		}
	}), fn.Route("/"))
	l, stop := run(t, newApp(io.Discard, []fn.Function{f}), fnhttp.Server(func(s *http.Server) {
		s.TLSConfig = &tls.Config{Certificates: certified.TLS.Certificates}
	}))
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, ServerName: "example.com"},
		ForceAttemptHTTP2: true,
		DialContext:       func(context.Context, string, string) (net.Conn, error) { return l.dial() },
	}
	res, err := (&http.Client{Transport: transport}).Get("https://test/")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if string(body) != "HTTP/2.0 https" || res.Trailer.Get("X-Sum") != "42" || err != nil {
		t.Errorf("%q, trailer %v, %v", body, res.Trailer, err)
	}
	transport.CloseIdleConnections()
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestNetHTTPLogsIntoTheAppsLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log buffer
		l, stop := run(t, newApp(&log, nil), fnhttp.Mount("/", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			panic("a mounted handler")
		})))
		if _, _, err := get(l.client(), "/"); err == nil {
			t.Error("an answer")
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		containsAll(t, log.String(), `"level":"warn"`, `"from":"net/http"`, "a mounted handler")
	})
}

func TestListenAndServeFindsItsAddress(t *testing.T) {
	app := func(log io.Writer) fn.Starter {
		return newApp(log, []fn.Function{text("a.b", "hello", fn.Route("GET /"))})
	}
	for _, c := range []struct {
		name, env string
		options   []fnhttp.Option
	}{
		{"the option", "127.0.0.1:1", []fnhttp.Option{fnhttp.Addr("127.0.0.1:0")}},
		{"the environment", "127.0.0.1:0", nil},
		{"the environment when the option is empty", "127.0.0.1:0", []fnhttp.Option{fnhttp.Addr("")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("ANYGRAIN_ADDR", c.env)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			read, log := io.Pipe()
			done := make(chan error, 1)
			go func() { done <- fnhttp.ListenAndServe(ctx, app(log), c.options...) }()
			if _, body, err := get(&http.Client{Transport: &http.Transport{DisableKeepAlives: true, Proxy: nil, DialContext: dialLogged(t, read)}}, "/"); body != "hello" || err != nil {
				t.Errorf("%q, %v", body, err)
			}
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

// dialLogged dials the address that the server logs.
func dialLogged(t *testing.T, log *io.PipeReader) func(context.Context, string, string) (net.Conn, error) {
	t.Helper()
	lines := bufio.NewScanner(log)
	if !lines.Scan() {
		t.Fatal("the server does not log its address")
	}
	_, rest, _ := strings.Cut(lines.Text(), `"address":"`)
	addr, _, _ := strings.Cut(rest, `"`)
	go func() { _, _ = io.Copy(io.Discard, log) }()
	t.Cleanup(func() { _ = log.Close() })
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
}

func TestListenAndServeSaysWhyItCannot(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name, env, addr string
		want            []string
	}{
		{"the port is taken", "", taken.Addr().String(), []string{`cannot listen on "` + taken.Addr().String(), "another program", "another port", "port 0"}},
		{"not an address", "", "8080", []string{`the address "8080" is not host:port`, "localhost:8080"}},
		{"not a port", "", "localhost:99999", []string{`fnhttp: cannot listen on "localhost:99999": listen tcp: address 99999: invalid port`}},
		{"not a port in the environment", "localhost:99999", "", []string{`on "localhost:99999" of the environment variable ANYGRAIN_ADDR: `}},
		{"not an address in the environment", "nonsense", "", []string{"ANYGRAIN_ADDR", "host:port"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("ANYGRAIN_ADDR", c.env)
			var s slow
			err := fnhttp.ListenAndServe(t.Context(), s.app(io.Discard), fnhttp.Addr(c.addr))
			if err == nil || !s.stopped {
				t.Fatalf("%v, the unit was stopped: %v", err, s.stopped)
			}
			containsAll(t, err.Error(), c.want...)
			if strings.Contains(err.Error(), "another program") != (c.addr == taken.Addr().String()) {
				t.Errorf("whether the port is taken is not said rightly: %v", err)
			}
		})
	}
}

func TestListenAndServeClosesItsListenerWhenTheStartFails(t *testing.T) {
	l := newPipes()
	if err := fnhttp.ListenAndServe(t.Context(), newApp(io.Discard, []fn.Function{text("bad", "")}), fnhttp.Listener(l)); err == nil {
		t.Fatal("no error")
	}
	<-l.closed
}

// A listener that fails ends the server, with the reason.
func TestServingEndsWithItsListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		_ = l.Close()
		var s slow
		err := fnhttp.ListenAndServe(t.Context(), s.app(io.Discard), fnhttp.Listener(l))
		if !errors.Is(err, net.ErrClosed) || !s.stopped {
			t.Errorf("%v, the unit was stopped: %v", err, s.stopped)
		}
	})
}
