package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

func TestAccessLogLines(t *testing.T) {
	tests := map[string]struct {
		handler fn.Invoker
		want    map[string]any
	}{
		"success": {ok, map[string]any{"level": "info", "status": 200.0, "bytes": 2.0}},
		"redirect, empty": {
			func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 303}, nil },
			map[string]any{"level": "info", "status": 303.0},
		},
		"stream": {
			func(context.Context, *fn.Request) (*fn.Reply, error) {
				return &fn.Reply{Status: 200, Stream: strings.NewReader("x")}, nil
			},
			map[string]any{"level": "info", "status": 200.0},
		},
		"error of the client": {
			fails(fn.Errorf(fn.NotFound, "order 7 does not exist").WithCause(errors.New("no rows"))),
			map[string]any{"level": "info", "status": 404.0, "code": "not_found", "error": "not_found: order 7 does not exist: no rows"},
		},
		"violations": {
			fails(fn.Errorf(fn.InvalidArgument, "bad").WithStatus(422).WithViolations(fn.Violation{Location: "query.limit", Rule: "min"})),
			map[string]any{"level": "info", "status": 422.0, "code": "invalid_argument", "error": "invalid_argument: bad", "violations": 1.0, "violated": "[query.limit min]"},
		},
		"something else is missing": {
			fails(fn.Errorf(fn.Unavailable, "later")),
			map[string]any{"level": "warn", "status": 503.0, "code": "unavailable", "error": "unavailable: later"},
		},
		"opaque error": {
			fails(errors.New("pq: connection refused")),
			map[string]any{"level": "error", "status": 500.0, "code": "internal", "error": "internal: pq: connection refused"},
		},
		"opaque error with another status": {
			fails(fn.Errorf(fn.Internal, "upstream").WithStatus(502)),
			map[string]any{"level": "error", "status": 502.0, "code": "internal", "error": "internal: upstream"},
		},
		"failure without an error": {
			func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 503}, nil },
			map[string]any{"level": "warn", "status": 503.0},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, log := serve(t, test.handler, list(middleware.RequestID(), middleware.AccessLog()), source{"X-Request-Id": "r1"})
			want := map[string]any{
				"message": "request", "function": "orders.get", "request_id": "r1", "trigger": "http",
				"host": "test", "method": "GET", "route": "GET /orders/{id}", "cold_start": true,
			}
			maps.Copy(want, test.want)
			got := log.only(t)
			if d, ok := got["duration_ms"].(float64); !ok || d < 0 {
				t.Errorf("duration_ms is %v, want milliseconds", got["duration_ms"])
			}
			delete(got, "duration_ms")
			if violated, ok := got["violated"]; ok {
				got["violated"] = fmt.Sprint(violated)
			}
			if !maps.Equal(got, want) {
				t.Errorf("line\n  %v, want\n  %v", got, want)
			}
		})
	}
}

// TestTheLevelIsTheWorseOfCodeAndStatus, whatever started the function.
func TestTheLevelIsTheWorseOfCodeAndStatus(t *testing.T) {
	tests := map[string]struct {
		err   *fn.Error
		level string
	}{
		"405":                             {fn.Errorf(fn.Unimplemented, "not here").WithStatus(405), "info"},
		"501":                             {fn.Errorf(fn.Unimplemented, "not yet"), "warn"},
		"not found, and a 503":            {fn.Errorf(fn.NotFound, "closed").WithStatus(503), "warn"},
		"not found, and a 500":            {fn.Errorf(fn.NotFound, "odd").WithStatus(500), "error"},
		"failed precondition, and a 500":  {fn.Errorf(fn.FailedPrecondition, "odd").WithStatus(500), "error"},
		"failed precondition":             {fn.Errorf(fn.FailedPrecondition, "stale"), "info"},
		"an internal error, and a 404":    {fn.Errorf(fn.Internal, "hidden").WithStatus(404), "error"},
		"data loss, and a 503":            {fn.Errorf(fn.DataLoss, "gone").WithStatus(503), "error"},
		"unavailable":                     {fn.Errorf(fn.Unavailable, "later"), "warn"},
		"unavailable, and a 429":          {fn.Errorf(fn.Unavailable, "later").WithStatus(429), "warn"},
		"unavailable, and a 500":          {fn.Errorf(fn.Unavailable, "later").WithStatus(500), "error"},
		"deadline exceeded":               {fn.Errorf(fn.DeadlineExceeded, "late"), "warn"},
		"the caller went away":            {fn.Errorf(fn.Canceled, "gone"), "info"},
		"a rule is broken":                {fn.Errorf(fn.InvalidArgument, "no").WithStatus(422), "info"},
		"not allowed, and a bad gateway":  {fn.Errorf(fn.PermissionDenied, "no").WithStatus(502), "warn"},
		"a quota, and the highest status": {fn.Errorf(fn.ResourceExhausted, "no").WithStatus(599), "warn"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			unit, log := start(t, fails(test.err), middleware.Default())
			unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
			for _, kind := range []fn.RequestKind{fn.KindDirect, fn.KindCall, fn.KindEvent} {
				if _, err := unit.Host("test").Invoke(t.Context(), "orders.get", &fn.Request{Kind: kind}); fn.CodeOf(err) != test.err.Code() {
					t.Errorf("%s: got %v", kind, err)
				}
			}
			for _, line := range log.lines(t) {
				if line["level"] != test.level {
					t.Errorf("%s: the level is %v, want %s", line["trigger"], line["level"], test.level)
				}
			}
			if n := len(log.lines(t)); n != 4 {
				t.Errorf("%d lines, want 4", n)
			}
		})
	}
}

// TestA500IsLoggedWithoutAccessLogToo: its cause is nowhere else.
func TestA500IsLoggedWithoutAccessLogToo(t *testing.T) {
	for name, test := range map[string]struct {
		err   error
		lines int
	}{
		"opaque":               {errors.New("the disk is full"), 1},
		"another code's 500":   {fn.Errorf(fn.FailedPrecondition, "odd").WithStatus(500).WithCause(errors.New("the disk is full")), 1},
		"a mistake of clients": {fn.Errorf(fn.NotFound, "no").WithCause(errors.New("the disk is full")), 0},
	} {
		_, log := serve(t, fails(test.err), nil, nil)
		if lines := log.lines(t); len(lines) != test.lines {
			t.Errorf("%s: the log has %s", name, log.text())
		} else if len(lines) > 0 && (lines[0]["level"] != "error" || !strings.Contains(log.text(), "the disk is full")) {
			t.Errorf("%s: the line is %v", name, lines[0])
		}
	}
}

// TestALineNamesAFewViolations and never a value, also when a client makes many.
func TestALineNamesAFewViolations(t *testing.T) {
	type input struct {
		Limit int               `query:"limit" validate:"max=10"`
		Name  string            `json:"name" validate:"required,email"`
		Items []struct{ N int } `json:"items"`
	}
	l := &logs{}
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.New(l)), fn.Use(middleware.Default()...))
	app.Add(fn.New("orders.add", func(context.Context, input) (struct{}, error) { return struct{}{}, nil }))
	unit := app.MustStart(t.Context())
	invoke := func(body string) map[string]any {
		if _, err := unit.Host("test").Invoke(t.Context(), "orders.add", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(body))}); err == nil {
			t.Fatal("it passed")
		}
		lines := l.lines(t)
		return lines[len(lines)-1]
	}
	line := invoke(`{"limit":4711,"name":"ada lovelace"}`)
	if got := fmt.Sprint(line["violated"]); got != "[query.limit max body.name email]" || line["violations"] != 2.0 || line["level"] != "info" {
		t.Errorf("violated is %s of %v", got, line)
	}
	odd := strings.Repeat("x", 5000)
	members := make([]string, 0, 60)
	for i := range 60 {
		members = append(members, fmt.Sprintf(`"%s%d":"4711"`, odd, i))
	}
	line = invoke("{" + strings.Join(members, ",") + "}")
	named, _ := line["violated"].([]any)
	if n, _ := line["violations"].(float64); n <= 10 || len(named) != 10 {
		t.Errorf("%v violations, of which %d are named; want ten of many", n, len(named))
	}
	for _, one := range named {
		if text, _ := one.(string); len(text) > 220 || !strings.HasSuffix(text, " unknown") && text != "body.name required" {
			t.Errorf("a violation is named %q", text)
		}
	}
	if text := l.text(); strings.Contains(text, "4711") || strings.Contains(text, "lovelace") {
		t.Errorf("the log has a client's value: %s", text)
	}
}

func TestAccessLogKeepsPersonalDataOut(t *testing.T) {
	_, log := serve(t, ok, middleware.Default(), source{"Authorization": "Bearer secret", "Cookie": "session=secret"})
	for _, leak := range []string{"secret", "/orders/7"} {
		if strings.Contains(log.text(), leak) {
			t.Errorf("the log has %q:\n%s", leak, log.text())
		}
	}
}

func TestAccessLogOfAPanicHasTheStackOnce(t *testing.T) {
	_, log := serve(t, panicking("broken"), middleware.Default(), nil)
	line := log.only(t)
	stack, _ := line["stack"].(string)
	if line["level"] != "error" || line["error"] != "internal: panic: broken" || !strings.Contains(stack, "panicking") {
		t.Errorf("line %v, want level error, the panic's value and stack", line)
	}
}

func TestAccessLogOfAPanicWithoutRecover(t *testing.T) {
	reply, log := serve(t, panicking("broken"), list(middleware.AccessLog()), nil)
	lines := log.lines(t)
	if reply.Status != 500 || len(lines) != 2 {
		t.Fatalf("status %d and %d lines, want 500, the access line and the unit's", reply.Status, len(lines))
	}
	if lines[0]["level"] != "error" || lines[0]["error"] != "ended by a panic or runtime.Goexit" || lines[1]["stack"] == nil {
		t.Errorf("lines %v, want an error that says how it ended and one with the stack", lines)
	}
}

func TestAccessLogOfUnmatchedRequests(t *testing.T) {
	unit, log := start(t, ok, middleware.Default())
	req := &fn.Request{
		Kind: fn.KindHTTP, Method: "GET",
		Path: "/nothing\"}\n{\"forged\":1" + strings.Repeat("x", 5000), From: fn.InputFromSource(source{}),
	}
	reply := unit.Host("test").ServeUnmatched(t.Context(), req, fn.Errorf(fn.NotFound, "nothing here"))
	line := log.only(t)
	path, _ := line["path"].(string)
	if reply.Status != 404 || line["function"] != "" || !strings.HasPrefix(path, "/nothing\"}\n{") || len(path) != 200 {
		t.Errorf("status %d, line %v; want 404, no function and the first 200 bytes of the path", reply.Status, line)
	}
	if strings.Count(log.text(), "\n") != 1 || line["route"] != nil {
		t.Errorf("the log is\n%s, want one line without a route", log.text())
	}
}

func TestAccessLogOfOtherKinds(t *testing.T) {
	unit, log := start(t, ok, middleware.Default())
	if _, err := unit.Host("lambda").Invoke(t.Context(), "orders.get", &fn.Request{Kind: fn.KindDirect}); err != nil {
		t.Fatal(err)
	}
	line := log.only(t)
	if line["trigger"] != "direct" || line["host"] != "lambda" || line["method"] != nil || line["request_id"] == nil {
		t.Errorf("line %v, want a direct invoke with an id and without a method", line)
	}
}

func TestAccessLogMarksTheColdStartOnce(t *testing.T) {
	unit, log := start(t, ok, middleware.Default())
	for range 3 {
		unit.Host("test").Serve(t.Context(), "orders.get", get(nil))
	}
	var cold []any
	for _, line := range log.lines(t) {
		cold = append(cold, line["cold_start"])
	}
	if !slices.Equal(cold, []any{true, nil, nil}) {
		t.Errorf("cold_start %v, want it on the first line alone", cold)
	}
}

func TestAccessLogOfACanceledRequest(t *testing.T) {
	unit, log := start(t, ok, list(middleware.AccessLog()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	unit.Host("test").Serve(ctx, "orders.get", get(nil))
	if line := log.only(t); line["canceled"] != true {
		t.Errorf("line %v, want canceled", line)
	}
}

func TestQuietLeavesOutSuccessesAlone(t *testing.T) {
	quiet := middleware.Quiet(func(req *fn.Request) bool { return req.Route == "GET /orders/{id}" })
	for name, test := range map[string]struct {
		handler fn.Invoker
		lines   int
	}{
		"success":                  {ok, 0},
		"error of the client":      {fails(fn.Errorf(fn.NotFound, "no")), 1},
		"opaque error":             {fails(errors.New("broken")), 1},
		"failure without an error": {func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 500}, nil }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, log := serve(t, test.handler, list(middleware.AccessLog(quiet)), nil)
			if got := len(log.lines(t)); got != test.lines {
				t.Errorf("%d lines, want %d:\n%s", got, test.lines, log.text())
			}
		})
	}
}

func TestLoggersOfTheContextCarryTheRequest(t *testing.T) {
	for name, write := range map[string]func(context.Context){
		"zerolog": func(ctx context.Context) { zerolog.Ctx(ctx).Info().Str("sku", "a1").Msg("hello") },
		"slog":    func(ctx context.Context) { middleware.Slog(ctx).Info("hello", "sku", "a1") },
	} {
		t.Run(name, func(t *testing.T) {
			_, log := serve(t, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				write(ctx)
				return ok(ctx, req)
			}, middleware.Default(), source{"X-Request-Id": "r1"})
			line := log.lines(t)[0]
			if line["message"] != "hello" || line["function"] != "orders.get" || line["request_id"] != "r1" || line["sku"] != "a1" {
				t.Errorf("line %v, want the function and the request id on it", line)
			}
		})
	}
}

func TestSlogOutsideOfARequestDiscards(t *testing.T) {
	if middleware.Slog(t.Context()).Enabled(t.Context(), 8) {
		t.Error("the logger is enabled, want one that discards")
	}
}
