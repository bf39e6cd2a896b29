package frontdoor

import (
	"net/url"
	"strings"
)

// Format is the shape of an event and of the response that its sender expects.
type Format int

// The formats.
const (
	Unknown     Format = iota
	REST               // API Gateway REST API, payload 1.0
	HTTPAPIv1          // API Gateway HTTP API with payload 1.0
	HTTPAPI            // API Gateway HTTP API with payload 2.0
	FunctionURL        // Lambda Function URL: the shape of 2.0
	ALB                // Application Load Balancer
	ALBMulti           // the same with lambda.multi_value_headers.enabled
)

// classify tells the formats apart. It demands the whole shape, so that the
// In of a direct invoke may well have a member "path", "headers" or "version".
func (e *Event) classify() Format {
	switch {
	case !e.has.context || e.has.authorizer || e.context.webSocket:
		return Unknown
	case e.version == "2.0" && e.has.rawPath && e.context.httpMethod != "":
		return e.classifyV2()
	case e.Method == "" || !e.has.path:
		return Unknown
	case e.context.elb && e.header.multi.present:
		return ALBMulti
	case e.context.elb:
		return ALB
	case e.has.resource && e.version == "1.0":
		return HTTPAPIv1
	case e.has.resource && e.version == "":
		return REST
	}
	return Unknown
}

// classifyV2 tells a Function URL, whose rawPath is percent-encoded, from an
// HTTP API, which has decoded it. The domain says it; behind an emulator with
// another domain it shows where rawPath is an encoded form of http.path.
func (e *Event) classifyV2() Format {
	if strings.Contains(e.context.domainName, ".lambda-url.") {
		return FunctionURL
	}
	if e.rawPath != e.context.httpPath && strings.Contains(e.rawPath, "%") {
		if decoded, err := url.PathUnescape(e.rawPath); err == nil && decoded == e.context.httpPath {
			return FunctionURL
		}
	}
	return HTTPAPI
}

// decodedMaps reports whether the query comes as maps of decoded values.
func (f Format) decodedMaps() bool { return f == REST || f == HTTPAPIv1 }

// DecodesPath reports whether the front door is an HTTP API: its event has the path
// and the path's parameters decoded, where all others leave them as the client sent them.
func (f Format) DecodesPath() bool { return f == HTTPAPIv1 || f == HTTPAPI }

// LoadBalancer reports whether the front door is a load balancer.
func (f Format) LoadBalancer() bool { return f == ALB || f == ALBMulti }

// Payload2 reports whether event and response are of the shape of payload 2.0.
func (f Format) Payload2() bool { return f == HTTPAPI || f == FunctionURL }

// The largest responses in bytes of JSON, the body's encoding included: Lambda
// takes 6 MB and a little (quotas of AWS Lambda, "Invocation payload"; 6 291 556
// is in the platform's own error message), a load balancer 1 MB ("Lambda
// functions as targets for Application Load Balancers").
const (
	PayloadLimit = 6_291_556
	albLimit     = 1 << 20
)

// Limit is the largest response that the front door passes on.
func (f Format) Limit() int {
	if f.LoadBalancer() {
		return albLimit
	}
	return PayloadLimit
}
