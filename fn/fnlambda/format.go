package fnlambda

import (
	"net/url"
	"strings"
)

// format is the shape of an event and of the response that its sender expects.
type format int

const (
	unknown     format = iota
	rest               // API Gateway REST API, payload 1.0
	httpV1             // API Gateway HTTP API with payload 1.0
	httpV2             // API Gateway HTTP API with payload 2.0
	functionURL        // Lambda Function URL: the shape of 2.0
	albSingle          // Application Load Balancer
	albMulti           // the same with lambda.multi_value_headers.enabled
)

// classify tells the formats apart. It demands the whole shape, so that the
// In of a direct invoke may well have a member "path", "headers" or "version".
func (e *event) classify() format {
	switch {
	case !e.has.context || e.has.authorizer || e.context.webSocket:
		return unknown
	case e.version == "2.0" && e.has.rawPath && e.context.httpMethod != "":
		return e.classifyV2()
	case e.method == "" || !e.has.path:
		return unknown
	case e.context.elb && e.header.multi.present:
		return albMulti
	case e.context.elb:
		return albSingle
	case e.has.resource && e.version == "1.0":
		return httpV1
	case e.has.resource && e.version == "":
		return rest
	}
	return unknown
}

// classifyV2 tells a Function URL, whose rawPath is percent-encoded, from an
// HTTP API, which has decoded it. The domain says it; behind an emulator with
// another domain it shows where rawPath is an encoded form of http.path.
func (e *event) classifyV2() format {
	if strings.Contains(e.context.domainName, ".lambda-url.") {
		return functionURL
	}
	if e.rawPath != e.context.httpPath && strings.Contains(e.rawPath, "%") {
		if decoded, err := url.PathUnescape(e.rawPath); err == nil && decoded == e.context.httpPath {
			return functionURL
		}
	}
	return httpV2
}

// decodedMaps reports whether the query comes as maps of decoded values.
func (f format) decodedMaps() bool { return f == rest || f == httpV1 }

func (f format) alb() bool { return f == albSingle || f == albMulti }

// v2 reports whether the response is of the shape of payload 2.0.
func (f format) v2() bool { return f == httpV2 || f == functionURL }

// The largest responses in bytes of JSON, the body's encoding included: Lambda
// takes 6 MB and a little (quotas of AWS Lambda, "Invocation payload"; 6 291 556
// is in the platform's own error message), a load balancer 1 MB ("Lambda
// functions as targets for Application Load Balancers").
const (
	lambdaLimit = 6_291_556
	albLimit    = 1 << 20
)

func (f format) limit() int {
	if f.alb() {
		return albLimit
	}
	return lambdaLimit
}
