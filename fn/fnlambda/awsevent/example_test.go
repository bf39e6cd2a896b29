package awsevent_test

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

func ExampleNew() {
	event, err := awsevent.New(awsevent.HTTPAPI, awsevent.Request{
		Target: "/orders/a%2Fb?expand=items",
		Route:  "/orders/{id}",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var e events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(event, &e); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.RouteKey, e.RawPath, e.PathParameters["id"], e.RawQueryString)
	// Output: GET /orders/{id} /orders/a/b a/b expand=items
}

func ExampleReadResponse() {
	response, err := awsevent.ReadResponse(awsevent.REST, []byte(`{"statusCode":200,"cookies":["a=1"]}`))
	fmt.Println(response.Status, err)
	// Output: 502 awsevent: a REST API refuses the response: it has the member "cookies"; those that are taken are ["statusCode" "headers" "multiValueHeaders" "body" "isBase64Encoded"]
}
