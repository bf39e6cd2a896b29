package fn_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestAProblemDocumentHasItsMembersInOrder(t *testing.T) {
	one := fn.Violation{Location: "body.a", Rule: "min", Message: `must be "at least" 1`}
	two := fn.Violation{Location: "query.é", Rule: "max", Message: "must be at most 2"}
	broken := fn.Errorf(fn.InvalidArgument, "the input breaks a rule").WithStatus(422)
	tests := map[string]struct {
		err  *fn.Error
		want string
	}{
		"a code alone": {fn.Errorf(fn.NotFound, ""), `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found"}`},
		"a message with quotes": {fn.Errorf(fn.NotFound, `no "<b>"`+"\n"),
			`{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"no \"<b>\"\n"}`},
		"a status without a phrase": {fn.Errorf(fn.NotFound, "").WithStatus(468), `{"type":"about:blank","title":"Status 468","status":468,"code":"not_found"}`},
		"one violation": {broken.WithViolations(one),
			`{"type":"about:blank","title":"Unprocessable Content","status":422,"code":"invalid_argument","detail":"the input breaks a rule",` +
				`"violations":[{"location":"body.a","rule":"min","message":"must be \"at least\" 1"}]}`},
		"violations and details, by name": {broken.WithViolations(one, two).WithDetail("z", one).WithDetail("a", []int{1}).WithDetail("code", "mine"),
			`{"type":"about:blank","title":"Unprocessable Content","status":422,"code":"invalid_argument","detail":"the input breaks a rule",` +
				`"violations":[{"location":"body.a","rule":"min","message":"must be \"at least\" 1"},{"location":"query.é","rule":"max","message":"must be at most 2"}],` +
				`"a":[1],"z":{"location":"body.a","rule":"min","message":"must be \"at least\" 1"}}`},
		"an opaque error": {fn.Errorf(fn.Internal, "secret").WithDetail("a", 1).WithViolations(one),
			`{"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal"}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.err.AppendProblem([]byte("before"))
			if err != nil || string(got) != "before"+test.want {
				t.Errorf("got %s, %v\nwant %s", got, err, "before"+test.want)
			}
		})
	}
}

func TestAProblemThatCannotBeEncodedIsAnError(t *testing.T) {
	for name, err := range map[string]*fn.Error{
		"a message that is no text": fn.Errorf(fn.NotFound, "\xff"),
		"a violation that is none":  fn.Errorf(fn.NotFound, "").WithViolations(fn.Violation{Message: "\xff"}, fn.Violation{}),
		"a detail without JSON":     fn.Errorf(fn.NotFound, "").WithDetail("a", func() {}).WithDetail("b", 1),
		"a name that is no text":    fn.Errorf(fn.NotFound, "").WithDetail("\xff", 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := err.AppendProblem(nil); err == nil || got != nil {
				t.Errorf("got %s, %v", got, err)
			}
		})
	}
}

// What cannot be encoded of the details does not hide the rest.
func TestAProblemLeavesOutDetailsThatCannotBeEncoded(t *testing.T) {
	f := fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		return nil, fn.Errorf(fn.NotFound, "gone").WithDetail("a", func() {}).WithHeader("Retry-After", "1")
	}, fn.Route("GET /x"))
	unit, _ := start(t, []fn.Function{f})
	reply := serve(t, unit, "a.b", source{})
	if want := `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found","detail":"gone"}`; string(reply.Body) != want {
		t.Errorf("got %s, want %s", reply.Body, want)
	}
	if reply.Header.Get("Retry-After") != "1" || reply.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("the header is %v", reply.Header)
	}
}
