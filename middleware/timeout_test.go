package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// takes returns a function that answers after d and does not heed its context.
func takes(d time.Duration) fn.Invoker {
	return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		<-time.After(d)
		return ok(ctx, req)
	}
}

// heeding waits for its context and returns its error as it is.
func heeding(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// measured serves a request and says how long that took.
func measured(ctx context.Context, unit *fn.Unit) (*fn.Reply, time.Duration) {
	begin := time.Now()
	reply := unit.Host("test").Serve(ctx, "orders.get", get(nil))
	return reply, time.Since(begin)
}

func TestTimeoutAnswersWhenTimeIsUp(t *testing.T) {
	tests := map[string]struct {
		handler  fn.Invoker
		options  []fn.FunctionOption
		timeout  []middleware.TimeoutOption
		deadline time.Duration // of the context, 0: none
		after    time.Duration
		status   int
		detail   string
	}{
		"the default":                 {handler: takes(time.Hour), after: 30 * time.Second, status: 504, detail: "the function orders.get did not answer within 30s"},
		"another default":             {handler: takes(time.Hour), timeout: []middleware.TimeoutOption{middleware.DefaultTimeout(time.Second)}, after: time.Second, status: 504, detail: "within 1s"},
		"the function's own":          {handler: takes(time.Hour), options: []fn.FunctionOption{fn.Timeout(2 * time.Second)}, after: 2 * time.Second, status: 504, detail: "within 2s"},
		"longer than the default":     {handler: takes(time.Hour), options: []fn.FunctionOption{fn.Timeout(time.Minute)}, after: time.Minute, status: 504, detail: "within 1m0s"},
		"a heeding function":          {handler: heeding, options: []fn.FunctionOption{fn.Timeout(2 * time.Second)}, after: 2 * time.Second, status: 504, detail: "within 2s"},
		"the platform's, 10% back":    {handler: takes(time.Hour), deadline: 3 * time.Second, after: 2700 * time.Millisecond, status: 504, detail: "within 2.7s"},
		"the platform's, 500 ms back": {handler: takes(time.Hour), deadline: 20 * time.Second, after: 19500 * time.Millisecond, status: 504, detail: "within 19.5s"},
		"the platform's, 50 ms back":  {handler: takes(time.Hour), deadline: 200 * time.Millisecond, after: 150 * time.Millisecond, status: 504, detail: "within 150ms"},
		"the platform's, half back":   {handler: takes(time.Hour), deadline: 20 * time.Millisecond, after: 10 * time.Millisecond, status: 504, detail: "within 10ms"},
		"a reserve of one's own":      {handler: takes(time.Hour), timeout: []middleware.TimeoutOption{middleware.Reserve(time.Second)}, deadline: 3 * time.Second, after: 2 * time.Second, status: 504, detail: "within 2s"},
		"earlier than the platform's": {handler: takes(time.Hour), options: []fn.FunctionOption{fn.Timeout(time.Second)}, deadline: 3 * time.Second, after: time.Second, status: 504, detail: "within 1s"},
		"expired on arrival":          {handler: takes(time.Hour), deadline: -time.Second, after: 0, status: 504, detail: "the function orders.get was not started"},
		"in time":                     {handler: takes(time.Second), after: time.Second, status: 200},
		"no timeout at all":           {handler: takes(time.Hour), timeout: []middleware.TimeoutOption{middleware.DefaultTimeout(0)}, after: time.Hour, status: 200},
		"the platform's alone":        {handler: takes(time.Hour), timeout: []middleware.TimeoutOption{middleware.DefaultTimeout(0)}, deadline: 3 * time.Second, after: 2700 * time.Millisecond, status: 504, detail: "within 2.7s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				unit, _ := start(t, test.handler, list(middleware.Timeout(test.timeout...)), test.options...)
				ctx := t.Context()
				if test.deadline != 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, test.deadline)
					defer cancel()
				}
				reply, took := measured(ctx, unit)
				if reply.Status != test.status || took != test.after || !strings.Contains(string(reply.Body), test.detail) {
					t.Errorf("status %d after %v: %s; want %d after %v: %s", reply.Status, took, reply.Body, test.status, test.after, test.detail)
				}
			})
		})
	}
}

func TestTimeoutDoesNotRunTheFunctionWhenItIsTooLate(t *testing.T) {
	unit, _ := start(t, func(context.Context, *fn.Request) (*fn.Reply, error) {
		t.Error("the function ran")
		return nil, nil
	}, list(middleware.Timeout()))
	expired, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	if reply := unit.Host("test").Serve(expired, "orders.get", get(nil)); reply.Status != 504 {
		t.Errorf("status %d of an expired context, want 504", reply.Status)
	}
}

// Whether a client that says no more is seen to before the function starts, or after, is
// chance: the answer is the function's in both cases.
func TestTimeoutRunsTheFunctionOfACallerThatSeemsGone(t *testing.T) {
	for name, test := range map[string]struct {
		handler fn.Invoker
		status  int
	}{
		"it answers":           {ok, 200},
		"it heeds its context": {heeding, 499},
	} {
		unit, _ := start(t, test.handler, list(middleware.Timeout()))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if reply := unit.Host("test").Serve(ctx, "orders.get", get(nil)); reply.Status != test.status {
			t.Errorf("%s: status %d of a canceled context, want %d", name, reply.Status, test.status)
		}
	}
}

func TestTimeoutOfACallIsItsCallersDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, _ := start(t, takes(time.Hour), list(middleware.Timeout()))
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		begin := time.Now()
		_, err := unit.Host("test").Invoke(ctx, "orders.get", &fn.Request{Kind: fn.KindCall})
		if took := time.Since(begin); fn.CodeOf(err) != fn.DeadlineExceeded || took != 3*time.Second {
			t.Errorf("%v after %v, want deadline_exceeded after 3s, without a reserve", err, took)
		}
	})
}

func TestTimeoutGivesTheFunctionTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var left time.Duration
		unit, _ := start(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			end, _ := ctx.Deadline()
			left = time.Until(end)
			return ok(ctx, req)
		}, list(middleware.Timeout()), fn.Timeout(5*time.Second))
		unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
		if left != 5*time.Second {
			t.Errorf("the function has %v, want 5s", left)
		}
	})
}

func TestTimeoutErrorSaysWhereTheLimitComesFrom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unit, log := start(t, heeding, middleware.Default(), fn.Timeout(time.Second))
		unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
		line := log.only(t)
		text, _ := line["error"].(string)
		if line["level"] != "warn" || line["code"] != "deadline_exceeded" || !strings.Contains(text, "context deadline exceeded") {
			t.Errorf("line %v, want a warning with the deadline's error", line)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		unit, log := start(t, takes(time.Hour), middleware.Default(), fn.Timeout(time.Second))
		unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
		if text, _ := log.only(t)["error"].(string); !strings.Contains(text, "fn.Timeout: context deadline exceeded") {
			t.Errorf("error %q, want it to name fn.Timeout", text)
		}
	})
}

func TestTimeoutLeavesTheFunctionsOwnAnswerAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		own := fn.Errorf(fn.Unavailable, "the store is slow").WithCause(context.DeadlineExceeded)
		unit, _ := start(t, fails(own), list(middleware.Timeout()))
		if reply := unit.Host("test").Serve(t.Context(), "orders.get", get(nil)); reply.Status != 503 {
			t.Errorf("status %d, want the function's 503", reply.Status)
		}
		// A deadline of the function's own making is not the request's.
		unit, _ = start(t, fails(context.DeadlineExceeded), list(middleware.Timeout()))
		if reply := unit.Host("test").Serve(t.Context(), "orders.get", get(nil)); reply.Status != 500 {
			t.Errorf("status %d, want 500", reply.Status)
		}
	})
}

func TestTimeoutReturnsWhenTheCallerGoesAway(t *testing.T) {
	for name, test := range map[string]struct {
		handler fn.Invoker
		status  int
		after   time.Duration
	}{
		"heeding":                {heeding, 499, time.Second},
		"not heeding":            {takes(time.Hour), 499, 30 * time.Second},
		"answering all the same": {takes(3 * time.Second), 200, 3 * time.Second}, // a client can close its half and listen
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				unit, log := start(t, test.handler, middleware.Default())
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				reply, took := measured(ctx, unit)
				if reply.Status != test.status || took != test.after {
					t.Errorf("status %d after %v, want %d after %v", reply.Status, took, test.status, test.after)
				}
				if line := log.only(t); line["level"] != "info" || line["canceled"] != true {
					t.Errorf("line %v, want canceled at level info", line)
				}
			})
		})
	}
}

func TestTimeoutTakesBackWhatTheFunctionChanged(t *testing.T) {
	unit, log := start(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		if found, ok := fn.RequestFrom(ctx); !ok || found != req {
			t.Error("RequestFrom finds another request than the one that was passed")
		}
		req.ReplyHeader().Set("X-Inner", "1")
		req.MarkReported()
		return nil, errors.New("broken, and reported")
	}, list(middleware.RequestID(), middleware.Timeout()))
	reply := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"X-Request-Id": "r1"}))
	if reply.Header.Get("X-Inner") != "1" || reply.Header.Get("X-Request-Id") != "r1" {
		t.Errorf("header %v, want X-Inner and X-Request-Id", reply.Header)
	}
	if log.text() != "" {
		t.Errorf("the error was logged again: %s", log.text())
	}
}

// lateStream is a stream that nobody reads.
type lateStream struct{ closed, panics bool }

func (*lateStream) Read([]byte) (int, error) { return 0, io.EOF }

func (s *lateStream) Close() error {
	s.closed = true
	if s.panics {
		panic("broken stream")
	}
	return nil
}

func TestTimeoutAbandonsLateFunctions(t *testing.T) {
	late := func(then func(req *fn.Request) (*fn.Reply, error)) fn.Invoker {
		return func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			<-time.After(time.Minute)
			return then(req)
		}
	}
	abandon := func(t *testing.T, handler fn.Invoker) (*fn.Reply, *logs) {
		unit, log := start(t, handler, list(middleware.RequestID(), middleware.Timeout()))
		reply := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"X-Request-Id": "r1"}))
		if err := unit.Stop(t.Context()); err != nil { // waits for the function
			t.Fatal(err)
		}
		if reply.Status != 504 {
			t.Errorf("status %d, want 504", reply.Status)
		}
		return reply, log
	}
	t.Run("its changes are lost", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			reply, log := abandon(t, late(func(req *fn.Request) (*fn.Reply, error) {
				req.ReplyHeader().Set("X-Late", "1")
				return nil, errors.New("late error")
			}))
			if reply.Header.Get("X-Late") != "" || log.text() != "" {
				t.Errorf("header %v, log %q; want nothing of it", reply.Header, log.text())
			}
		})
	})
	t.Run("its panic is logged", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, log := abandon(t, late(func(*fn.Request) (*fn.Reply, error) { panic("late") }))
			line := log.only(t)
			if line["function"] != "orders.get" || line["request_id"] != "r1" || line["stack"] == nil {
				t.Errorf("line %v, want function, request and stack", line)
			}
		})
	})
	t.Run("its stream is closed", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := &lateStream{}
			abandon(t, late(func(*fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 200, Stream: s}, nil }))
			if !s.closed {
				t.Error("the late stream is open")
			}
		})
	})
	t.Run("a panic of its stream is logged", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := &lateStream{panics: true}
			_, log := abandon(t, late(func(*fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 200, Stream: s}, nil }))
			if line := log.only(t); line["error"] != "internal: panic: broken stream" {
				t.Errorf("line %v, want the panic of Close", line)
			}
		})
	})
}

func TestTimeoutKeepsTheContextForAStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inner context.Context
		stream := &lateStream{}
		unit, _ := start(t, func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
			inner = ctx
			return &fn.Reply{Status: 200, Stream: stream}, nil
		}, list(middleware.Timeout()))
		reply := unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
		if inner.Err() != nil {
			t.Fatal("the context ended before the stream was read")
		}
		if err := reply.Stream.(io.Closer).Close(); err != nil {
			t.Fatal(err)
		}
		if inner.Err() != context.Canceled || !stream.closed {
			t.Errorf("the context is %v after the stream was closed, want canceled; the function's stream is closed: %v", inner.Err(), stream.closed)
		}
	})
}

// What a function says after its caller has gone away is its answer, unless it says no
// more than that.
func TestTimeoutKeepsAnErrorOfTheFunctionsOwn(t *testing.T) {
	for name, tt := range map[string]struct {
		err    func(ctx context.Context) error
		status int
	}{
		"the context's":         {func(ctx context.Context) error { return ctx.Err() }, 499},
		"the context's, told":   {func(ctx context.Context) error { return fmt.Errorf("read: %w", ctx.Err()) }, 499},
		"its own, caused by it": {func(ctx context.Context) error { return fn.Errorf(fn.Unavailable, "later").WithCause(ctx.Err()) }, 503},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			unit, _ := start(t, func(ctx context.Context, _ *fn.Request) (*fn.Reply, error) {
				cancel()
				<-ctx.Done()
				return nil, tt.err(ctx)
			}, list(middleware.Timeout()))
			if reply := unit.Host("test").Serve(ctx, "orders.get", get(nil)); reply.Status != tt.status {
				t.Errorf("%s: status %d, want %d", name, reply.Status, tt.status)
			}
		})
	}
}

func TestTimeoutCarriesPanicsOver(t *testing.T) {
	reply, log := serve(t, panicking("broken"), list(middleware.Timeout()), nil)
	stack, _ := log.only(t)["stack"].(string)
	if reply.Status != 500 || !strings.Contains(stack, "panicking") {
		t.Errorf("status %d, stack %q; want 500 and the stack of the function", reply.Status, stack)
	}
}

func TestTimeoutOfUnmatchedRequests(t *testing.T) {
	slow := func(next fn.Invoker) fn.Invoker { return takes(time.Hour) }
	synctest.Test(t, func(t *testing.T) {
		unit, _ := start(t, ok, list(middleware.Timeout(), slow))
		reply := unit.Host("test").ServeUnmatched(t.Context(), &fn.Request{Kind: fn.KindHTTP}, fn.Errorf(fn.NotFound, "no"))
		if reply.Status != 504 || !strings.Contains(string(reply.Body), "the app did not answer within 30s") {
			t.Errorf("status %d, body %s; want 504", reply.Status, reply.Body)
		}
	})
}

type price struct{ Cents int }

func TestDefaultCarriesTypedCalls(t *testing.T) {
	double := func(_ context.Context, in price) (price, error) { return price{2 * in.Cents}, nil }
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.Nop()), fn.Use(middleware.Default()...))
	app.Add(fn.New("orders.price", double))
	unit, err := app.Start(t.Context(), fn.WithConfig(fn.NoConfig{}))
	if err != nil {
		t.Fatal(err)
	}
	out, err := fn.Call[price, price](t.Context(), unit, "orders.price", price{21})
	if err != nil || out.Cents != 42 {
		t.Errorf("%v, %v; want 42", out, err)
	}
}

func TestDefaultUnderConcurrentRequests(t *testing.T) {
	unit, log := start(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		req.ReplyHeader().Set("X-Mine", middleware.RequestIDFrom(ctx))
		if req.Header("X-Late") != "" {
			<-ctx.Done()
			req.ReplyHeader().Set("X-Mine", "late")
		}
		return ok(ctx, req)
	}, middleware.Default(), fn.Timeout(time.Millisecond))
	var all sync.WaitGroup
	for i := range 100 {
		header := source{"X-Request-Id": strconv.Itoa(i)}
		if i%2 == 0 {
			header["X-Late"] = "1"
		}
		all.Go(func() {
			reply := unit.Host("test").Serve(t.Context(), "orders.get", get(header))
			mine := reply.Header.Get("X-Mine")
			if reply.Header.Get("X-Request-Id") != strconv.Itoa(i) || reply.Status == 200 && mine != "late" && mine != strconv.Itoa(i) {
				t.Errorf("request %d got status %d, header %v", i, reply.Status, reply.Header)
			}
		})
	}
	all.Wait()
	if got := len(log.lines(t)); got != 100 {
		t.Errorf("%d log lines, want 100", got)
	}
}
