package awsevent_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// FuzzNew holds the events to the request that they were made of: what a front
// door keeps as it is can be put together again.
func FuzzNew(f *testing.F) {
	f.Add("/orders/a%2Fb", "a=1&a=2&b", "a=1; b=2", []byte("text"))
	f.Add("/", "", "", []byte(nil))
	f.Add("/%zz/%ff", "%zz=%&&=;", ";;=", []byte{0xff, 0})
	f.Fuzz(func(t *testing.T, path, query, cookie string, body []byte) {
		if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?\x00") || len(body) > 1<<16 || !text(path, query, cookie) {
			return
		}
		r := awsevent.Request{Method: "POST", Target: path + "?" + query, Body: body,
			Header: http.Header{"Cookie": {cookie}, "Content-Type": {"text/plain"}}}
		checkURL(t, r, path, query)
		checkALB(t, r, path, query)
		checkREST(t, r, path, query)
	})
}

// text reports whether JSON can carry the strings as they are.
func text(all ...string) bool {
	for _, s := range all {
		if strings.ToValidUTF8(s, "") != s {
			return false
		}
	}
	return true
}

func checkURL(t *testing.T, r awsevent.Request, path, query string) {
	t.Helper()
	e := event[events.LambdaFunctionURLRequest](t, awsevent.FunctionURL, r)
	same(t, "rawPath", e.RawPath, path)
	same(t, "rawQueryString", e.RawQueryString, query)
	same(t, "the body", bodyOf(t, e.Body, e.IsBase64Encoded), string(r.Body))
	for _, pair := range e.Cookies {
		if !strings.Contains(r.Header.Get("Cookie"), pair) {
			t.Errorf("the cookie %q was not sent", pair)
		}
	}
}

func checkALB(t *testing.T, r awsevent.Request, path, query string) {
	t.Helper()
	e := event[events.ALBTargetGroupRequest](t, awsevent.ALBMulti, r)
	same(t, "the path", e.Path, path)
	parameters := 0
	for _, values := range e.MultiValueQueryStringParameters {
		parameters += len(values)
	}
	pairs := strings.FieldsFunc(query, func(c rune) bool { return c == '&' })
	same(t, "the number of parameters", parameters, len(pairs))
	same(t, "the body", bodyOf(t, e.Body, e.IsBase64Encoded), string(r.Body))
}

func checkREST(t *testing.T, r awsevent.Request, path, query string) {
	t.Helper()
	e := event[events.APIGatewayProxyRequest](t, awsevent.REST, r)
	same(t, "the path", e.Path, path)
	want, err := url.ParseQuery(query)
	if err != nil || len(want) == 0 || !validValues(want) {
		return // net/http refuses what API Gateway passes on
	}
	same(t, "the query", e.MultiValueQueryStringParameters, map[string][]string(want))
}

func validValues(values url.Values) bool {
	for name, all := range values {
		if !text(append(all, name)...) {
			return false
		}
	}
	return true
}

func bodyOf(t *testing.T, body string, isBase64 bool) string {
	t.Helper()
	if !isBase64 {
		return body
	}
	data, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The events of all formats are JSON objects without duplicate names, whatever
// bytes stand in the header.
func TestEventsAreJSONWhateverTheClientSends(t *testing.T) {
	r := awsevent.Request{Target: "/%ff?%ff=\xff", Header: http.Header{"X-A": {"\xff\x00\""}, "x-a": {"2"}, "X-a": nil}, Body: []byte{0xff}}
	for _, format := range awsevent.Formats() {
		var members map[string]any
		if err := json.Unmarshal(eventOf(t, format, r), &members); err != nil || len(members) == 0 {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestRandomIDsDiffer(t *testing.T) {
	for _, format := range []awsevent.Format{awsevent.REST, awsevent.HTTPAPI, awsevent.FunctionURL} {
		id := func() string {
			return event[struct{ RequestContext struct{ RequestID string } }](t, format, awsevent.Request{}).RequestContext.RequestID
		}
		if a, b := id(), id(); a == b || a == "" {
			t.Errorf("%s: two requests have the ids %q and %q", format, a, b)
		}
	}
}
