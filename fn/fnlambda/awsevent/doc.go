// Package awsevent builds the events that AWS's front doors make of an HTTP
// request, and reads a function's response as they do:
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
//	)
//
//	func main() {
//		event, err := awsevent.New(awsevent.HTTPAPI, awsevent.Request{Target: "/orders/42?expand=items", Route: "/orders/{id}"})
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Printf("%s\n", event)
//
//		response, err := awsevent.ReadResponse(awsevent.HTTPAPI, []byte(`{"statusCode":200,"body":"ok"}`))
//		fmt.Println(response.Status, string(response.Body), err)
//	}
//
// It serves tests, and stand-ins for the front doors on a developer's machine.
// It shares no code with package fnlambda, which reads the events and writes
// the responses: each shows the mistakes of the other.
//
// Sources: the developer guides of API Gateway ("Lambda proxy integrations" for
// REST and for HTTP APIs), Lambda ("Invoking Lambda function URLs") and Elastic
// Load Balancing ("Lambda functions as targets"); where those are silent, what
// the front doors were seen to send.
package awsevent
