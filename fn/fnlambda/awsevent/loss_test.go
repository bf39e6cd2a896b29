package awsevent_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

func TestLossesSayWhatDoesNotArrive(t *testing.T) {
	repeated := awsevent.Request{Target: "/a?x=1&x=2", Header: http.Header{"X-A": {"1", "2"}}}
	slash := awsevent.Request{Target: "/a%2Fb"}
	routed := awsevent.Request{Target: "/a%2fb", Route: "/{id}"}
	broken := awsevent.Request{Target: "/%zz?q=%zz"}
	for _, c := range []struct {
		name    string
		format  awsevent.Format
		request awsevent.Request
		want    []string // a word of each sentence
	}{
		{"a load balancer keeps the last values", awsevent.ALB, repeated, []string{"header x-a", "parameter x"}},
		{"with multi-value headers it keeps all", awsevent.ALBMulti, repeated, nil},
		{"a load balancer has nothing to drop of one value", awsevent.ALB, awsevent.Request{Target: "/a?x=1", Header: http.Header{"X-A": {"1"}}}, nil},
		{"cookies are joined without loss", awsevent.HTTPAPI, awsevent.Request{Header: http.Header{"Cookie": {"a=1", "b=2"}}}, nil},
		{"a load balancer keeps the last of them", awsevent.ALB, awsevent.Request{Header: http.Header{"Cookie": {"a=1", "b=2"}}}, []string{"header cookie"}},
		{"payload 2.0 joins headers, which says the same, and has the query as it is", awsevent.FunctionURL, repeated, nil},
		{"payload 1.0 has lists", awsevent.REST, repeated, nil},
		{"an HTTP API decodes slashes", awsevent.HTTPAPI, slash, []string{"%2F"}},
		{"of a named route it tells the parameters", awsevent.HTTPAPIv1, routed, nil},
		{"an HTTP API decodes dots", awsevent.HTTPAPI, awsevent.Request{Target: "/a/%2e%2E/b"}, []string{"dot"}},
		{"a REST API leaves them", awsevent.REST, slash, nil},
		{"a REST API decodes the query", awsevent.REST, broken, []string{"parameter q"}},
		{"an HTTP API decodes the path", awsevent.HTTPAPI, broken, []string{"path"}},
		{"an event is UTF-8", awsevent.REST, awsevent.Request{Header: http.Header{"Referer": {"\xe9"}}}, []string{"header referer is not UTF-8"}},
		{"a function URL decodes nothing", awsevent.FunctionURL, broken, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := awsevent.Losses(c.format, c.request)
			if len(got) != len(c.want) {
				t.Fatalf("got %q, want %q", got, c.want)
			}
			for i, word := range c.want {
				if !strings.Contains(got[i], word) {
					t.Errorf("got %q, want something about %q", got[i], word)
				}
			}
		})
	}
}
