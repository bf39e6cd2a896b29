package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
)

// failing is a stream that gives some bytes and fails.
type failing struct{ left int }

func (f *failing) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, errors.New("the disk is gone")
	}
	n := min(f.left, len(p))
	f.left -= n
	return copy(p[:n], strings.Repeat("x", n)), nil
}

func mounted(name, route string, h http.HandlerFunc) fn.Function {
	return fnhttp.Handle(name, h, fn.Route(route))
}

// oddApp has functions whose answers depend on how a connection is used.
func oddApp() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("odd")
	app.Add(
		mounted("odd.abort", "/abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		mounted("odd.late", "/late", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			panic(http.ErrAbortHandler)
		}),
		mounted("odd.hints", "/hints", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</style.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Del("Link")
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, "done")
		}),
		mounted("odd.same", "/same", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }),
		mounted("odd.body", "POST /body", func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, "%d", len(body))
		}),
		fn.New("odd.broken", func(context.Context, struct{}) (io.Reader, error) { return &failing{100_000}, nil }, fn.Route("GET /broken")),
		fn.New("odd.text", func(context.Context, struct{}) (string, error) { return strings.Repeat("long ", 1000), nil }, fn.Route("GET /text")),
		fn.New("odd.sink", func(context.Context, struct{}) (string, error) { return "unread", nil }, fn.Route("POST /sink")),
	)
	return app
}

func TestACutConnectionIsAnErrorOfTry(t *testing.T) {
	fntest.Each(t, oddApp(), func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/abort", "/late", "/broken"} {
			if res, err := c.Try(t.Context(), fntest.Get(path)); err == nil || res != nil || !strings.Contains(err.Error(), "cut") {
				t.Errorf("%s: got %v, %v", path, res, err)
			}
		}
		if res := c.Do(fntest.Get("/text")); len(res.Body) != 5000 {
			t.Errorf("the next answer: %v", res)
		}
	}, fntest.Hosts("direct", "direct/shared", "http", "grain/group/http"))
}

func TestTheFinalAnswerCounts(t *testing.T) {
	fntest.Each(t, oddApp(), func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/hints")); res.String() != "202 done" || res.Header.Get("Link") != "" {
			t.Errorf("got %v %v", res, res.Header)
		}
	})
}

// Cut connections, bodies that nobody reads, answers without a body: the same on
// every host, and the failure of a platform that answers whole where a server cuts.
func TestWhatConnectionsShowIsTheSameEverywhere(t *testing.T) {
	large := []byte(strings.Repeat("x", 400_000))
	fntest.Same(t, oddApp(), []fntest.Request{
		fntest.Get("/abort"), fntest.Get("/late"), fntest.Get("/broken"), fntest.Get("/hints"), fntest.Get("/same"),
		fntest.Get("/text"), fntest.NewRequest("HEAD", "/text"), fntest.NewRequest("HEAD", "/same"),
		fntest.Post("/sink").Body("text/plain", []byte("unread")), fntest.Post("/sink").Body("text/plain", large),
		fntest.Post("/nowhere").Body("text/plain", large), fntest.Get("/text").Body("text/plain", []byte("unread")),
		fntest.Post("/body").Body("text/plain", large), fntest.Post("/body").Body("text/plain", large).Header("Expect", "100-continue"),
		fntest.Get("/text"),
	})
}

// Without a port there is nothing that a bubble cannot wait for.
func TestTheHTTPHostRunsInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := fntest.Open(t.Context(), oddApp(), fntest.Hosts("http"))
		if err != nil {
			t.Fatal(err)
		}
		if res := c.Do(fntest.Get("/hints")); res.Status != http.StatusAccepted {
			t.Errorf("got %v", res)
		}
		if err := c.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestFailsOnceOnPurpose is a comparison of which one answer in 300 is red.
func TestFailsOnceOnPurpose(t *testing.T) {
	if os.Getenv(inner) == "" {
		return // it is run by the test below
	}
	asked := 0
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.Raw("orders.next", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		asked++
		req.Logger().Info().Str("path", req.Path).Msg("asked")
		reply := &fn.Reply{Status: 200}
		if asked == 302 { // the second on the second host
			reply.Status = 201
		}
		return reply, nil
	}, fn.Route("GET /orders/{n}")))
	var requests []fntest.Request
	for i := range 300 {
		requests = append(requests, fntest.Get(fmt.Sprintf("/orders/%d", i)))
	}
	fntest.Same(t, app, requests, fntest.Hosts("http"))
}

func TestAFailureOfSameShowsItsRequestAndItsLogAlone(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFailsOnceOnPurpose$")
	cmd.Env = append(os.Environ(), inner+"=1")
	out, _ := cmd.CombinedOutput()
	text := string(out)
	for _, want := range []string{"GET /orders/1 is answered otherwise on http", "got 201, want 200", `"path":"/orders/1"`} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%s is not there once in:\n%.2000s", want, text)
		}
	}
	if strings.Count(text, "/orders/") != 2 {
		t.Errorf("it tells of other requests:\n%.2000s", text)
	}
}

// A test that looks for errors in the log must not overlook a line because of a
// key that it has twice.
func TestALogLineWithADoubledKeyIsRead(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.Raw("orders.next", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		req.Logger().Error().Str("order", "a").Any("in", map[string]int{"n": 1}).Str("order", "b").RawJSON("in", []byte(`{"m":2,"m":3}`)).Msg("failed")
		return &fn.Reply{Status: 200}, nil
	}, fn.Route("GET /")))
	c := fntest.New(t, app)
	c.Do(fntest.Get("/"))
	want := map[string]any{"level": "error", "order": "b", "in": map[string]any{"m": 3.0}, "message": "failed"}
	if got := c.Logs(); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
