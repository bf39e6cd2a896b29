// Package fnlambda runs an app as an AWS Lambda function: requests of every
// front door, direct invokes, and handlers that were written for aws-lambda-go.
//
//	func main() {
//		if err := fnlambda.Run(context.Background(), app); err != nil {
//			os.Exit(1)
//		}
//	}
//
// Run takes events from the Lambda runtime and never looks at who built the
// function. Programs that keep their own main use New, whose Handler is a plain
// lambda.Handler:
//
//	h, err := fnlambda.New(ctx, app)
//	…
//	lambda.Start(h)
//
// # Formats
//
// The format of an event is recognised by its shape, and the response has the
// format of the event:
//
//	event                                recognised by                             path         response
//	API Gateway REST API, payload 1.0    resource, httpMethod, path and            encoded      multiValueHeaders
//	                                     requestContext
//	HTTP API with payload 1.0            the same and version "1.0"                decoded      multiValueHeaders
//	HTTP API with payload 2.0            version "2.0", rawPath and                decoded      headers, cookies
//	                                     requestContext.http.method
//	Function URL                         the same; the domain has ".lambda-url."   encoded      headers, cookies
//	load balancer (ALB)                  requestContext.elb, httpMethod, path      encoded      headers, statusDescription
//	ALB with multi-value headers         the same and multiValueHeaders            encoded      multiValueHeaders, statusDescription
//	direct invoke                        none of these                             -            the Out as JSON
//
// An encoded path is as the client sent it. A decoded one has lost the
// difference between a slash and %2F, which is then taken from the event's path
// parameters, where there are some.
//
// When the event names the route ("GET /orders/{id}"), that decides which
// function runs; {proxy+}, $default and unknown names leave it to the router
// that the HTTP host uses. A named stage and a base path are not part of the
// path that functions see.
//
// # Direct invokes
//
// A unit of one function takes that function's In as the payload. A unit of
// several takes an envelope, which a unit of one understands too:
//
//	{"function":"orders.get","in":{"id":"7"}}
//
// An optional member "id" is the request id. The response is the Out as JSON.
// An error is a function error: errorType is the name of its code
// ("not_found"), errorMessage its text with all violations, nothing but
// "internal error" for Internal.
//
// # Events of other services
//
// An event of SQS, S3, EventBridge and so on goes to the function that declared it,
// of which a unit can have several, beside HTTP: to the one that names its source
// (From), else to the one of its kind without a source, else to the one that takes whatever comes.
// The type of a handler of Native says its kind; fn.TakesEvents says it of any other function:
//
//	fnlambda.Native("orders.placed", placed, fnlambda.From("orders-queue")) // func(context.Context, events.SQSEvent) error
//	fnlambda.Native("files.clean", clean, fn.TakesEvents("schedule"))       // func(context.Context, json.RawMessage) error
//
// An event that nobody declared runs nothing and is an error, so that whoever sent it
// tries again and keeps it. Warm-up events are answered and run nothing. docs/lambda.md lists the
// kinds and the names of their sources.
//
// # Limits
//
// A response of more than 6 291 556 bytes of JSON (1 MiB for load balancers) is
// not sent: the client gets an opaque 500, the log the function, the size and
// the limit. The formats and their corners are described in docs/lambda.md.
package fnlambda
