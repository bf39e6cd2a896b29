package fnhttp_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

// early reads the body before the function does.
func early(next fn.Invoker) fn.Invoker {
	return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		if _, err := req.Body(ctx); err != nil {
			return nil, err
		}
		return next(ctx, req)
	}
}

// readers are functions that tell of their body.
func readers() []fn.Function {
	raw := func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		body := req.Source().Body()
		if body == nil {
			return textReply("none"), nil
		}
		all, err := io.ReadAll(body)
		return textReply(fmt.Sprintf("%s %v", all, err)), nil
	}
	mounted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, err := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %d %v %v", all, r.ContentLength, r.Trailer, err)
	})
	typed := func(_ context.Context, in struct {
		All io.Reader `body:""`
	}) (string, error) {
		all, err := io.ReadAll(in.All)
		return fmt.Sprintf("%s %v", all, err), nil
	}
	return []fn.Function{
		fn.Raw("read.raw", raw, fn.Route("POST /raw")),
		fn.Raw("read.rawlate", raw, fn.Route("POST /early/raw"), fn.Use(early)),
		fn.New("read.typed", typed, fn.Route("POST /typed")),
		fn.New("read.typedlate", typed, fn.Route("POST /early/typed"), fn.Use(early)),
		fnhttp.Handle("read.mounted", mounted, fn.Route("POST /mounted")),
		fnhttp.Handle("read.mountedlate", mounted, fn.Route("POST /early/mounted"), fn.Use(early)),
	}
}

func TestBodiesThatComeInChunks(t *testing.T) {
	t.Parallel()
	l := serveRaw(t, newHandler(t, readers()))
	const empty, full, trailed = "0\r\n\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n"
	for _, tt := range []struct{ path, chunks, want string }{
		{"/raw", empty, "none"},
		{"/early/raw", empty, "none"},
		{"/raw", full, "abcde <nil>"},
		{"/early/raw", full, "abcde <nil>"},
		{"/typed", empty, " <nil>"},
		{"/early/typed", empty, " <nil>"},
		{"/typed", full, "abcde <nil>"},
		{"/early/typed", full, "abcde <nil>"},
		{"/mounted", trailed, "abc -1 map[X-Sum:[7]] <nil>"},
		{"/early/mounted", trailed, "abc -1 map[X-Sum:[7]] <nil>"},
	} {
		got := exchange(t, l, "POST "+tt.path+" HTTP/1.1\r\nHost: test\r\nConnection: close\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n"+tt.chunks)
		if !strings.HasPrefix(got, "HTTP/1.1 200 ") || !strings.HasSuffix(got, "\r\n\r\n"+tt.want) {
			t.Errorf("%s %q: got %s, want %s", tt.path, tt.chunks, got, tt.want)
		}
	}
}

// A body that breaks off is the client's fault, whoever reads it.
func TestABodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	l := serveRaw(t, newHandler(t, readers()))
	for path, want := range map[string]string{"/early/raw": "HTTP/1.1 400 ", "/early/typed": "HTTP/1.1 400 ", "/early/mounted": "HTTP/1.1 400 "} {
		got := exchange(t, l, "POST "+path+" HTTP/1.1\r\nHost: test\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %s", path, got)
		}
	}
}

// What stands outside of the app keeps the header that net/http has read.
func TestTheHeaderOutsideOfTheAppStaysAsItIs(t *testing.T) {
	t.Parallel()
	var inside []string
	mounted := fnhttp.Handle("see.header", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		inside = r.Header["X-Key"]
		r.Header["X-Key"][0] = "spoilt"
		r.Header.Set("X-New", "1")
	}), fn.Route("GET /header"))
	var outside http.Header
	h := newHandler(t, []fn.Function{mounted}, fnhttp.Wrap(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(w, r)
			outside = r.Header
		})
	}))
	r := httptest.NewRequest("GET", "/header", nil)
	r.Header["X-Key"] = []string{"good", "bad"}
	r.Header["X-One"] = []string{"one"}
	h.ServeHTTP(httptest.NewRecorder(), r)
	if !slices.Equal(outside["X-Key"], []string{"good", "bad"}) || outside["X-New"] != nil {
		t.Errorf("outside: got %v", outside)
	}
	if !slices.Equal(inside, []string{"spoilt"}) {
		t.Errorf("inside: got %q, want one value", inside)
	}
}

// Middleware that reads the body of a request whose function was left behind
// while it read it gets an error when the client is gone, and no part of it.
func TestTheBodyOfAnAbandonedFunction(t *testing.T) {
	body := &slowBody{end: make(chan struct{})}
	ctx, gone := context.WithCancel(t.Context())
	var after error
	outer := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			reply, err := next(ctx, req)
			gone()
			_, after = req.Body(ctx)
			return reply, err
		}
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(outer, middleware.Timeout()))
	app.Add(fn.New("files.put", func(context.Context, struct {
		Data []byte `body:""`
	}) (struct{}, error) {
		return struct{}{}, nil
	}, fn.Route("PUT /file"), fn.Timeout(10*time.Millisecond)))
	h, err := fnhttp.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, "PUT", "/file", body))
	close(body.end)
	if err := h.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after == nil || rec.Code != 504 && rec.Code != 499 {
		t.Errorf("got %v and status %d, want an error and 504", after, rec.Code)
	}
}
