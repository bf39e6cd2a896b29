package fnlambda_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

// The events that a handler can be handed on, one of each format.
var nativeEvents = map[string]string{
	"REST": `{"resource":"/things/{id}","path":"/things/a%2Fb","httpMethod":"POST","headers":{"X-A":"1"},"multiValueHeaders":{"X-A":["1"],"Host":["h"]},
		"queryStringParameters":{"q":"x y"},"multiValueQueryStringParameters":{"q":["x y"]},"pathParameters":{"id":"a/b"},
		"requestContext":{"stage":"prod","path":"/prod/things/a%2Fb","identity":{"sourceIp":"192.0.2.1"}},"body":"AP8=","isBase64Encoded":true}`,
	"HTTP API": `{"version":"2.0","routeKey":"POST /things/{id}","rawPath":"/things/a/b","rawQueryString":"q=x+y","cookies":["c=1","d=2"],"headers":{"x-a":"1","host":"h"},
		"queryStringParameters":{"q":"x y"},"pathParameters":{"id":"a/b"},"requestContext":{"stage":"$default","routeKey":"POST /things/{id}",
		"http":{"method":"POST","path":"/things/a/b","sourceIp":"192.0.2.1"}},"body":"AP8=","isBase64Encoded":true}`,
	"Function URL": `{"version":"2.0","routeKey":"$default","rawPath":"/things/a%2Fb","rawQueryString":"q=x+y","headers":{"x-a":"1","host":"h"},
		"requestContext":{"domainName":"x.lambda-url.eu-central-1.on.aws","stage":"$default","http":{"method":"POST","path":"/things/a/b","sourceIp":"192.0.2.1"}},
		"body":"AP8=","isBase64Encoded":true}`,
	"load balancer": `{"requestContext":{"elb":{"targetGroupArn":"a"}},"httpMethod":"POST","path":"/things/a%2Fb","queryStringParameters":{"q":"x+y"},
		"headers":{"x-a":"1","host":"h","x-forwarded-for":"192.0.2.1"},"body":"AP8=","isBase64Encoded":true}`,
}

// nativeHandlers are handlers of every format; each checks what it needs.
func nativeHandlers(t *testing.T) map[string]any {
	return map[string]any{
		"APIGatewayProxyRequest": func(_ context.Context, e events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
			check(t, e.HTTPMethod, "POST", e.PathParameters["id"], "a/b", e.QueryStringParameters["q"], "x y", e.Body, "AP8=", lower(e.Headers)["x-a"], "1", e.RequestContext.Identity.SourceIP, "192.0.2.1")
			return events.APIGatewayProxyResponse{StatusCode: 201, Headers: map[string]string{"X-B": "2"}, MultiValueHeaders: map[string][]string{"Set-Cookie": {"a=1", "b=2"}}, Body: "AP8=", IsBase64Encoded: true}, nil
		},
		"APIGatewayV2HTTPRequest": func(e events.APIGatewayV2HTTPRequest) (*events.APIGatewayV2HTTPResponse, error) {
			check(t, e.RequestContext.HTTP.Method, "POST", e.RawQueryString, "q=x+y", e.Body, "AP8=", e.Headers["x-a"], "1", e.RequestContext.HTTP.SourceIP, "192.0.2.1")
			return &events.APIGatewayV2HTTPResponse{StatusCode: 201, Headers: map[string]string{"X-B": "2"}, Cookies: []string{"a=1", "b=2"}, Body: "AP8=", IsBase64Encoded: true}, nil
		},
		"LambdaFunctionURLRequest": func(_ context.Context, e *events.LambdaFunctionURLRequest) (events.LambdaFunctionURLResponse, error) {
			check(t, e.RequestContext.HTTP.Method, "POST", e.Body, "AP8=", e.Headers["x-a"], "1")
			return events.LambdaFunctionURLResponse{StatusCode: 201, Headers: map[string]string{"X-B": "2"}, Cookies: []string{"a=1", "b=2"}, Body: "AP8=", IsBase64Encoded: true}, nil
		},
		"ALBTargetGroupRequest": func(_ context.Context, e events.ALBTargetGroupRequest) (events.ALBTargetGroupResponse, error) {
			check(t, e.HTTPMethod, "POST", e.Path, "/things/a%2Fb", e.Body, "AP8=")
			return events.ALBTargetGroupResponse{StatusCode: 201, Headers: map[string]string{"X-B": "2", "Set-Cookie": "lost"}, MultiValueHeaders: map[string][]string{"Set-Cookie": {"a=1", "b=2"}}, Body: "AP8=", IsBase64Encoded: true}, nil
		},
	}
}

func lower(header map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range header {
		out[strings.ToLower(name)] = value
	}
	return out
}

// check takes pairs of got and want.
func check(t *testing.T, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] != pairs[i+1] {
			t.Errorf("pair %d: the handler saw %q, want %q", i/2, pairs[i], pairs[i+1])
		}
	}
}

func TestExistingHandlerBehindEveryFrontDoor(t *testing.T) {
	for handlerName, handler := range nativeHandlers(t) {
		for eventName, event := range nativeEvents {
			if eventName == "HTTP API" && handlerName == "ALBTargetGroupRequest" {
				continue // its path has no %2F any more
			}
			t.Run(handlerName+" behind "+eventName, func(t *testing.T) {
				h := newHandler(t, io.Discard,
					fnlambda.Native("things.put", handler, fn.Route("POST /things/{id}")),
					payloads("other.one"))
				r := invoke(t, h, event)
				if r.StatusCode != 201 || r.Body != "AP8=" || !r.IsBase64Encoded {
					t.Errorf("got %+v", r)
				}
				header := r.MultiValueHeaders
				if header == nil {
					header = multi(r.Headers)
				}
				cookies := append(header["Set-Cookie"], r.Cookies...)
				if eventName == "load balancer" {
					cookies = []string{r.Headers["set-cookie"], r.Headers["Set-cookie"]}
				}
				if header["X-B"][0] != "2" || !reflect.DeepEqual(cookies, []string{"a=1", "b=2"}) {
					t.Errorf("got headers %v, cookies %v", header, cookies)
				}
			})
		}
	}
}

func TestExistingHandlerGetsTheRawEventOfItsOwnFormat(t *testing.T) {
	handler := func(_ context.Context, e json.RawMessage) (string, error) { return string(e), nil }
	v1 := func(e events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
		return events.APIGatewayProxyResponse{Body: e.RequestContext.Stage + e.RequestContext.Path}, nil
	}
	h := newHandler(t, io.Discard, fnlambda.Native("things.put", v1, fn.Route("POST /things/{id}")))
	if r := invoke(t, h, nativeEvents["REST"]); r.StatusCode != 200 || r.Body != "prod/prod/things/a%2Fb" {
		t.Errorf("got %+v", r)
	}
	h = newHandler(t, io.Discard, fnlambda.Native("things.put", handler, fn.Route("POST /things/{id}")))
	if r := invoke(t, h, nativeEvents["REST"]); r.StatusCode != 501 {
		t.Errorf("a handler of other events answered HTTP: %+v", r)
	}
}

func TestExistingHandlerOfAnyEvent(t *testing.T) {
	h := newHandler(t, io.Discard, fnlambda.Native("jobs.work", func(_ context.Context, e events.SQSEvent) (events.SQSEventResponse, error) {
		return events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{{ItemIdentifier: e.Records[0].MessageId}}}, nil
	}))
	out, err := h.Invoke(t.Context(), sample(t, "sqs-event.json"))
	if err != nil || string(out) != `{"batchItemFailures":[{"itemIdentifier":"MessageID_1"}]}` {
		t.Errorf("got %s, %v", out, err)
	}
}

type notReady struct{}

func (notReady) Error() string { return "not ready" }

func TestErrorsOfExistingHandlersAreReportedAsAWSDoes(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string
	}{
		"the type's name":       {notReady{}, "notReady: not ready"},
		"a pointer's":           {errors.New("no"), "errorString: no"},
		"a response of its own": {messages.InvokeResponse_Error{Type: "Retry", Message: "later", ShouldExit: true}, "Retry: later"},
		"an error of fn":        {fn.Errorf(fn.NotFound, "gone"), "not_found: gone"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHandler(t, io.Discard, fnlambda.Native("jobs.work", func() error { return tt.err }))
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

func TestErrorOfAnExistingHandlerOverHTTPIsOpaque(t *testing.T) {
	var log strings.Builder
	h := newHandler(t, &log, fnlambda.Native("things.put", func(events.APIGatewayProxyRequest) (any, error) {
		return nil, errors.New("the secret")
	}, fn.Route("POST /things/{id}")))
	if r := invoke(t, h, nativeEvents["REST"]); r.StatusCode != 500 || strings.Contains(r.Body, "secret") {
		t.Errorf("got %+v", r)
	}
	if !strings.Contains(log.String(), "the secret") {
		t.Errorf("the log is %s", log.String())
	}
}

func TestMisdeclaredHandlersAreReportedByTheAppsStart(t *testing.T) {
	tests := map[string]struct {
		handler any
		want    string
	}{
		"nil":                  {nil, "the handler is nil"},
		"a nil function":       {(func() error)(nil), "nil func() error"},
		"no function":          {"x", "is a string"},
		"too many arguments":   {func(_, _, _ int) error { return nil }, "takes 3 arguments"},
		"variadic":             {func(...int) error { return nil }, "is variadic"},
		"no context first":     {func(_, _ int) error { return nil }, "the first is int"},
		"an interface":         {func(io.Reader) error { return nil }, "interface io.Reader"},
		"too many results":     {func() (int, int, error) { return 0, 0, nil }, "returns 3 values"},
		"no error last":        {func() (int, int) { return 0, 0 }, "returns int as its last value"},
		"a value and no error": {func() int { return 0 }, "returns int as its last value"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[fn.NoConfig]("test")
			app.Add(fnlambda.Native("a.b", tt.handler))
			_, err := app.Start(t.Context())
			var declaration *fn.DeclarationError
			if !errors.As(err, &declaration) || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "a.b") {
				t.Errorf("got %v, want a declaration error with %q", err, tt.want)
			}
		})
	}
}

type plain struct{}

func (plain) Invoke(_ context.Context, payload []byte) ([]byte, error) { return payload, nil }

func TestEveryFormOfHandlerIsTaken(t *testing.T) {
	for name, handler := range map[string]any{
		"nothing":             func() {},
		"an error":            func() error { return nil },
		"an event":            func(map[string]any) error { return nil },
		"any":                 func(any) error { return nil },
		"a context":           func(context.Context) (int, error) { return 1, nil },
		"a context, an event": func(context.Context, json.RawMessage) (int, error) { return 1, nil },
		"a lambda.Handler":    plain{},
	} {
		h := newHandler(t, io.Discard, fnlambda.Native("a.b", handler))
		if _, err := h.Invoke(t.Context(), []byte(`{"a":1}`)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What only the single-value map has of a name is sent beside what the other has;
// a pair that is in both is sent once.
func TestHeadersOfAnExistingHandlerAreMerged(t *testing.T) {
	response := events.APIGatewayProxyResponse{StatusCode: 200,
		Headers:           map[string]string{"Set-Cookie": "c=3", "X-A": "1", "vary": "Origin", "X-B": "2"},
		MultiValueHeaders: map[string][]string{"set-cookie": {"a=1", "b=2"}, "X-A": {"1", "0"}, "Vary": {"Accept"}}}
	h := newHandler(t, io.Discard, fnlambda.Native("things.put", func(events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
		return response, nil
	}, fn.Route("POST /things/{id}")))
	got := map[string][]string{}
	for name, values := range invoke(t, h, nativeEvents["REST"]).MultiValueHeaders {
		got[strings.ToLower(name)] = append(got[strings.ToLower(name)], values...)
	}
	want := map[string][]string{"set-cookie": {"a=1", "b=2", "c=3"}, "x-a": {"1", "0"}, "vary": {"Accept", "Origin"}, "x-b": {"2"}}
	for name, values := range want {
		if !reflect.DeepEqual(got[name], values) {
			t.Errorf("%s is %q, want %q", name, got[name], values)
		}
	}
}

// An event is UTF-8. What a client sends that is not is its mistake.
func TestAnEventThatCannotBeMadeIsTheClients(t *testing.T) {
	for name, handler := range nativeHandlers(t) {
		for _, target := range []string{"/things/%ff", "/things/a?q=%ff", "/things/a?%ff=q", "/things/a?q=%C3%28"} {
			path, query, _ := strings.Cut(target, "?")
			event := `{"version":"2.0","routeKey":"$default","rawPath":"` + path + `","rawQueryString":"` + query + `","headers":{"host":"h","x-a":"1"},
				"requestContext":{"domainName":"x.lambda-url.eu-central-1.on.aws","stage":"$default","http":{"method":"POST","path":"/","sourceIp":"192.0.2.1"}},"isBase64Encoded":false}`
			if name == "APIGatewayV2HTTPRequest" || name == "LambdaFunctionURLRequest" {
				event = strings.ReplaceAll(nativeEvents["load balancer"], "/things/a%2Fb", path)
				event = strings.ReplaceAll(event, `{"q":"x+y"}`, queryMap(query))
			}
			if name == "ALBTargetGroupRequest" {
				continue // it takes everything as the client sent it
			}
			h := newHandler(t, io.Discard, fnlambda.Native("things.put", handler, fn.Route("POST /things/{id}")))
			if r := invoke(t, h, event); r.StatusCode != 400 {
				t.Errorf("%s got %s: %+v", name, target, r)
			}
		}
	}
}

func queryMap(query string) string {
	name, value, ok := strings.Cut(query, "=")
	if !ok {
		return `{}`
	}
	return `{"` + name + `":"` + value + `"}`
}

// countingSource counts how often a header is looked for.
type countingSource struct {
	names   []string
	lookups int
}

func (s *countingSource) PathValue(string) string { return "" }
func (s *countingSource) RawQuery() string        { return "" }
func (s *countingSource) Body() io.Reader         { return nil }
func (s *countingSource) HeaderNames() []string   { return s.names }

func (s *countingSource) HeaderValues(string) []string {
	s.lookups++
	return nil
}

func (s *countingSource) HeaderIndex() (names []string, valuesOf func(name string) []string) {
	return s.names, func(name string) []string { return []string{"of " + name} }
}

// Where finding one header takes a look at all, an event takes one look too.
func TestAnEventIsMadeWithoutALookUpForEachHeader(t *testing.T) {
	handler := func(e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		return events.APIGatewayV2HTTPResponse{StatusCode: 200, Body: fmt.Sprint(len(e.Headers), e.Headers["x-7"])}, nil
	}
	h := newHandler(t, io.Discard, fnlambda.Native("things.put", handler, fn.Route("POST /things")))
	source := &countingSource{}
	for i := range 1000 {
		source.names = append(source.names, fmt.Sprintf("x-%d", i))
	}
	reply := h.Unit().Host("test").Serve(t.Context(), "things.put", &fn.Request{Kind: fn.KindHTTP, Method: "POST", Path: "/things", From: fn.InputFromSource(source)})
	if string(reply.Body) != "1000of X-7" {
		t.Errorf("got %d %s", reply.Status, reply.Body)
	}
	if source.lookups > 10 {
		t.Errorf("headers were looked up %d times", source.lookups)
	}
}
