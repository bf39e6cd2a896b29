package remote_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/remote"
)

// asked is a http.RoundTripper that notes the URLs it is asked for.
type asked struct{ urls []string }

func (a *asked) RoundTrip(r *http.Request) (*http.Response, error) {
	a.urls = append(a.urls, r.URL.String())
	return nil, errors.New("not sent")
}

func TestWhereAFunctionLives(t *testing.T) {
	const lambda = "https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/"
	tests := map[string]struct{ setting, function, url string }{
		"a rule for all":                {"*=lambda:shop", "orders.get", lambda + "shop/invocations"},
		"a placeholder for the group":   {"*=lambda:shop-{group}", "orders.get", lambda + "shop-orders/invocations"},
		"placeholders for the function": {"*=lambda:{group}_{function}", "orders.get-all", lambda + "orders_get-all/invocations"},
		"a placeholder for the name":    {"*=lambda:shop-{name}", "orders.get", lambda + "shop-orders-get/invocations"},
		"the function wins":             {"*=lambda:a orders.*=lambda:b orders.get=lambda:c", "orders.get", lambda + "c/invocations"},
		"the group wins over all":       {"orders.*=lambda:b,\n*=lambda:a", "orders.get", lambda + "b/invocations"},
		"a group is no prefix":          {"order.*=lambda:b *=lambda:a", "orders.get", lambda + "a/invocations"},
		"a qualifier":                   {"*=lambda:shop:live", "orders.get", lambda + "shop/invocations?Qualifier=live"},
		"an ARN":                        {"*=lambda:arn:aws:lambda:us-east-2:123456789012:function:shop", "orders.get", "https://lambda.us-east-2.amazonaws.com/2015-03-31/functions/arn:aws:lambda:us-east-2:123456789012:function:shop/invocations"},
		"an ARN with a qualifier":       {"*=lambda:arn:aws-cn:lambda:cn-north-1:123456789012:function:shop:$LATEST", "orders.get", "https://lambda.cn-north-1.amazonaws.com.cn/2015-03-31/functions/arn:aws-cn:lambda:cn-north-1:123456789012:function:shop/invocations?Qualifier=%24LATEST"},
		"a server":                      {"*=https://{group}.internal:8443", "orders.get", "https://orders.internal:8443/.anygrain/call/orders.get"},
		"a server below a path":         {"*=http://mesh/shop/", "orders.get", "http://mesh/shop/.anygrain/call/orders.get"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var a asked
			tr, err := remote.New(test.setting, remote.RoundTripper(&a), remote.Region("eu-west-1"), remote.SignWith(someone))
			if err != nil {
				t.Fatal(err)
			}
			_, _ = tr.Carry(t.Context(), test.function, []byte("{}"))
			if got := strings.ReplaceAll(strings.Join(a.urls, " "), "%3A", ":"); got != test.url {
				t.Errorf("got %s, want %s", got, test.url)
			}
		})
	}
}

func TestEverythingThatIsWrongWithTheSetting(t *testing.T) {
	_, err := remote.New(`orders.* Orders.get=lambda:x orders.get=ftp://x orders.a=lambda:a/b orders.b=lambda:{grp}` +
		` *=lambda:x *=lambda:y chat.a=https://user:hunter2@host chat.b=https:// orders.c=lambda:arn:aws:lambda:x`)
	for _, want := range []string{
		`"orders.*" is no rule`, `the pattern "Orders.get" is none of`, `"orders.get=ftp://x": the target is none of`,
		`"orders.a=lambda:a/b": the target names no Lambda function`, `{grp} is no placeholder`,
		`"*=lambda:y": the pattern has a target already, in "*=lambda:x"`, `ANYGRAIN_CALL_SECRET`,
		`"chat.b=https://": the target is none of`, `"orders.c=lambda:arn:aws:lambda:x": the target names`, "ANYGRAIN_CALLEES",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in:\n%v", want, err)
		}
	}
	if strings.Contains(fmt.Sprint(err), "hunter2") {
		t.Errorf("a secret is shown: %v", err)
	}
}

func TestAFunctionThatNobodyServes(t *testing.T) {
	for setting, want := range map[string]string{
		"":                             "ANYGRAIN_CALLEES, which says who does, is not set",
		"chat.*=lambda:b a.b=lambda:a": "no rule of ANYGRAIN_CALLEES does: a.b=lambda:a chat.*=lambda:b",
	} {
		tr, err := remote.FromEnvironment(t.Context(), config.Map{"ANYGRAIN_CALLEES": setting})
		if err != nil {
			t.Fatal(err)
		}
		_, err = tr.Carry(t.Context(), "orders.get", nil)
		if fn.CodeOf(err) != fn.Unimplemented || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v", setting, err)
		}
	}
}

// Two hundred functions in forty groups, each group or each function a unit of
// its own, need one rule; with a name of its own for every group it is forty,
// which is still far from the 4 KB that Lambda has for all variables.
func TestTheSettingIsSmall(t *testing.T) {
	var rules []string
	for i := range 40 {
		rules = append(rules, fmt.Sprintf("group%d.*=lambda:shop-unit-%d", i, i))
	}
	setting := strings.Join(rules, " ")
	tr, err := remote.New(setting, remote.Region("eu-west-1"), remote.RoundTripper(&asked{}))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		if _, err := tr.Carry(t.Context(), fmt.Sprintf("group%d.f%d", i%40, i), nil); fn.CodeOf(err) == fn.Unimplemented {
			t.Error(err)
		}
	}
	if len(setting) > 1400 {
		t.Errorf("it has %d bytes", len(setting))
	}
}

func FuzzNew(f *testing.F) {
	f.Add("orders.*=lambda:shop-{group},chat.reply=https://chat.internal/x *=lambda:arn:aws:lambda:eu-west-1:123456789012:function:a:b", "orders.get")
	f.Add("*=http://{name}", "a.b")
	f.Fuzz(func(t *testing.T, setting, function string) {
		tr, err := remote.New(setting, remote.Region("r"), remote.SignWith(someone), remote.RoundTripper(sink{}))
		if err != nil {
			return
		}
		if _, err := tr.Carry(context.Background(), function, []byte("{}")); err == nil {
			t.Error("an answer came from nowhere")
		}
	})
}

// sink refuses every request.
type sink struct{}

func (sink) RoundTrip(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }
