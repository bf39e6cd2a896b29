package awsevent

// Format is a kind of front door and the form of its events.
type Format string

// The front doors.
const (
	REST        Format = "rest-1.0"     // API Gateway REST API, payload 1.0
	HTTPAPIv1   Format = "http-1.0"     // API Gateway HTTP API, payload 1.0
	HTTPAPI     Format = "http-2.0"     // API Gateway HTTP API, payload 2.0
	FunctionURL Format = "function-url" // Lambda function URL
	ALB         Format = "alb"          // load balancer with single-value headers
	ALBMulti    Format = "alb-multi"    // load balancer with multi-value headers
)

// Formats lists them all.
func Formats() []Format { return []Format{REST, HTTPAPIv1, HTTPAPI, FunctionURL, ALB, ALBMulti} }
