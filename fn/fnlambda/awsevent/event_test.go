package awsevent_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// request has something in every place, and nothing that is random.
func request() awsevent.Request {
	return awsevent.Request{
		Method: "POST", Target: "/files/a%2Fb%20c?tag=a&tag=b%2Bc+d&flag",
		Header: http.Header{
			"Content-Type": {"application/json"}, "X-Tag": {"one", "two, three"}, "User-Agent": {"curl/8"},
			"Cookie": {"a=1; b=2"}, "X-Forwarded-For": {"198.51.100.1"}, "Connection": {"keep-alive"},
		},
		Body: []byte(`{"n":1}`), RemoteAddr: "203.0.113.7:4711", Time: time.Unix(1583348638, 390e6),
		RequestID: "id", TraceID: "Root=1-5e9f0c65-1de4d666d4dd26aced652b6c",
	}
}

// event builds the event and decodes it into a type of aws-lambda-go.
func event[T any](t *testing.T, format awsevent.Format, r awsevent.Request) T {
	t.Helper()
	payload, err := awsevent.New(format, r)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(payload, &v); err != nil {
		t.Fatalf("%v in %s", err, payload)
	}
	return v
}

// same reports a difference in words.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is %#v, want %#v", what, got, want)
	}
}

func TestRESTAPIKeepsThePathAndDecodesTheQuery(t *testing.T) {
	r := request()
	r.Route, r.Stage = "/files/{name}", "live"
	e := event[events.APIGatewayProxyRequest](t, awsevent.REST, r)
	same(t, "the path", e.Path, "/files/a%2Fb%20c")
	same(t, "the context's path", e.RequestContext.Path, "/live/files/a%2Fb%20c")
	same(t, "the resource", e.Resource, "/files/{name}")
	same(t, "the parameters", e.PathParameters, map[string]string{"name": "a/b c"})
	same(t, "the query", e.MultiValueQueryStringParameters, map[string][]string{"tag": {"a", "b+c d"}, "flag": {""}})
	same(t, "the last values", e.QueryStringParameters, map[string]string{"tag": "b+c d", "flag": ""})
	same(t, "X-Tag", e.MultiValueHeaders["X-Tag"], []string{"one", "two, three"})
	same(t, "the last X-Tag", e.Headers["X-Tag"], "two, three")
	same(t, "Cookie", e.Headers["Cookie"], "a=1; b=2")
	same(t, "X-Forwarded-For", e.Headers["X-Forwarded-For"], "198.51.100.1, 203.0.113.7")
	same(t, "X-Forwarded-Proto", e.Headers["X-Forwarded-Proto"], "https")
	same(t, "Connection", e.MultiValueHeaders["Connection"], []string(nil))
	same(t, "the body", e.Body, `{"n":1}`)
	same(t, "the peer", e.RequestContext.Identity.SourceIP, "203.0.113.7")
	same(t, "the time", e.RequestContext.RequestTime, "04/Mar/2020:19:03:58 +0000")
	same(t, "the epoch", e.RequestContext.RequestTimeEpoch, int64(1583348638390))
}

func TestHTTPAPIDecodesThePathAndTakesOutTheCookies(t *testing.T) {
	r := request()
	r.Route, r.RouteMethod, r.Stage = "/files/{name}", "ANY", "live"
	e := event[events.APIGatewayV2HTTPRequest](t, awsevent.HTTPAPI, r)
	same(t, "rawPath", e.RawPath, "/live/files/a/b c")
	same(t, "http.path", e.RequestContext.HTTP.Path, "/live/files/a/b c")
	same(t, "the route", e.RouteKey, "ANY /files/{name}")
	same(t, "the parameters", e.PathParameters, map[string]string{"name": "a/b c"})
	same(t, "the raw query", e.RawQueryString, "tag=a&tag=b%2Bc+d&flag")
	same(t, "the query", e.QueryStringParameters, map[string]string{"tag": "a,b+c d", "flag": ""})
	same(t, "the cookies", e.Cookies, []string{"a=1", "b=2"})
	same(t, "the headers", e.Headers, map[string]string{
		"content-type": "application/json", "content-length": "7", "x-tag": "one,two, three", "user-agent": "curl/8",
		"host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "x-amzn-trace-id": r.TraceID,
		"x-forwarded-for": "198.51.100.1, 203.0.113.7", "x-forwarded-port": "443", "x-forwarded-proto": "https",
	})
}

func TestHTTPAPIWithPayload1HasTheDecodedPath(t *testing.T) {
	e := event[events.APIGatewayProxyRequest](t, awsevent.HTTPAPIv1, request())
	same(t, "the path", e.Path, "/files/a/b c")
	same(t, "the resource", e.Resource, "$default")
	same(t, "the resource's id and path", []string{e.RequestContext.ResourceID, e.RequestContext.ResourcePath}, []string{"$default", "$default"})
	same(t, "one id", e.RequestContext.ExtendedRequestID, e.RequestContext.RequestID)
	same(t, "the cookies", e.MultiValueHeaders["cookie"], []string{"a=1; b=2"})
	r := request()
	r.Stage = "live"
	same(t, "the path with a stage", event[events.APIGatewayProxyRequest](t, awsevent.HTTPAPIv1, r).Path, "/live/files/a/b c")
	r.BasePath = "/v1/"
	same(t, "the path of a custom domain", event[events.APIGatewayProxyRequest](t, awsevent.HTTPAPIv1, r).Path, "/v1/files/a/b c")
}

func TestFunctionURLKeepsThePathAndTheCookies(t *testing.T) {
	e := event[events.LambdaFunctionURLRequest](t, awsevent.FunctionURL, request())
	same(t, "rawPath", e.RawPath, "/files/a%2Fb%20c")
	same(t, "http.path", e.RequestContext.HTTP.Path, "/files/a/b c")
	same(t, "the cookies", e.Cookies, []string{"a=1", "b=2"})
	same(t, "the Cookie header", e.Headers["cookie"], "a=1; b=2")
	same(t, "X-Forwarded-For, which a client cannot claim", e.Headers["x-forwarded-for"], "203.0.113.7")
	same(t, "the domain is the function URL's", strings.Contains(e.RequestContext.DomainName, ".lambda-url."), true)
}

func TestLoadBalancerLeavesEverythingEncoded(t *testing.T) {
	single := event[events.ALBTargetGroupRequest](t, awsevent.ALB, request())
	same(t, "the path", single.Path, "/files/a%2Fb%20c")
	same(t, "the last values", single.QueryStringParameters, map[string]string{"tag": "b%2Bc+d", "flag": ""})
	same(t, "the last header", single.Headers["x-tag"], "two, three")
	same(t, "Connection", single.Headers["connection"], "keep-alive")
	same(t, "the protocol", single.Headers["x-forwarded-proto"], "http")
	same(t, "no multi-value headers", single.MultiValueHeaders, map[string][]string(nil))

	multi := event[events.ALBTargetGroupRequest](t, awsevent.ALBMulti, request())
	same(t, "the query", multi.MultiValueQueryStringParameters, map[string][]string{"tag": {"a", "b%2Bc+d"}, "flag": {""}})
	same(t, "the header", multi.MultiValueHeaders["x-tag"], []string{"one", "two, three"})
	same(t, "no single-value headers", multi.Headers, map[string]string(nil))
}

func TestRESTAPIWithoutARouteIsTheProxyResource(t *testing.T) {
	e := event[events.APIGatewayProxyRequest](t, awsevent.REST, awsevent.Request{Target: "/a/b%20c/", BasePath: "/v1", Host: "api.example"})
	same(t, "the resource", e.Resource, "/{proxy+}")
	same(t, "proxy loses the slash at its end", e.PathParameters, map[string]string{"proxy": "a/b%20c"})
	same(t, "path keeps it", e.Path, "/v1/a/b%20c/")
	same(t, "a custom domain has no stage", e.RequestContext.Path, "/v1/a/b%20c/")
	e = event[events.APIGatewayProxyRequest](t, awsevent.REST, awsevent.Request{Target: "/a%2F"})
	same(t, "an encoded slash at the end of proxy", e.PathParameters, map[string]string{"proxy": "a%2F"})
	e = event[events.APIGatewayProxyRequest](t, awsevent.REST, awsevent.Request{})
	same(t, "the root's resource", e.Resource, "/")
	same(t, "the root's parameters", e.PathParameters, map[string]string(nil))
}

func TestBodiesThatAreNoTextAreBase64(t *testing.T) {
	for name, c := range map[string]struct {
		format awsevent.Format
		kind   string
		body   string
		base64 bool
	}{
		"JSON":                              {awsevent.HTTPAPI, "application/json", "{}", false},
		"a problem document":                {awsevent.FunctionURL, "application/problem+json", "{}", false},
		"that for a load balancer":          {awsevent.ALB, "application/problem+json", "{}", true},
		"text with parameters":              {awsevent.ALBMulti, "Text/Plain; charset=utf-8", "ä", false},
		"text that is none":                 {awsevent.HTTPAPI, "text/plain", "\xff", true},
		"a form at an HTTP API":             {awsevent.HTTPAPI, "application/x-www-form-urlencoded", "a=1", true},
		"a form at a REST API":              {awsevent.REST, "application/x-www-form-urlencoded", "a=1", false},
		"bytes at a REST API":               {awsevent.REST, "application/octet-stream", "\x00\xff", true},
		"a type that is missing":            {awsevent.HTTPAPI, "", "x", true},
		"no body":                           {awsevent.ALB, "", "", false},
		"a type that is no type":            {awsevent.FunctionURL, "/;", "x", true},
		"an unknown type at a REST API":     {awsevent.REST, "", "x", false},
		"octets that are text for HTTP API": {awsevent.HTTPAPIv1, "application/octet-stream", "x", true},
	} {
		t.Run(name, func(t *testing.T) {
			e := event[struct {
				Body            string
				IsBase64Encoded bool
			}](t, c.format, awsevent.Request{Method: "POST", Body: []byte(c.body), Header: http.Header{"Content-Type": {c.kind}}})
			want := c.body
			if c.base64 {
				want = base64.StdEncoding.EncodeToString([]byte(c.body))
			}
			same(t, "isBase64Encoded", e.IsBase64Encoded, c.base64)
			same(t, "the body", e.Body, want)
		})
	}
}

func TestCompressedTextIsBase64ForALoadBalancer(t *testing.T) {
	r := awsevent.Request{Body: []byte("x"), Header: http.Header{"Content-Type": {"text/plain"}, "Content-Encoding": {"br"}}}
	same(t, "isBase64Encoded", event[events.ALBTargetGroupRequest](t, awsevent.ALB, r).IsBase64Encoded, true)
}

func TestWhatAFrontDoorDoesNotHaveIsAnError(t *testing.T) {
	big := make([]byte, 1<<20+1)
	for name, c := range map[string]struct {
		format  awsevent.Format
		request awsevent.Request
		says    string
	}{
		"an unknown format":                {"rest", awsevent.Request{}, `no format "rest"`},
		"a stage of a load balancer":       {awsevent.ALB, awsevent.Request{Stage: "live"}, "Stage"},
		"a route of a function URL":        {awsevent.FunctionURL, awsevent.Request{Route: "/x"}, "Route"},
		"a target that is no path":         {awsevent.REST, awsevent.Request{Target: "https://x/"}, "Target begins with a slash"},
		"a base path without a slash":      {awsevent.REST, awsevent.Request{BasePath: "v1"}, "BasePath"},
		"a route that does not match":      {awsevent.HTTPAPI, awsevent.Request{Target: "/a/b", Route: "/a/{x}/c"}, "does not match"},
		"a route that is too short":        {awsevent.HTTPAPI, awsevent.Request{Target: "/a/b", Route: "/a"}, "does not match"},
		"a route without a slash":          {awsevent.REST, awsevent.Request{Target: "/a", Route: "a"}, "Route begins"},
		"two mistakes, the first":          {awsevent.ALB, awsevent.Request{Route: "/x", Stage: "live"}, "Route"},
		"two mistakes, the second":         {awsevent.ALB, awsevent.Request{Route: "/x", Stage: "live"}, "Stage"},
		"a route of another method":        {awsevent.HTTPAPI, awsevent.Request{Target: "/a", Route: "/a", RouteMethod: "PUT"}, "RouteMethod"},
		"a greedy route without its slash": {awsevent.HTTPAPI, awsevent.Request{Target: "/a", Route: "/a/{rest+}"}, "does not match"},
		"a greedy route without a rest":    {awsevent.HTTPAPI, awsevent.Request{Target: "/a/", Route: "/a/{rest+}"}, "does not match"},
		"a route that ends in a slash":     {awsevent.HTTPAPI, awsevent.Request{Target: "/a/", Route: "/a/"}, "ends in a slash"},
		"a greedy resource without a rest": {awsevent.REST, awsevent.Request{Target: "/a/", Route: "/a/{rest+}"}, "does not match"},
		"a greedy parameter in the middle": {awsevent.REST, awsevent.Request{Target: "/a/b", Route: "/{rest+}/b"}, "does not match"},
		"a parameter without a value":      {awsevent.HTTPAPI, awsevent.Request{Target: "/a//b", Route: "/a/{x}/b"}, "does not match"},
		"a literal that differs":           {awsevent.REST, awsevent.Request{Target: "/a", Route: "/b"}, "does not match"},
		"a body too large for a balancer":  {awsevent.ALB, awsevent.Request{Body: big}, "413"},
		"an event too large for a payload": {awsevent.FunctionURL, awsevent.Request{Body: make([]byte, 5<<20)}, "413"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := awsevent.New(c.format, c.request); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error with %q", err, c.says)
			}
		})
	}
}

func TestARouteFindsItsParameters(t *testing.T) {
	both := []awsevent.Format{awsevent.REST, awsevent.HTTPAPI}
	for _, c := range []struct {
		formats       []awsevent.Format
		target, route string
		want          map[string]string
	}{
		{both, "/orders/7", "/orders/{id}", map[string]string{"id": "7"}},
		{both, "/orders/7/", "/orders/{id}", map[string]string{"id": "7"}},
		{both, "/orders/a%2Fb/items/%C3%A4", "/orders/{id}/items/{item}", map[string]string{"id": "a/b", "item": "ä"}},
		{both, "/orders/a%2F", "/orders/{id}", map[string]string{"id": "a/"}},
		{both, "/files/a/b", "/files/{rest+}", map[string]string{"rest": "a/b"}},
		{both, "/files//a", "/files/{rest+}", map[string]string{"rest": "/a"}},
		{both[:1], "/files/a/", "/files/{rest+}", map[string]string{"rest": "a"}},
		{both[:1], "/files/a%2F%20", "/files/{rest+}", map[string]string{"rest": "a%2F%20"}},
		{both[:1], "/a%20b/c%2Fd", "/{x}/{rest+}", map[string]string{"x": "a b", "rest": "c%2Fd"}},
		{both[1:], "/files/a%2F%20", "/files/{rest+}", map[string]string{"rest": "a/ "}},
		{both, "/plain", "/plain", nil},
		{both, "/", "/", nil},
	} {
		for _, format := range c.formats {
			e := event[struct{ PathParameters map[string]string }](t, format, awsevent.Request{Target: c.target, Route: c.route})
			same(t, string(format)+" "+c.target+" by "+c.route, e.PathParameters, c.want)
		}
	}
}

func TestParametersOfARESTAPICanStayEncoded(t *testing.T) {
	r := awsevent.Request{Target: "/a%20b/c%2Fd", Route: "/{x}/{y}", EncodedParameters: true}
	same(t, "a REST API", event[events.APIGatewayProxyRequest](t, awsevent.REST, r).PathParameters, map[string]string{"x": "a%20b", "y": "c%2Fd"})
	same(t, "an HTTP API", event[events.APIGatewayV2HTTPRequest](t, awsevent.HTTPAPI, r).PathParameters, map[string]string{"x": "a b", "y": "c/d"})
}

func TestFromHTTPTakesTheRequestAsItWasSent(t *testing.T) {
	in := httptest.NewRequest("PUT", "http://shop.example/a%2fb?x=%zz", strings.NewReader("hi"))
	in.RemoteAddr, in.Header = "[2001:db8::1]:80", http.Header{"X-A": {"1"}}
	in.RequestURI = "/a%2fb?x=%zz"
	r, err := awsevent.FromHTTP(in)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the request", r, awsevent.Request{Method: "PUT", Target: "/a%2fb?x=%zz", Host: "shop.example",
		Header: http.Header{"X-A": {"1"}}, Body: []byte("hi"), RemoteAddr: "[2001:db8::1]:80"})
	same(t, "the peer", event[events.LambdaFunctionURLRequest](t, awsevent.FunctionURL, r).RequestContext.HTTP.SourceIP, "2001:db8::1")
}

func TestFromHTTPTakesAClientsRequestToo(t *testing.T) {
	in, err := http.NewRequest("GET", "http://shop.example/a b?x=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := awsevent.FromHTTP(in)
	if err != nil || r.Target != "/a%20b?x=1" || r.Host != "shop.example" {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestFromHTTPSaysWhenTheBodyBreaksOff(t *testing.T) {
	in := httptest.NewRequest("POST", "/", iotest.ErrReader(io.ErrUnexpectedEOF))
	if _, err := awsevent.FromHTTP(in); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

// A function URL has no custom domains: a Host that is another's does not
// change what the context says about the URL.
func TestFunctionURLNamesItsOwnDomain(t *testing.T) {
	const own = "0123456789.lambda-url.eu-west-1.on.aws"
	for host, prefix := range map[string]string{own: "0123456789", "shop.example": "abcdefghijklmnopqrstuvwxyz012345"} {
		e := event[events.LambdaFunctionURLRequest](t, awsevent.FunctionURL, awsevent.Request{Host: host})
		same(t, "the host", e.Headers["host"], host)
		same(t, "the prefix behind "+host, e.RequestContext.DomainPrefix, prefix)
		same(t, "the domain begins with it", strings.HasPrefix(e.RequestContext.DomainName, prefix+".lambda-url."), true)
		same(t, "the API is named by it", e.RequestContext.APIID, prefix)
	}
}

func TestAHeaderWithoutValuesIsLeftOutOfTheSingleOnes(t *testing.T) {
	r := awsevent.Request{Header: http.Header{"X-None": {}}}
	for _, format := range []awsevent.Format{awsevent.REST, awsevent.HTTPAPIv1, awsevent.HTTPAPI, awsevent.FunctionURL, awsevent.ALB} {
		e := event[struct{ Headers map[string]string }](t, format, r)
		for name := range e.Headers {
			if strings.EqualFold(name, "x-none") {
				t.Errorf("%s has %q", format, name)
			}
		}
	}
}

// HTTP APIs tell the length of nothing too, REST APIs tell none.
func TestWhoTellsTheLengthOfTheBody(t *testing.T) {
	for format, want := range map[awsevent.Format][2]string{ // without a body, and with one of 2 bytes
		awsevent.REST: {"", ""}, awsevent.HTTPAPIv1: {"0", "2"}, awsevent.HTTPAPI: {"0", "2"},
		awsevent.FunctionURL: {"", "2"}, awsevent.ALB: {"", "2"},
	} {
		for i, body := range []string{"", "{}"} {
			r := awsevent.Request{Method: "POST", Body: []byte(body), Header: http.Header{"Content-Length": {"99"}}}
			got := ""
			for name, value := range event[struct{ Headers map[string]string }](t, format, r).Headers {
				if strings.EqualFold(name, "Content-Length") {
					got = value
				}
			}
			same(t, string(format)+" tells of "+body, got, want[i])
		}
	}
}

// The stage stands in the URLs of the domain that AWS gives, and in no others.
func TestRESTAPIHasTheStageInAWSsDomainAlone(t *testing.T) {
	for name, c := range map[string]struct{ host, base, want string }{
		"AWS's domain":                          {"", "", "/prod/a"},
		"a custom domain":                       {"api.example", "", "/a"},
		"a custom domain with a base path":      {"api.example", "/v1", "/v1/a"},
		"a base path without a Host of its own": {"", "/v1", "/v1/a"},
	} {
		r := awsevent.Request{Target: "/a", Host: c.host, BasePath: c.base}
		same(t, name, event[events.APIGatewayProxyRequest](t, awsevent.REST, r).RequestContext.Path, c.want)
	}
}

func TestCookieFieldsAreJoinedAsCookies(t *testing.T) {
	r := awsevent.Request{Header: http.Header{"Cookie": {"a=1", "b=2"}}}
	same(t, "the header", event[events.LambdaFunctionURLRequest](t, awsevent.FunctionURL, r).Headers["cookie"], "a=1; b=2")
}

func TestNewLeavesTheRequestAlone(t *testing.T) {
	r, before := request(), request()
	for _, format := range awsevent.Formats() {
		event[map[string]any](t, format, r)
	}
	same(t, "the request", r, before)
}
