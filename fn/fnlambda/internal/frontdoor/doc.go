// Package frontdoor reads the events of what stands in front of a Lambda function
// and speaks HTTP to its clients (API Gateway, Function URLs, load balancers), and
// writes the responses that they take.
//
//	bytes of an event ──Event.Read──▶ Event: method, path, query, body; what is asked for later stays in its Request
//	status, header, body ──Format.Response──▶ bytes of the response
//
// It knows the platform's formats and nothing of functions or routers: the host,
// package fnlambda, puts the two together. An event is read in one pass, and of what
// few functions ask for, such as most headers, only the place is noted.
package frontdoor
