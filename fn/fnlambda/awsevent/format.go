package awsevent

import (
	"fmt"
	"slices"
)

// Format is a kind of front door: the shape of its events and of the responses
// that it takes.
type Format string

// The formats.
const (
	REST        Format = "rest-1.0"     // API Gateway REST API, payload 1.0
	HTTPAPIv1   Format = "http-1.0"     // API Gateway HTTP API with payload 1.0
	HTTPAPI     Format = "http-2.0"     // API Gateway HTTP API with payload 2.0
	FunctionURL Format = "function-url" // Lambda Function URL
	ALB         Format = "alb"          // Application Load Balancer
	ALBMulti    Format = "alb-multi"    // the same with lambda.multi_value_headers.enabled
)

// Formats lists all formats.
func Formats() []Format {
	return []Format{REST, HTTPAPIv1, HTTPAPI, FunctionURL, ALB, ALBMulti}
}

func (f Format) check() error {
	if !slices.Contains(Formats(), f) {
		return fmt.Errorf("awsevent: there is no format %q; the formats are %q", string(f), Formats())
	}
	return nil
}

func (f Format) alb() bool { return f == ALB || f == ALBMulti }

// httpAPI reports whether the front door is an HTTP API, which decodes paths.
func (f Format) httpAPI() bool { return f == HTTPAPI || f == HTTPAPIv1 }

// gateway reports whether the front door is API Gateway, which has routes,
// stages and custom domains.
func (f Format) gateway() bool { return f == REST || f.httpAPI() }

// front names the front door in messages.
func (f Format) front() string {
	switch {
	case f == REST:
		return "a REST API"
	case f.httpAPI():
		return "an HTTP API"
	case f == FunctionURL:
		return "a function URL"
	}
	return "a load balancer"
}

// The largest payloads in bytes. Lambda takes and gives 6 MB and a little
// (quotas of AWS Lambda, "Invocation payload"; 6 291 556 is in its error
// message), a load balancer 1 MB each way ("Lambda functions as targets for
// Application Load Balancers").
const (
	lambdaLimit = 6_291_556
	albLimit    = 1 << 20
)

func (f Format) limit() int {
	if f.alb() {
		return albLimit
	}
	return lambdaLimit
}
