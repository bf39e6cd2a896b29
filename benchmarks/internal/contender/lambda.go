package contender

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/akrylysov/algnhsa"
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"

	"github.com/anygrain/anygrain/benchmarks/internal/byhand"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Lambda is a contender on aws-lambda-go.
type Lambda struct {
	Name string
	New  func(routes int) lambda.Handler
}

// OnLambda lists the contenders behind a front door, the reference first.
func OnLambda(format awsevent.Format) []Lambda {
	all := []Lambda{{"byhand", nil}, {"anygrain", AnygrainLambda}, {"algnhsa", nil}, {"api-proxy", nil}}
	switch format {
	case awsevent.HTTPAPI:
		all[0].New = func(int) lambda.Handler { return lambda.NewHandler(v2ByHand) }
		all[2].New = algnhsaOf(algnhsa.RequestTypeAPIGatewayV2)
		all[3].New = func(n int) lambda.Handler { return lambda.NewHandler(httpadapter.NewV2(ByHand(n)).ProxyWithContext) }
	case awsevent.REST:
		all[0].New = func(int) lambda.Handler { return lambda.NewHandler(v1ByHand) }
		all[2].New = algnhsaOf(algnhsa.RequestTypeAPIGatewayV1)
		all[3].New = func(n int) lambda.Handler { return lambda.NewHandler(httpadapter.New(ByHand(n)).ProxyWithContext) }
	default:
		all[0].New = func(int) lambda.Handler { return lambda.NewHandler(albByHand) }
		all[2].New = algnhsaOf(algnhsa.RequestTypeALB)
		all = all[:3] // api-proxy's statusDescription is not of the form that AWS documents
	}
	return all
}

// algnhsaOf is told what events come: to find out costs it another decoding.
func algnhsaOf(events algnhsa.RequestType) func(routes int) lambda.Handler {
	return func(n int) lambda.Handler { return algnhsa.New(ByHand(n), &algnhsa.Options{RequestType: events}) }
}

// AnygrainLambda is the service as a Lambda function without middleware.
func AnygrainLambda(routes int) lambda.Handler {
	h, err := fnlambda.New(context.Background(), App(routes))
	if err != nil {
		panic(err)
	}
	return h
}

// answer is what the handlers by hand have to say, whatever the front door.
func answer(method, path, id, tenant string, query func() (url.Values, error), body string, isBase64 bool) (int, []byte) {
	out, err := handle(method, path, id, tenant, query, body, isBase64)
	status := 200
	if err != nil {
		p := byhand.NewProblem(err)
		status, out = p.Status, p
	}
	data, err := json.Marshal(out)
	if err != nil {
		return 500, nil
	}
	return status, data
}

func handle(method, path, id, tenant string, query func() (url.Values, error), body string, isBase64 bool) (any, error) {
	if isBase64 {
		decoded, err := base64.StdEncoding.DecodeString(body)
		if err != nil {
			return nil, err
		}
		body = string(decoded)
	}
	switch {
	case method == "GET":
		q, err := query()
		if err != nil {
			return nil, err
		}
		in, err := byhand.ReadGet(id, q, tenant)
		if err != nil {
			return nil, err
		}
		return work.Get(in), nil
	case path == "/orders":
		in, err := byhand.ReadOrder(json.NewDecoder(bytes.NewReader([]byte(body))))
		if err != nil {
			return nil, err
		}
		return work.Post(in), nil
	}
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil, err
	}
	in, err := byhand.ReadForm(form)
	if err != nil {
		return nil, err
	}
	return work.Form(in), nil
}

var jsonHeader = map[string]string{"Content-Type": "application/json"}

func v2ByHand(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	status, body := answer(e.RequestContext.HTTP.Method, e.RawPath, e.PathParameters["id"], e.Headers["x-tenant"],
		func() (url.Values, error) { return url.ParseQuery(e.RawQueryString) }, e.Body, e.IsBase64Encoded)
	return events.APIGatewayV2HTTPResponse{StatusCode: status, Headers: jsonHeader, Body: string(body)}, nil
}

func v1ByHand(_ context.Context, e events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	status, body := answer(e.HTTPMethod, e.Path, e.PathParameters["id"], e.Headers["X-Tenant"],
		func() (url.Values, error) { return url.Values(e.MultiValueQueryStringParameters), nil }, e.Body, e.IsBase64Encoded)
	return events.APIGatewayProxyResponse{StatusCode: status, Headers: jsonHeader, Body: string(body)}, nil
}

func albByHand(_ context.Context, e events.ALBTargetGroupRequest) (events.ALBTargetGroupResponse, error) {
	tenant := ""
	if values := e.MultiValueHeaders["x-tenant"]; len(values) > 0 {
		tenant = values[0]
	}
	status, body := answer(e.HTTPMethod, e.Path, strings.TrimPrefix(e.Path, "/things/"), tenant,
		func() (url.Values, error) { return url.Values(e.MultiValueQueryStringParameters), nil }, e.Body, e.IsBase64Encoded)
	return events.ALBTargetGroupResponse{StatusCode: status, StatusDescription: fmt.Sprintf("%d %s", status, http.StatusText(status)), MultiValueHeaders: map[string][]string{"Content-Type": {"application/json"}}, Body: string(body)}, nil
}
