package fnlambda_test

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

type greetInput struct {
	Name string `path:"name"`
}

type greeting struct {
	Text string `json:"text"`
}

func greet(_ context.Context, in greetInput) (greeting, error) {
	return greeting{"hello " + in.Name}, nil
}

// A Handler is a lambda.Handler: lambda.Start takes it, and so does a test.
func ExampleNew() {
	app := fn.NewApp[fn.NoConfig]("hello")
	app.Add(fn.New("hello.greet", greet, fn.Route("GET /hello/{name}")))
	h, err := fnlambda.New(context.Background(), app)
	if err != nil {
		fmt.Println(err)
		return
	}
	response, err := h.Invoke(context.Background(), []byte(`{
		"version": "2.0", "routeKey": "GET /hello/{name}", "rawPath": "/hello/gopher", "rawQueryString": "",
		"requestContext": {"stage": "$default", "http": {"method": "GET", "path": "/hello/gopher"}}
	}`))
	fmt.Println(string(response), err)
	// Output: {"statusCode":200,"headers":{"Content-Type":"application/json"},"body":"{\"text\":\"hello gopher\"}","isBase64Encoded":false} <nil>
}

// A direct invoke carries the In as JSON and gets the Out.
func ExampleHandler_Invoke() {
	app := fn.NewApp[fn.NoConfig]("hello")
	app.Add(fn.New("hello.greet", greet))
	h, err := fnlambda.New(context.Background(), app)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := h.Invoke(context.Background(), []byte(`{"name":"gopher"}`))
	fmt.Println(string(out), err)
	out, err = h.Invoke(context.Background(), []byte(`{"function":"hello.greet","in":{"name":"gopher"}}`))
	fmt.Println(string(out), err)
	// Output:
	// {"text":"hello gopher"} <nil>
	// {"text":"hello gopher"} <nil>
}

// An existing handler becomes a function of an app as it is.
func ExampleNative() {
	existing := func(_ context.Context, e events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
		return events.APIGatewayProxyResponse{StatusCode: 200, Body: "legacy " + e.PathParameters["id"]}, nil
	}
	app := fn.NewApp[fn.NoConfig]("hello")
	app.Add(
		fn.New("hello.greet", greet, fn.Route("GET /hello/{name}")),
		fnlambda.Native("legacy.get", existing, fn.Route("GET /legacy/{id}")),
	)
	h, err := fnlambda.New(context.Background(), app)
	if err != nil {
		fmt.Println(err)
		return
	}
	// The handler was written for a REST API and is now behind an HTTP API.
	response, err := h.Invoke(context.Background(), []byte(`{
		"version": "2.0", "routeKey": "$default", "rawPath": "/legacy/7", "rawQueryString": "",
		"requestContext": {"stage": "$default", "http": {"method": "GET", "path": "/legacy/7"}}
	}`))
	fmt.Println(string(response), err)
	// Output: {"statusCode":200,"headers":{"Content-Type":"application/json"},"body":"legacy 7","isBase64Encoded":false} <nil>
}

// Two queues and a page are one unit: each event goes to the function that declared it.
func ExampleFrom() {
	handler := func(name string) func(events.SQSEvent) (string, error) {
		return func(e events.SQSEvent) (string, error) { return name + ": " + e.Records[0].Body, nil }
	}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		fn.New("hello.greet", greet, fn.Route("GET /hello/{name}")),
		fnlambda.Native("orders.placed", handler("placed"), fnlambda.From("orders")),
		fnlambda.Native("orders.other", handler("other")),
	)
	h, err := fnlambda.New(context.Background(), app)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, queue := range []string{"orders", "returns"} {
		answer, err := h.Invoke(context.Background(), []byte(`{"Records": [{
			"body": "book", "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-west-1:111122223333:`+queue+`"
		}]}`))
		fmt.Println(string(answer), err)
	}
	// Output:
	// "placed: book" <nil>
	// "other: book" <nil>
}

// EventFrom is for what an In cannot say: here, how large the event was.
func ExampleEventFrom() {
	type out struct {
		Bytes int `json:"bytes"`
	}
	size := func(ctx context.Context, _ struct{}) (out, error) {
		event, _ := fnlambda.EventFrom(ctx)
		return out{len(event)}, nil
	}
	app := fn.NewApp[fn.NoConfig]("hello")
	app.Add(fn.New("hello.size", size))
	h, err := fnlambda.New(context.Background(), app)
	if err != nil {
		fmt.Println(err)
		return
	}
	response, err := h.Invoke(context.Background(), []byte(`{}`))
	fmt.Println(string(response), err)
	// Output: {"bytes":2} <nil>
}
