package fn_test

import (
	"context"
	"strings"
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

type panics struct{}

func (panics) MarshalJSON() ([]byte, error) { panic("a secret") }

func TestAProblemHasWhatCanBeWritten(t *testing.T) {
	const head = `{"type":"about:blank","title":"Not Found","status":404,"code":"not_found"`
	gone := fn.Errorf(fn.NotFound, "")
	for name, test := range map[string]struct {
		err  *fn.Error
		want string
	}{
		"a message that is no text": {fn.Errorf(fn.NotFound, "a\xffb"), `,"detail":"a\ufffdb"}`},
		"a violation that is none":  {gone.WithViolations(fn.Violation{Location: "path.a", Message: "\xff"}), `,"violations":[{"location":"path.a","rule":"","message":"\ufffd"}]}`},
		"a detail without JSON":     {gone.WithDetail("a", func() {}).WithDetail("b", 1), `,"b":1}`},
		"a detail that panics":      {gone.WithDetail("a", panics{}).WithDetail("b", 1), `,"b":1}`},
		"a detail that is no text":  {gone.WithDetail("a", "\xff"), `,"a":"\ufffd"}`},
		"a name that is no text":    {gone.WithDetail("\xff", 1), `,"\ufffd":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := test.err.AppendProblem(nil)
			if want := head + strings.ReplaceAll(test.want, `\ufffd`, "\uFFFD"); err != nil || string(got) != want {
				t.Errorf("got %s, %v\nwant %s", got, err, want)
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
