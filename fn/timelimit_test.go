package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// working returns a function that takes its time, whatever its context says.
func working(d time.Duration, options ...fn.FunctionOption) fn.Function {
	return fn.New("work.long", func(context.Context, struct{}) (string, error) {
		time.Sleep(d)
		return "done", nil
	}, append(options, fn.Route("GET /work"))...)
}

// limitedTo is middleware with a limit of its own.
func limitedTo(limit func() fn.TimeLimit) fn.FunctionOption {
	return fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) { return limit().Run(ctx, req, next) }
	})
}

func TestATimeoutHoldsByItself(t *testing.T) {
	tests := map[string]struct {
		app      []fn.AppOption
		function []fn.FunctionOption
		after    time.Duration
		status   int
	}{
		"none":                                {nil, nil, time.Minute, 200},
		"the function's":                      {nil, []fn.FunctionOption{fn.Timeout(time.Second)}, time.Second, 504},
		"the app's":                           {[]fn.AppOption{fn.Timeout(2 * time.Second)}, nil, 2 * time.Second, 504},
		"the function's before the app's":     {[]fn.AppOption{fn.Timeout(time.Second)}, []fn.FunctionOption{fn.Timeout(3 * time.Second)}, 3 * time.Second, 504},
		"one that is long enough":             {nil, []fn.FunctionOption{fn.Timeout(time.Hour)}, time.Minute, 200},
		"none, whatever the app says":         {[]fn.AppOption{fn.Timeout(time.Second)}, []fn.FunctionOption{fn.NoTimeout()}, time.Minute, 200},
		"of none and one the last":            {nil, []fn.FunctionOption{fn.NoTimeout(), fn.Timeout(time.Second)}, time.Second, 504},
		"of one and none the last":            {nil, []fn.FunctionOption{fn.Timeout(time.Second), fn.NoTimeout()}, time.Minute, 200},
		"less than that of middleware":        {nil, []fn.FunctionOption{fn.Timeout(time.Second), limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Timeout: 2 * time.Second} })}, time.Second, 504},
		"more than that of middleware":        {nil, []fn.FunctionOption{fn.Timeout(2 * time.Second), limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Timeout: time.Second} })}, time.Second, 504},
		"middleware's":                        {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Timeout: time.Second} })}, time.Second, 504},
		"middleware's end":                    {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Deadline: time.Now().Add(time.Second)} })}, time.Second, 504},
		"middleware's end before its time":    {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Timeout: time.Minute, Deadline: time.Now().Add(time.Second)} })}, time.Second, 504},
		"middleware's end behind its time":    {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Timeout: time.Second, Deadline: time.Now().Add(time.Minute)} })}, time.Second, 504},
		"middleware's end that is over":       {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{Deadline: time.Now()} })}, 0, 504},
		"middleware's limit that is no limit": {nil, []fn.FunctionOption{limitedTo(func() fn.TimeLimit { return fn.TimeLimit{} })}, time.Minute, 200},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				unit, _ := start(t, []fn.Function{working(time.Minute, test.function...)}, test.app...)
				begin := time.Now()
				reply := serve(t, unit, "work.long", source{})
				if took := time.Since(begin); took != test.after || reply.Status != test.status {
					t.Errorf("got %d after %v, want %d after %v", reply.Status, took, test.status, test.after)
				}
			})
		})
	}
}

// A timeout is the same for every kind of request, and says what it was.
func TestATimeoutOfOtherRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, _ := start(t, []fn.Function{working(time.Minute, fn.Timeout(time.Second))})
		_, direct := unit.Host("test").Invoke(t.Context(), "work.long", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))})
		_, call := fn.Call[struct{}, string](t.Context(), unit, "work.long", struct{}{})
		for kind, err := range map[string]error{"direct": direct, "call": call} {
			if fn.CodeOf(err) != fn.DeadlineExceeded || !errors.Is(err, context.DeadlineExceeded) ||
				!strings.Contains(err.Error(), "the function work.long did not answer within 1s") {
				t.Errorf("%s: %v", kind, err)
			}
		}
	})
}

// What a function under a timeout does is what it does without one.
func TestAFunctionUnderATimeout(t *testing.T) {
	lost := errors.New("lost")
	tests := map[string]struct {
		handler fn.Invoker
		status  int
		log     string
	}{
		"answers":         {func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 201}, nil }, 201, ""},
		"fails":           {func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, lost }, 500, "lost"},
		"answers nothing": {func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, nil }, 500, "neither a reply nor an error"},
		"panics":          {func(context.Context, *fn.Request) (*fn.Reply, error) { panic("broken") }, 500, "panic: broken"},
		"ends its goroutine": {func(context.Context, *fn.Request) (*fn.Reply, error) {
			runtime.Goexit()
			return nil, nil
		}, 500, "runtime.Goexit"},
		"sets a field of the reply and fails": {func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			req.ReplyHeader().Add("X-Kept", "yes")
			return nil, fn.Errorf(fn.NotFound, "no")
		}, 404, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			replies := [2]*fn.Reply{}
			for i, option := range []fn.FunctionOption{fn.NoTimeout(), fn.Timeout(time.Hour)} {
				if name == "ends its goroutine" && i == 0 {
					continue // without a timeout it is the test's own
				}
				unit, log := start(t, []fn.Function{fn.Raw("a.b", test.handler, fn.Route("GET /"), option)})
				replies[i] = serve(t, unit, "a.b", source{})
				if replies[i].Status != test.status || !strings.Contains(log.String(), test.log) {
					t.Errorf("got %d, log %s", replies[i].Status, log)
				}
			}
			if free, timed := replies[0], replies[1]; free != nil && (string(free.Body) != string(timed.Body) || free.Header.Get("X-Kept") != timed.Header.Get("X-Kept")) {
				t.Errorf("got %s %v without and %s %v with a timeout", free.Body, free.Header, timed.Body, timed.Header)
			}
		})
	}
}

// endless is a stream that is read as long as its context lasts.
type endless struct {
	ctx    context.Context
	closed chan struct{}
}

func (s *endless) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, s.ctx.Err() }
func (s *endless) Close() error             { close(s.closed); return nil }

// A function that answers with a stream has answered: its context goes on until the
// stream is closed, or until what stands around it ends.
func TestATimeoutEndsWhereAStreamBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s *endless
		unit, _ := start(t, []fn.Function{fn.Raw("a.b", func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			s = &endless{ctx, make(chan struct{})}
			return &fn.Reply{Stream: s}, nil
		}, fn.Route("GET /"), fn.Timeout(time.Second))})
		reply := serve(t, unit, "a.b", source{})
		time.Sleep(time.Hour)
		if s.ctx.Err() != nil {
			t.Fatalf("the context has ended under the stream: %v", s.ctx.Err())
		}
		if err := reply.Stream.(io.Closer).Close(); err != nil {
			t.Error(err)
		}
		<-s.closed
		if s.ctx.Err() != context.Canceled {
			t.Errorf("the context is not released: %v", s.ctx.Err())
		}
	})
}

// What nobody says and what is said to be none are two things.
func TestTimeoutTellsNoneFromNothing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		app  []fn.AppOption
		own  []fn.FunctionOption
		want string // of the function, of the request
	}{
		"nothing":                       {nil, nil, "0s false, 0s false"},
		"a limit":                       {nil, []fn.FunctionOption{fn.Timeout(time.Second)}, "1s true, 1s true"},
		"none":                          {nil, []fn.FunctionOption{fn.NoTimeout()}, "0s true, 0s true"},
		"the app's":                     {[]fn.AppOption{fn.Timeout(time.Minute)}, nil, "0s false, 1m0s true"},
		"none, whatever the app says":   {[]fn.AppOption{fn.Timeout(time.Minute)}, []fn.FunctionOption{fn.NoTimeout()}, "0s true, 0s true"},
		"a limit, where the app has no": {[]fn.AppOption{fn.NoTimeout()}, []fn.FunctionOption{fn.Timeout(time.Second)}, "1s true, 1s true"},
	} {
		var got string
		see := fn.Use(func(next fn.Invoker) fn.Invoker {
			return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				own, ownOK := req.Function().Timeout()
				all, ok := req.Timeout()
				got = fmt.Sprintf("%v %v, %v %v", own, ownOK, all, ok)
				return next(ctx, req)
			}
		})
		app := fn.NewApp[fn.NoConfig]("shop", append(test.app, see)...)
		app.Add(fn.New("orders.get", nothing[struct{}], test.own...))
		if _, err := fn.Call[struct{}, struct{}](t.Context(), app.MustStart(t.Context()), "orders.get", struct{}{}); err != nil || got != test.want {
			t.Errorf("%s: got %s, %v, want %s", name, got, err, test.want)
		}
	}
}
