package fnlambda_test

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/middleware"
)

// functionURL is the event of a Function URL for the request: the front door
// that changes least.
func functionURL(method, target, headers string) string {
	path, query, _ := strings.Cut(target, "?")
	decoded, err := url.PathUnescape(path)
	if err != nil {
		decoded = path
	}
	return fmt.Sprintf(`{"version":"2.0","routeKey":"$default","rawPath":%q,"rawQueryString":%q,"headers":{%s},
		"requestContext":{"domainName":"x.lambda-url.eu-central-1.on.aws","stage":"$default","http":{"method":%q,"path":%q,"sourceIp":"192.0.2.1"}}}`,
		path, query, headers, method, decoded)
}

// The two hosts give the same answers, also where no function is asked.
func TestAnswersAreThoseOfTheHTTPHost(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("parity", fn.Logger(zerolog.New(io.Discard)))
	echo := func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		return text(200, fmt.Sprint(req.Function().Name(), req.Route, req.Method, req.Path, req.Source().PathValue("id"), req.Source().PathValue("rest"), req.Source().RawQuery())), nil
	}
	app.Add(
		fn.Raw("a.get", echo, fn.Route("GET /orders/{id}")),
		fn.Raw("a.put", echo, fn.Route("PUT /orders/{id}")),
		fn.Raw("a.tree", echo, fn.Route("/tree/{rest...}")),
		fn.Raw("a.root", echo, fn.Route("GET /{$}")),
		fn.Raw("a.fails", func(context.Context, *fn.Request) (*fn.Reply, error) { return nil, fn.Errorf(fn.NotFound, "gone") }, fn.Route("GET /fails")),
		fn.Raw("a.moves", func(context.Context, *fn.Request) (*fn.Reply, error) {
			return &fn.Reply{Status: 303, Header: fn.Header{{Name: "Location", Value: "/elsewhere"}}}, nil
		}, fn.Route("GET /moves")),
	)
	unit, err := app.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	overHTTP, err := fnhttp.New(t.Context(), unit)
	if err != nil {
		t.Fatal(err)
	}
	onLambda, err := fnlambda.New(t.Context(), unit)
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"} {
		for _, target := range []string{
			"/", "/orders/7", "/orders/a%2Fb", "/orders/a%20b+c?q=x+y&q=&=z", "/orders/", "/orders", "/orders//7", "/a/../orders/7", "/tree", "/tree?a=1",
			"/tree/", "/tree/a/b%2Fc/", "/nope", "/fails", "/moves", "/orders/%C3%A9", "/./tree/x?y",
		} {
			w := httptest.NewRecorder()
			overHTTP.ServeHTTP(w, httptest.NewRequest(method, target, nil))
			r := invoke(t, onLambda, functionURL(method, target, ""))
			got := fmt.Sprint(r.StatusCode, r.Headers["Content-Type"], r.Headers["Allow"], r.Headers["Location"], r.Body)
			want := fmt.Sprint(w.Code, w.Header().Get("Content-Type"), w.Header().Get("Allow"), w.Header().Get("Location"), w.Body)
			if got != want {
				t.Errorf("%s %s\non Lambda %s\nover HTTP %s", method, target, got, want)
			}
		}
	}
}

func TestRequestIDIsTheClientsElseAmazons(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("ids", fn.Logger(zerolog.New(io.Discard)), fn.Use(middleware.RequestID()))
	app.Add(fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) { return text(200, req.ID), nil }, fn.Route("GET /a")))
	h, err := fnlambda.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "aws-id"})
	for headers, want := range map[string]string{
		``: "aws-id", `"x-request-id":"client-id"`: "client-id", `"x-request-id":"not well formed"`: "aws-id",
	} {
		r := invokeContext(ctx, t, h, functionURL("GET", "/a", headers))
		if r.Body != want || r.Headers["X-Request-Id"] != want {
			t.Errorf("with %s the id is %q, in the header %q; want %q", headers, r.Body, r.Headers["X-Request-Id"], want)
		}
	}
}
