package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestOneHandlerAnswersEveryKindOfRequest(t *testing.T) {
	unit, _ := start(t, []fn.Function{newGreet()})
	t.Run("HTTP", func(t *testing.T) {
		reply := serve(t, unit, "greet.hello", source{path: map[string]string{"name": "Ada"}, query: "times=2"})
		if reply.Status != 200 || string(reply.Body) != `{"text":"Hello Ada! Hello Ada! "}` {
			t.Errorf("got %d %s", reply.Status, reply.Body)
		}
	})
	t.Run("direct", func(t *testing.T) {
		reply, err := unit.Host("test").Invoke(t.Context(), "greet.hello", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(`{"name":"Ada"}`))})
		if err != nil || string(reply.Body) != `{"text":"Hello Ada! "}` {
			t.Errorf("got %v, %v", reply, err)
		}
	})
	t.Run("call", func(t *testing.T) {
		out, err := fn.Call[greetInput, greetOutput](t.Context(), unit, "greet.hello", greetInput{Name: "Ada", Times: 1})
		if err != nil || out.Text != "Hello Ada! " {
			t.Errorf("got %v, %v", out, err)
		}
	})
	t.Run("an event that it cannot take", func(t *testing.T) {
		_, err := unit.Host("test").Invoke(t.Context(), "greet.hello", &fn.Request{Kind: fn.KindEvent, From: fn.InputFromEvent([]byte(`{}`))})
		if fn.CodeOf(err) != fn.Unimplemented {
			t.Errorf("got %v", err)
		}
	})
}

func TestAViolationIsTheSameForEveryKindOfRequest(t *testing.T) {
	unit, _ := start(t, []fn.Function{newGreet()})
	doc := problemOf(t, serve(t, unit, "greet.hello", source{path: map[string]string{"name": "Ada"}, query: "times=9"}))
	if doc["status"] != 422.0 || doc["code"] != "invalid_argument" {
		t.Errorf("HTTP: %v", doc)
	}
	_, direct := unit.Host("test").Invoke(t.Context(), "greet.hello", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(`{"name":"Ada","times":9}`))})
	_, call := fn.Call[greetInput, greetOutput](t.Context(), unit, "greet.hello", greetInput{Name: "Ada", Times: 9})
	for kind, err := range map[string]error{"direct": direct, "call": call} {
		var e *fn.Error
		if !errors.As(err, &e) || e.HTTPStatus() != 422 || len(e.Violations()) != 1 || e.Violations()[0].Location != "query.times" {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestWhatCallersSeeOfAnError(t *testing.T) {
	notThere := errors.New("row 7 of secret_table is missing")
	tests := map[string]struct {
		err    error
		status int
		want   string
		hidden string
	}{
		"an Error": {
			err:    fn.Errorf(fn.NotFound, "order %d does not exist", 7),
			status: 404,
			want:   `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"order 7 does not exist"}`,
		},
		"a wrapped Error": {
			err:    fmt.Errorf("find: %w", fn.Errorf(fn.Aborted, "try again")),
			status: 409,
			want:   `{"type":"about:blank","title":"Conflict","status":409,"code":"aborted","detail":"try again"}`,
		},
		"an Error with a cause": {
			err:    fn.Errorf(fn.NotFound, "no order").WithCause(notThere),
			status: 404, hidden: "secret_table",
			want: `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"no order"}`,
		},
		"details, in the order of their names": {
			err:    fn.Errorf(fn.ResourceExhausted, "slow down").WithDetail("limit", 10).WithDetail("every", "1s").WithDetail("status", 200),
			status: 429,
			want:   `{"type":"about:blank","title":"Too Many Requests","status":429,"code":"resource_exhausted","detail":"slow down","every":"1s","limit":10}`,
		},
		"violations": {
			err:    fn.Errorf(fn.InvalidArgument, "no").WithViolations(fn.Violation{Location: "body.a", Rule: "sum", Message: "must add up"}),
			status: 400,
			want: `{"type":"about:blank","title":"Bad Request","status":400,"code":"invalid_argument","detail":"no",` +
				`"violations":[{"location":"body.a","rule":"sum","message":"must add up"}]}`,
		},
		"another status": {
			err:    fn.Errorf(fn.FailedPrecondition, "stale").WithStatus(412),
			status: 412,
			want:   `{"type":"about:blank","title":"Precondition Failed","status":412,"code":"failed_precondition","detail":"stale"}`,
		},
		"any other error": {
			err: notThere, status: 500, hidden: "secret_table",
			want: `{"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal"}`,
		},
		"an Internal with a message": {
			err: fn.Errorf(fn.Internal, "the secret_table is gone"), status: 500, hidden: "secret_table",
			want: `{"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal"}`,
		},
		"a detail that cannot be encoded": {
			err: fn.Errorf(fn.NotFound, "no").WithDetail("c", make(chan int)), status: 404,
			want: `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"no"}`,
		},
		"a context error that is not the request's": {
			err: context.DeadlineExceeded, status: 500,
			want: `{"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			unit, log := start(t, []fn.Function{fn.New("fail.now",
				func(context.Context, struct{}) (struct{}, error) { return struct{}{}, test.err }, fn.Route("GET /fail"))})
			reply := serve(t, unit, "fail.now", source{})
			if reply.Status != test.status || string(reply.Body) != test.want {
				t.Errorf("got %d %s, want %d %s", reply.Status, reply.Body, test.status, test.want)
			}
			if test.hidden != "" && strings.Contains(string(reply.Body), test.hidden) {
				t.Errorf("the caller sees %q", test.hidden)
			}
			if test.status == 500 && !strings.Contains(log.String(), test.err.Error()) {
				t.Errorf("the log does not have the cause: %s", log)
			}
		})
	}
}

func TestAPanicIsAnInternalErrorWithItsStackInTheLog(t *testing.T) {
	panics := map[string]fn.Function{
		"in a handler": fn.New("fail.now", func(context.Context, struct{}) (struct{}, error) { panic("lost") }, fn.Route("GET /fail")),
		"in middleware": fn.New("fail.now", nothing[struct{}], fn.Route("GET /fail"), fn.Use(func(fn.Invoker) fn.Invoker {
			return func(context.Context, *fn.Request) (*fn.Reply, error) { panic("lost") }
		})),
	}
	for name, f := range panics {
		t.Run(name, func(t *testing.T) {
			unit, log := start(t, []fn.Function{f})
			reply := serve(t, unit, "fail.now", source{})
			if reply.Status != 500 || strings.Contains(string(reply.Body), "lost") {
				t.Errorf("got %d %s", reply.Status, reply.Body)
			}
			if !strings.Contains(log.String(), "panic: lost") || !strings.Contains(log.String(), "handle_test.go") {
				t.Errorf("log: %s", log)
			}
		})
	}
}

func TestMapErrorsTranslatesWhatHandlersReturn(t *testing.T) {
	unit, _ := start(t, []fn.Function{
		fn.New("read.file", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, io.EOF }, fn.Route("GET /file")),
		fn.New("read.other", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, io.ErrClosedPipe }, fn.Route("GET /other")),
	}, fn.MapErrors(func(_ context.Context, err error) error {
		if errors.Is(err, io.EOF) {
			return fn.Errorf(fn.NotFound, "nothing left").WithCause(err)
		}
		return nil
	}))
	if reply := serve(t, unit, "read.file", source{}); reply.Status != 404 {
		t.Errorf("a mapped error: %d", reply.Status)
	}
	if reply := serve(t, unit, "read.other", source{}); reply.Status != 500 {
		t.Errorf("an error that is not mapped: %d", reply.Status)
	}
}

func trace(events *[]string, name string) fn.Middleware {
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			*events = append(*events, name)
			req.ReplyHeader().Set("X-Last", name)
			return next(ctx, req)
		}
	}
}

func TestTheFirstMiddlewareIsTheOutermostAndAnAppsIsOutsideAFunctions(t *testing.T) {
	var events []string
	f := fn.New("fail.now", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, fn.Errorf(fn.NotFound, "no") },
		fn.Route("GET /x"), fn.Use(trace(&events, "function 1"), trace(&events, "function 2")))
	unit, _ := start(t, []fn.Function{f}, fn.Use(trace(&events, "app 1"), trace(&events, "app 2")))
	reply := serve(t, unit, "fail.now", source{})
	if got := strings.Join(events, ", "); got != "app 1, app 2, function 1, function 2" {
		t.Error(got)
	}
	if got := reply.Header.Values("X-Last"); len(got) != 1 || got[0] != "function 2" {
		t.Errorf("an error's reply has X-Last %q", got)
	}
	events = nil
	reply = unit.Host("test").ServeUnmatched(t.Context(), &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(source{})}, fn.Errorf(fn.NotFound, "nothing here"))
	if got := strings.Join(events, ", "); got != "app 1, app 2" || reply.Status != 404 {
		t.Errorf("unmatched: %s, %d", got, reply.Status)
	}
}

func TestMiddlewareCanAnswerItself(t *testing.T) {
	cached := func(fn.Invoker) fn.Invoker {
		return func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{Status: 203}, nil }
	}
	unit, _ := start(t, []fn.Function{newGreet()}, fn.Use(cached))
	if reply := serve(t, unit, "greet.hello", source{}); reply.Status != 203 {
		t.Errorf("got %d", reply.Status)
	}
}

func TestAnInvokerThatReturnsNothingIsAnError(t *testing.T) {
	unit, _ := start(t, []fn.Function{fn.Raw("bad.one", func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, nil }, fn.Route("GET /x"))})
	if reply := serve(t, unit, "bad.one", source{}); reply.Status != 500 {
		t.Errorf("got %d", reply.Status)
	}
}

// panickyStream is a body whose Close panics.
type panickyStream struct{ io.Reader }

func (panickyStream) Close() error { panic("cannot close") }

// What no host can send is an Internal error, whatever is wrong with it, and its stream
// is closed.
func TestAReplyThatCannotBeSent(t *testing.T) {
	replies := map[string]struct {
		reply fn.Reply
		log   string
	}{
		"a status that is not final":    {fn.Reply{Status: 103}, "the reply's status is 103"},
		"a status of four digits":       {fn.Reply{Status: 1000}, "the reply's status is 1000"},
		"a name that is no token":       {fn.Reply{Header: fn.Header{{Name: "a b", Value: "c"}}}, "the reply's header cannot be sent"},
		"a value of two lines":          {fn.Reply{Header: fn.Header{{Name: "A", Value: "b\nc"}}}, "the reply's header cannot be sent"},
		"with a stream that panics too": {fn.Reply{Status: 103, Stream: panickyStream{strings.NewReader("a")}}, "cannot close"},
	}
	for name, test := range replies {
		t.Run(name, func(t *testing.T) {
			unit, log := start(t, []fn.Function{fn.Raw("bad.one", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
				req.ReplyHeader().Add("X-Kept", "yes")
				return &test.reply, nil
			}, fn.Route("GET /x"))})
			reply := serve(t, unit, "bad.one", source{})
			if reply.Status != 500 || reply.Header.Get("X-Kept") != "yes" || reply.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %d %v", reply.Status, reply.Header)
			}
			if !strings.Contains(log.String(), test.log) {
				t.Errorf("log: %s", log)
			}
		})
	}
}

func TestStatusesOfSuccess(t *testing.T) {
	type created struct {
		Status int    `status:""`
		Text   string `json:"text"`
	}
	empty := func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }
	tests := map[string]struct {
		function fn.Function
		want     int
	}{
		"a body":                                {fn.New("a.b", func(context.Context, struct{}) (greetOutput, error) { return greetOutput{}, nil }, fn.Route("GET /x")), 200},
		"an empty Out":                          {fn.New("a.b", empty, fn.Route("GET /x")), 204},
		"the route's":                           {fn.New("a.b", empty, fn.Route("GET /x", fn.Status(202))), 202},
		"the Out's over the route's":            {fn.New("a.b", func(context.Context, struct{}) (created, error) { return created{Status: 206}, nil }, fn.Route("GET /x", fn.Status(201))), 206},
		"the route's when the Out says nothing": {fn.New("a.b", func(context.Context, struct{}) (created, error) { return created{}, nil }, fn.Route("GET /x", fn.Status(201))), 201},
		"a redirect":                            {fn.New("a.b", func(context.Context, struct{}) (fn.Redirect, error) { return fn.RedirectTo(303, "/y"), nil }, fn.Route("GET /x")), 303},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			unit, _ := start(t, []fn.Function{test.function})
			if reply := serve(t, unit, "a.b", source{}); reply.Status != test.want {
				t.Errorf("got %d, want %d", reply.Status, test.want)
			}
		})
	}
}

func TestColdStartIsTheFirstRequestAlone(t *testing.T) {
	var cold []bool
	see := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			cold = append(cold, req.ColdStart())
			return next(ctx, req)
		}
	}
	unit, _ := start(t, []fn.Function{newGreet()}, fn.Use(see))
	for range 3 {
		serve(t, unit, "greet.hello", source{})
	}
	if len(cold) != 3 || !cold[0] || cold[1] || cold[2] {
		t.Errorf("got %v", cold)
	}
}

func TestACustomRuleBelongsToItsApp(t *testing.T) {
	type input struct {
		SKU string `query:"sku" validate:"sku"`
	}
	f := fn.New("a.b", nothing[input], fn.Route("GET /x"))
	app := fn.NewApp[fn.NoConfig]("other")
	app.Add(f)
	if _, err := app.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "sku") {
		t.Errorf("an app without the rule: %v", err)
	}
	unit, _ := start(t, []fn.Function{f}, fn.Rule("sku", startsWithS, "must be a known SKU"))
	doc := problemOf(t, serve(t, unit, "a.b", source{query: "sku=x"}))
	if !strings.Contains(fmt.Sprint(doc["violations"]), "must be a known SKU") {
		t.Errorf("got %v", doc)
	}
	if reply := serve(t, unit, "a.b", source{query: "sku=s1"}); reply.Status != 204 {
		t.Errorf("a valid value: %d %s", reply.Status, reply.Body)
	}
}
