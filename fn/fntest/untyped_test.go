package fntest_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fntest"
)

// What platforms force: each front door has a media type of its own for a body of
// which the function says none.
func TestABodyWithoutAMediaType(t *testing.T) {
	app := appOf(nil,
		fn.Raw("untyped.raw", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 404, Body: []byte("hello")}, nil
		}, fn.Route("GET /raw")),
		fnhttp.Handle("untyped.mounted", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte("hello"))
		}), fn.Route("GET /mounted")),
	)
	want := map[string]string{
		"lambda/rest-1.0": "application/json", "lambda/http-1.0": "text/plain;charset=UTF-8", "lambda/http-2.0": "text/plain;charset=UTF-8",
		"lambda/function-url": "application/json", "lambda/alb": "application/octet-stream", "http": "", "direct": "",
	}
	for host, mediaType := range want {
		c := fntest.New(t, app, fntest.Hosts(host))
		for _, path := range []string{"/raw", "/mounted"} {
			res := c.Do(fntest.Get(path))
			if res.Status != 404 || string(res.Body) != "hello" || res.Header.Get("Content-Type") != mediaType {
				t.Errorf("%s %s: got %v, want Content-Type %q", host, path, res, mediaType)
			}
		}
	}
}

// A handler that was written for a front door keeps what that says of its body.
func TestANativeBodyWithoutAMediaTypeHasItsFrontDoors(t *testing.T) {
	app := appOf(nil,
		fnlambda.Native("native.rest", func(context.Context, events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
			return events.APIGatewayProxyResponse{StatusCode: 200, Body: `{}`}, nil
		}, fn.Route("GET /rest")),
		fnlambda.Native("native.http", func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
			return events.APIGatewayV2HTTPResponse{StatusCode: 200, Body: `hello`}, nil
		}, fn.Route("GET /http")),
		fnlambda.Native("native.url", func(context.Context, events.LambdaFunctionURLRequest) (events.LambdaFunctionURLResponse, error) {
			return events.LambdaFunctionURLResponse{StatusCode: 200, Body: `{}`}, nil
		}, fn.Route("GET /url")),
		fnlambda.Native("native.alb", func(context.Context, events.ALBTargetGroupRequest) (events.ALBTargetGroupResponse, error) {
			return events.ALBTargetGroupResponse{StatusCode: 200, Body: `hello`}, nil
		}, fn.Route("GET /alb")),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for path, want := range map[string]string{
			"/rest": "application/json", "/http": "text/plain;charset=UTF-8", "/url": "application/json", "/alb": "application/octet-stream",
		} {
			if got := c.Do(fntest.Get(path)).Header.Get("Content-Type"); got != want {
				t.Errorf("%s: got Content-Type %q, want %q", path, got, want)
			}
		}
	})
}
