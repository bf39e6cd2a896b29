package fnlambda_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/anygrain/anygrain/fn"
)

// message returns the text of a function error, which must be of the type that
// the runtime client reports as it is.
func message(t testing.TB, err error) string {
	t.Helper()
	e, ok := err.(messages.InvokeResponse_Error)
	if !ok {
		t.Fatalf("the error is a %T: %v", err, err)
	}
	if e.ShouldExit {
		t.Error("the error ends the process")
	}
	return e.Type + ": " + e.Message
}

// payloads is a function that answers with the payload it was given.
func payloads(name string) fn.Function {
	return fn.Raw(name, func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		payload, err := req.Body(ctx)
		return &fn.Reply{Body: fmt.Appendf(nil, "%s %s %s %s", name, req.Kind, req.ID, payload)}, err
	}, fn.Route("/"+name))
}

func TestDirectInvoke(t *testing.T) {
	one := []fn.Function{payloads("a.b")} // without an In: a bare payload is an event
	two := []fn.Function{payloads("a.b"), payloads("a.c")}
	tests := map[string]struct {
		functions []fn.Function
		payload   string
		want      string // what the function got
		err       string // or the error has
	}{
		"one function gets the payload":         {one, `{"x":1}`, `a.b event aws {"x":1}`, ""},
		"one function gets any JSON":            {one, `[1]`, `a.b event aws [1]`, ""},
		"an In may have members of front doors": {one, `{"path":"/","headers":{},"httpMethod":"GET","version":"2.0","body":""}`, `a.b event aws {"path":"/","headers":{},"httpMethod":"GET","version":"2.0","body":""}`, ""},
		"a member requestContext alone is none": {one, `{"requestContext":{"x":1}}`, `a.b event aws {"requestContext":{"x":1}}`, ""},
		"of other types neither":                {one, `{"version":2.0,"rawPath":"/","requestContext":{"http":{"method":"GET"}}}`, `a.b event aws {"version":2.0,"rawPath":"/","requestContext":{"http":{"method":"GET"}}}`, ""},
		"one function takes its envelope":       {one, `{"function":"a.b","in":{"x":1}}`, `a.b direct aws {"x":1}`, ""},
		"an envelope of another is its payload": {one, `{"function":"other","in":{"x":1}}`, `a.b event aws {"function":"other","in":{"x":1}}`, ""},
		"an envelope chooses the function":      {two, `{"function":"a.c","in":{"x":1}}`, `a.c direct aws {"x":1}`, ""},
		"an envelope may carry the request id":  {two, `{"id":"r-1","function":"a.c","in":[]}`, `a.c direct r-1 []`, ""},
		"an envelope without an in":             {two, `{"function":"a.c"}`, `a.c direct aws {}`, ""},
		"an envelope of an unknown function":    {two, `{"function":"a.d","in":{}}`, "", "unimplemented: the envelope names a function that this unit does not serve; it serves a.b, a.c"},
		"an envelope with more members":         {two, `{"function":"a.b","in":{},"x":"secret"}`, "", `the event is of no known kind, with the members "function", "in", "x"`},
		"an envelope with a name twice":         {two, `{"function":"a.b","function":"a.c","in":{}}`, "", "of no known kind"},
		"no envelope for several functions":     {two, `{"x":"secret"}`, "", `the event is of no known kind, with the members "x"; this unit takes`},
		"an empty object":                       {two, `{}`, "", "an object without members"},
		"no object":                             {two, `"secret"`, "", "no JSON object"},
		"no JSON":                               {two, `{"secret`, "", "invalid_argument: the event is not JSON"},
		"no JSON that begins like a request":    {one, `{"version":`, `a.b event aws {"version":`, ""},
		"an In that begins like a request":      {one, `{"body":"b"}`, `a.b event aws {"body":"b"}`, ""},
		"no JSON that looks like a request":     {one, `{"requestContext":{`, "", "invalid_argument: the event is not JSON"},
	}
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "aws"})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out, err := newHandler(t, io.Discard, tt.functions...).Invoke(ctx, []byte(tt.payload))
			if tt.err == "" {
				if err != nil || string(out) != tt.want {
					t.Errorf("got %s, %v\nwant %s", out, err, tt.want)
				}
				return
			}
			if err == nil {
				t.Fatalf("got %s, want an error", out)
			}
			if got := message(t, err); !strings.Contains(got, tt.err) || strings.Contains(got, "secret") {
				t.Errorf("got %q\nwant %q in it, and no values", got, tt.err)
			}
		})
	}
}

func TestErrorsOfDirectInvokes(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string
	}{
		"the code is the type": {fn.Errorf(fn.NotFound, "order 7 does not exist"), "not_found: order 7 does not exist"},
		"violations are in the text": {fn.Errorf(fn.InvalidArgument, "the input breaks a rule").WithViolations(
			fn.Violation{Location: "body.a", Message: "must be 1"}, fn.Violation{Location: "body.b", Message: "must be 2"}),
			"invalid_argument: the input breaks a rule: body.a must be 1; body.b must be 2"},
		"internal errors are opaque": {fn.Errorf(fn.Internal, "the secret"), "internal: internal error"},
		"unknown errors are opaque":  {errors.New("the secret"), "internal: internal error"},
		"causes are not shown":       {fn.Errorf(fn.Unavailable, "later").WithCause(errors.New("the secret")), "unavailable: later"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHandler(t, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, tt.err }))
			_, err := h.Invoke(t.Context(), []byte(`{}`))
			if err == nil {
				t.Fatal("no error")
			}
			if got := message(t, err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDirectReplyThatIsTooLargeIsAnOpaqueError(t *testing.T) {
	var log strings.Builder
	h := newHandler(t, &log, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		return &fn.Reply{Body: make([]byte, 7_000_000)}, nil
	}))
	if _, err := h.Invoke(t.Context(), []byte(`{}`)); err == nil || message(t, err) != "internal: internal error" {
		t.Errorf("got %v", err)
	}
	if !strings.Contains(log.String(), `"size":7000000`) {
		t.Errorf("the log is %s", log.String())
	}
}

func TestDirectReplyWithoutABodyIsNull(t *testing.T) {
	h := newHandler(t, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }))
	if out, err := h.Invoke(t.Context(), []byte(`{}`)); err != nil || string(out) != "null" {
		t.Errorf("got %s, %v", out, err)
	}
}

type typedInput struct {
	Path    string         `json:"path"`
	Headers map[string]int `json:"headers"`
}

func TestTypedFunctionGetsItsInAndGivesItsOut(t *testing.T) {
	kind := fn.RequestKind("")
	h := newHandler(t, io.Discard, fn.New("a.b", func(ctx context.Context, in typedInput) (typedInput, error) {
		req, _ := fn.RequestFrom(ctx)
		kind = req.Kind
		return in, nil
	}))
	const in = `{"path":"/x","headers":{"a":1}}`
	for _, payload := range []string{in, `{"function":"a.b","in":` + in + `}`} {
		if out, err := h.Invoke(t.Context(), []byte(payload)); err != nil || string(out) != in || kind != fn.KindDirect {
			t.Errorf("%s: got %s, %v, kind %s", payload, out, err, kind)
		}
	}
	_, err := h.Invoke(t.Context(), []byte(`{"path":7,"headers":{}}`))
	if err == nil || !strings.HasPrefix(message(t, err), "invalid_argument: ") || !strings.Contains(message(t, err), "path") {
		t.Errorf("a wrong In: got %v", err)
	}
}
