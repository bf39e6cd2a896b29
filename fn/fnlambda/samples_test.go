package fnlambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/build"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn"
)

// samples returns the folder of the sample events that AWS ships with aws-lambda-go.
func samples(t testing.TB) string {
	t.Helper()
	p, err := eventsPackage()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(p.Dir, "testdata")
}

// eventsPackage asks the go command once, which takes its time.
var eventsPackage = sync.OnceValues(func() (*build.Package, error) {
	return build.Import("github.com/aws/aws-lambda-go/events", ".", build.FindOnly)
})

func sample(t testing.TB, name string) []byte {
	t.Helper()
	event, err := os.ReadFile(filepath.Join(samples(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return event
}

// decoded is what aws-lambda-go's own types say of an event, in our terms.
type decoded struct {
	method, path, query, body, peer string
	header                          map[string][]string
	response                        any // the type of the response
}

// The samples of all front doors, each with the decoding by aws-lambda-go.
var httpSamples = map[string]func(t *testing.T, event []byte) decoded{
	"apigw-request.json":                                decodeV1,
	"apigw-restapi-openapi-request.json":                decodeV1,
	"apigw-v2-request-iam.json":                         decodeV2,
	"apigw-v2-request-jwt-authorizer.json":              decodeV2,
	"apigw-v2-request-lambda-authorizer.json":           decodeV2,
	"apigw-v2-request-no-authorizer.json":               decodeV2,
	"lambda-urls-request.json":                          decodeURL,
	"alb-lambda-target-request-headers-only.json":       decodeALB,
	"alb-lambda-target-request-multivalue-headers.json": decodeALB,
}

func TestSampleEventsOfFrontDoors(t *testing.T) {
	for name, decode := range httpSamples {
		t.Run(name, func(t *testing.T) {
			event := sample(t, name)
			want, called := decode(t, event), false
			h := newHandler(t, io.Discard, fn.Raw("all.of", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
				called = true
				compareRequest(t, req, want)
				reply := text(201, "caf\u00e9 \"quoted\"")
				reply.Header.Add("Set-Cookie", "a=1")
				return reply, nil
			}, fn.Route("/{rest...}")))
			out, err := h.Invoke(t.Context(), event)
			if err != nil || !called {
				t.Fatalf("Invoke: %v; the function was called: %v", err, called)
			}
			strict := json.NewDecoder(bytes.NewReader(out))
			strict.DisallowUnknownFields()
			if err := strict.Decode(want.response); err != nil {
				t.Errorf("aws-lambda-go cannot read the response: %v\n%s", err, out)
			}
			if got := fmt.Sprintf("%+v", want.response); !strings.Contains(got, "201") || !strings.Contains(got, "caf\u00e9") || !strings.Contains(got, "a=1") {
				t.Errorf("the response is %s", got)
			}
		})
	}
}

func compareRequest(t *testing.T, req *fn.Request, want decoded) {
	t.Helper()
	body := ""
	if r := req.Source().Body(); r != nil {
		all, err := io.ReadAll(r)
		if err != nil {
			t.Error(err)
		}
		body = string(all)
	}
	got := decoded{method: req.Method, path: req.Path, query: req.Source().RawQuery(), body: body, peer: req.RemoteAddr}
	want.response = nil
	header := want.header
	want.header = nil
	if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("the request is %q, want %q", got, want)
	}
	for name, values := range header {
		if got := req.Source().HeaderValues(name); !slices.Equal(got, values) {
			t.Errorf("header %s is %q, want %q", name, got, values)
		}
	}
}

func unmarshal[T any](t *testing.T, event []byte) T {
	t.Helper()
	var e T
	if err := json.Unmarshal(event, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func decodeV1(t *testing.T, event []byte) decoded {
	e := unmarshal[events.APIGatewayProxyRequest](t, event)
	return decoded{e.HTTPMethod, e.Path, url.Values(e.MultiValueQueryStringParameters).Encode(), e.Body, e.RequestContext.Identity.SourceIP,
		e.MultiValueHeaders, &events.APIGatewayProxyResponse{}}
}

func decodeV2(t *testing.T, event []byte) decoded {
	e := unmarshal[events.APIGatewayV2HTTPRequest](t, event)
	return decoded{e.RequestContext.HTTP.Method, e.RawPath, e.RawQueryString, e.Body, e.RequestContext.HTTP.SourceIP,
		withCookies(e.Headers, e.Cookies), &events.APIGatewayV2HTTPResponse{}}
}

func decodeURL(t *testing.T, event []byte) decoded {
	e := unmarshal[events.LambdaFunctionURLRequest](t, event)
	return decoded{e.RequestContext.HTTP.Method, e.RawPath, e.RawQueryString, e.Body, e.RequestContext.HTTP.SourceIP,
		withCookies(e.Headers, e.Cookies), &events.LambdaFunctionURLResponse{}}
}

func decodeALB(t *testing.T, event []byte) decoded {
	e := unmarshal[events.ALBTargetGroupRequest](t, event)
	header, query := e.MultiValueHeaders, e.MultiValueQueryStringParameters
	if header == nil {
		header, query = multi(e.Headers), multi(e.QueryStringParameters)
	}
	return decoded{e.HTTPMethod, e.Path, url.Values(query).Encode(), e.Body, header["x-forwarded-for"][0], header, &events.ALBTargetGroupResponse{}}
}

func multi(single map[string]string) map[string][]string {
	all := map[string][]string{}
	for name, value := range single {
		all[name] = []string{value}
	}
	return all
}

func withCookies(single map[string]string, cookies []string) map[string][]string {
	header := multi(single)
	if len(cookies) > 0 {
		header["Cookie"] = []string{strings.Join(cookies, "; ")}
	}
	return header
}

// Every other sample, of which most are no requests at all, is refused with an
// error that says what was seen: none is taken for a request.
func TestSampleEventsOfOtherKinds(t *testing.T) {
	h := newHandler(t, io.Discard,
		fn.Raw("a.b", unreachable(t), fn.Route("/{rest...}")),
		fn.Raw("a.c", unreachable(t)))
	files, err := filepath.Glob(filepath.Join(samples(t), "*.json"))
	if err != nil || len(files) < 80 {
		t.Fatalf("%d sample events, %v", len(files), err)
	}
	said := map[string]string{
		"sqs-event.json":                              `an event of "aws:sqs", with the members "Records"`,
		"sns-event.json":                              `an event of "aws:sns"`,
		"s3-event.json":                               `an event of "aws:s3"`,
		"ecr-image-push-event.json":                   `an event of "aws.ecr"`,
		"apigw-websocket-request.json":                "a WebSocket event of API Gateway",
		"apigw-websocket-request-send-message.json":   "a WebSocket event of API Gateway",
		"apigw-custom-auth-request-type-request.json": "a request to a Lambda authorizer",
		"apigw-v2-custom-authorizer-v1-request.json":  "a request to a Lambda authorizer",
		"apigw-v2-custom-authorizer-v2-request.json":  "a request to a Lambda authorizer",
		"cognito-event-userpools-presignup.json":      "a trigger of a Cognito user pool",
	}
	for _, file := range files {
		name := filepath.Base(file)
		if _, ok := httpSamples[name]; ok {
			continue
		}
		out, err := h.Invoke(t.Context(), sample(t, name))
		if err == nil {
			t.Errorf("%s was answered: %s", name, out)
			continue
		}
		if !strings.Contains(message(t, err), said[name]) || !strings.Contains(message(t, err), "this unit takes") && !strings.Contains(name, "malformed") {
			t.Errorf("%s: the error is %q, want it to say %q", name, message(t, err), said[name])
		}
	}
}

func unreachable(t *testing.T) fn.Invoker {
	return func(context.Context, *fn.Request) (*fn.Reply, error) {
		t.Error("the function was called")
		return text(200, ""), nil
	}
}
