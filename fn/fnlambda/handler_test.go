package fnlambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

// newHandler starts an app of the functions; its log goes to log.
func newHandler(t testing.TB, log io.Writer, functions ...fn.Function) *fnlambda.Handler {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.New(log)))
	app.Add(functions...)
	h, err := fnlambda.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// response is what all front doors read.
type response struct {
	StatusCode        int
	StatusDescription string
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Cookies           []string
	Body              string
	IsBase64Encoded   bool
}

func invoke(t testing.TB, h *fnlambda.Handler, event string) response {
	t.Helper()
	return invokeContext(t.Context(), t, h, event)
}

func invokeContext(ctx context.Context, t testing.TB, h *fnlambda.Handler, event string) response {
	t.Helper()
	out, err := h.Invoke(ctx, []byte(event))
	if err != nil {
		t.Fatalf("Invoke: %v", err)
	}
	var r response
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatalf("the response is not JSON: %v\n%s", err, out)
	}
	return r
}

// get is an event of an HTTP API for GET on the path.
func get(path string) string {
	return fmt.Sprintf(`{"version":"2.0","routeKey":"$default","rawPath":%q,"rawQueryString":"","headers":{"host":"h"},
		"requestContext":{"stage":"$default","http":{"method":"GET","path":%q,"sourceIp":"192.0.2.1"}}}`, path, path)
}

// albGet is an event of a load balancer for GET on the path.
func albGet(path string) string {
	return fmt.Sprintf(`{"requestContext":{"elb":{"targetGroupArn":"a"}},"httpMethod":"GET","path":%q,"headers":{"host":"h"},"body":""}`, path)
}

func text(status int, body string) *fn.Reply {
	r := &fn.Reply{Status: status, Body: []byte(body)}
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	return r
}

func TestResponseThatIsTooLargeIsAnOpaque500AndALogLine(t *testing.T) {
	tests := map[string]struct {
		event string
		reply func() *fn.Reply
		limit string
	}{
		"a body over 6 MB": {get("/a"), func() *fn.Reply { return text(200, strings.Repeat("a", 6_291_556)) }, "6291556"},
		"a body that its base64 makes too large": {get("/a"), func() *fn.Reply {
			return &fn.Reply{Status: 200, Body: bytes.Repeat([]byte{0xff}, 5_000_000)}
		}, "6291556"},
		"a body that its escapes make too large": {get("/a"), func() *fn.Reply { return text(200, strings.Repeat("\"", 4_000_000)) }, "6291556"},
		"a stream without end":                   {get("/a"), func() *fn.Reply { return &fn.Reply{Status: 200, Stream: endless{}} }, "6291556"},
		"a load balancer takes 1 MB":             {albGet("/a"), func() *fn.Reply { return text(200, strings.Repeat("a", 1<<20)) }, "1048576"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			h := newHandler(t, &log, fn.Raw("big.one", func(context.Context, *fn.Request) (*fn.Reply, error) {
				return tt.reply(), nil
			}, fn.Route("GET /a")))
			r := invoke(t, h, tt.event)
			if r.StatusCode != 500 || !strings.Contains(r.Body, `"code":"internal"`) || len(r.Body) > 200 {
				t.Errorf("got status %d, body %.200s; want the problem document of an opaque 500", r.StatusCode, r.Body)
			}
			for _, want := range []string{"big.one", `"limit":` + tt.limit, `"size":`} {
				if !strings.Contains(log.String(), want) {
					t.Errorf("the log misses %s: %s", want, log.String())
				}
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestLargestResponseThatLambdaTakesIsSent(t *testing.T) {
	h := newHandler(t, io.Discard, fn.Raw("big.one", func(context.Context, *fn.Request) (*fn.Reply, error) {
		return text(200, strings.Repeat("a", 6_291_000)), nil
	}, fn.Route("GET /a")))
	if r := invoke(t, h, get("/a")); r.StatusCode != 200 || len(r.Body) != 6_291_000 {
		t.Errorf("got status %d and %d bytes", r.StatusCode, len(r.Body))
	}
}

// stream is a reply's stream that notes that it was closed.
type stream struct {
	io.Reader
	closed bool
}

func (s *stream) Close() error { s.closed = true; return nil }

func TestStreamIsReadWholeAndClosed(t *testing.T) {
	tests := map[string]struct {
		from   io.Reader
		status int
		body   string
	}{
		"a whole one":     {strings.NewReader("hello"), 200, "hello"},
		"one that breaks": {io.MultiReader(strings.NewReader("hel"), broken{}), 500, ""},
		"one that panics": {panicking{}, 500, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := &stream{Reader: tt.from}
			h := newHandler(t, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
				return &fn.Reply{Status: 200, Stream: s}, nil
			}, fn.Route("GET /a")))
			r := invoke(t, h, get("/a"))
			if r.StatusCode != tt.status || tt.body != "" && r.Body != tt.body || strings.Contains(r.Body, "secret") {
				t.Errorf("got status %d, body %q", r.StatusCode, r.Body)
			}
			if !s.closed {
				t.Error("the stream was not closed")
			}
		})
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("secret") }

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("secret") }

func TestPanicIsAnOpaque500(t *testing.T) {
	var log bytes.Buffer
	h := newHandler(t, &log, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		panic("the secret of it")
	}, fn.Route("GET /a")))
	if r := invoke(t, h, get("/a")); r.StatusCode != 500 || strings.Contains(r.Body, "secret") {
		t.Errorf("got status %d, body %s", r.StatusCode, r.Body)
	}
	if !strings.Contains(log.String(), "the secret of it") {
		t.Errorf("the log misses the panic: %s", log.String())
	}
	if _, err := h.Invoke(t.Context(), []byte(`{}`)); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("the direct invoke's error is %v, want an opaque one", err)
	}
}

func TestStatusThatNoResponseHasIsA500(t *testing.T) {
	for _, status := range []int{-1, 99, 101, 1000} {
		h := newHandler(t, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return text(status, "x"), nil
		}, fn.Route("GET /a")))
		if r := invoke(t, h, get("/a")); r.StatusCode != 500 {
			t.Errorf("a reply with status %d became %d, want 500", status, r.StatusCode)
		}
	}
}

func TestHeadersOfTheConnectionAreTheFrontDoors(t *testing.T) {
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		r := text(200, "x")
		r.Header = append(r.Header, fn.Header{
			{Name: "X-Bytes", Value: "caf\xe9"}, {Name: "Content-Length", Value: "9"}, {Name: "Connection", Value: "close"},
		}...)
		return r, nil
	}, fn.Route("GET /a")))
	r := invoke(t, h, get("/a"))
	want := map[string]string{"Content-Type": "text/plain; charset=utf-8", "X-Bytes": "caf\ufffd"}
	if fmt.Sprint(r.Headers) != fmt.Sprint(want) {
		t.Errorf("got headers %q, want %q", r.Headers, want)
	}
}

func TestDeadlineThatPassedBeforeArrivalDoesNotKillTheRequest(t *testing.T) {
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return text(200, "alive"), nil
	}, fn.Route("GET /a")))
	ctx, cancel := context.WithDeadline(t.Context(), time.UnixMilli(0))
	defer cancel()
	if r := invokeContext(ctx, t, h, get("/a")); r.Body != "alive" {
		t.Errorf("got status %d, body %s", r.StatusCode, r.Body)
	}
}

func TestDeadlineOfLambdaReachesTheFunction(t *testing.T) {
	want := time.Now().Add(time.Hour)
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
		if got, ok := ctx.Deadline(); !ok || !got.Equal(want) {
			t.Errorf("got deadline %v, %v, want %v", got, ok, want)
		}
		return text(200, ""), nil
	}, fn.Route("GET /a")))
	ctx, cancel := context.WithDeadline(t.Context(), want)
	defer cancel()
	invokeContext(ctx, t, h, get("/a"))
}

func TestRawEventAndLambdaContextAreReachable(t *testing.T) {
	event := get("/a")
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		raw, ok := fnlambda.EventFrom(ctx)
		if !ok || string(raw) != event {
			t.Errorf("EventFrom returns %s, %v, want %s", raw, ok, event)
		}
		clear(raw) // a copy: what a handler does to it stays with it
		if raw, _ = fnlambda.EventFrom(ctx); string(raw) != event {
			t.Error("a handler changed the event of others")
		}
		if lc, ok := lambdacontext.FromContext(ctx); !ok || lc.InvokedFunctionArn != "arn:x" {
			t.Errorf("the Lambda context is %v", lc)
		}
		if req.ID != "aws-id" || req.Host != "lambda" {
			t.Errorf("the request's id is %q, its host %q", req.ID, req.Host)
		}
		return text(200, ""), nil
	}, fn.Route("GET /a")))
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "aws-id", InvokedFunctionArn: "arn:x"})
	invokeContext(ctx, t, h, event)
	if got, ok := fnlambda.EventFrom(t.Context()); ok || got != nil {
		t.Errorf("outside of a request EventFrom returns %s", got)
	}
}

// The runtime client uses the payload's memory for the next event, while a
// function that missed its deadline may still read the last one.
func TestNothingOfTheRequestLiesInThePayloadsMemory(t *testing.T) {
	var source interface{ HeaderValues(string) []string }
	var raw func() []byte
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		source, raw = req.Source(), func() []byte {
			event, _ := fnlambda.EventFrom(ctx)
			return event
		}
		return text(200, ""), nil
	}, fn.Route("GET /a")))
	payload := []byte(get("/a"))
	if _, err := h.Invoke(t.Context(), payload); err != nil {
		t.Fatal(err)
	}
	for i := range payload {
		payload[i] = '#'
	}
	if got := source.HeaderValues("Host"); len(got) != 1 || got[0] != "h" {
		t.Errorf("the header became %q", got)
	}
	if bytes.Contains(raw(), []byte("#")) {
		t.Error("the raw event changed")
	}
}

func TestConcurrentInvokesDoNotMix(t *testing.T) {
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		return text(200, req.Source().PathValue("id")+" "+req.Header("X-N")), nil
	}, fn.Route("GET /a/{id}")))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 50 {
				n := fmt.Sprintf("%d-%d", i, j)
				event := strings.Replace(get("/a/"+n), `"host":"h"`, `"x-n":"`+n+`"`, 1)
				out, err := h.Invoke(t.Context(), []byte(event))
				if err != nil || !strings.Contains(string(out), n+" "+n) {
					t.Errorf("got %s, %v, want %s", out, err, n)
				}
			}
		})
	}
	group.Wait()
}

func TestCloseWaitsForWhatIsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release, order := make(chan struct{}), make(chan string, 2)
		app := fn.NewApp[fn.NoConfig]("test")
		app.Group("a", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
			fn.OnStop(ctx, func(context.Context) error { order <- "stopped"; return nil })
			return []fn.Function{fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
				<-release
				order <- "answered"
				return text(200, ""), nil
			}, fn.Route("GET /a"))}, nil
		})
		h, err := fnlambda.New(t.Context(), app)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = h.Invoke(context.Background(), []byte(get("/a"))) }()
		synctest.Wait()
		go func() { _ = h.Close(context.Background()) }()
		synctest.Wait()
		close(release)
		if first, second := <-order, <-order; first != "answered" || second != "stopped" {
			t.Errorf("%s came before %s", first, second)
		}
	})
}

func TestUnitThatWasGivenIsNotStopped(t *testing.T) {
	stopped := false
	app := fn.NewApp[fn.NoConfig]("test")
	app.Group("a", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStop(ctx, func(context.Context) error { stopped = true; return nil })
		return []fn.Function{fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) { return text(200, ""), nil })}, nil
	})
	unit, err := app.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h, err := fnlambda.New(t.Context(), unit)
	if err != nil || h.Unit() != unit {
		t.Fatalf("New: %v", err)
	}
	if err := h.Close(t.Context()); err != nil || stopped {
		t.Errorf("Close: %v, stopped %v", err, stopped)
	}
	if _, err := fnlambda.New(t.Context(), unit, fnlambda.Start(fn.Select("a.b"))); err == nil {
		t.Error("Start options for a started unit were not refused")
	}
	if _, err := fnlambda.New(t.Context(), nil); err == nil {
		t.Error("a nil app was not refused")
	}
}
