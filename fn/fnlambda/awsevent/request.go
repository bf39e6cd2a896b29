package awsevent

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Request is a client's HTTP request and what the front door knows about it.
// The zero value of a field is what a default deployment gives.
type Request struct {
	Method string // "" means GET
	// Target is the percent-encoded path and the query as they stand in a
	// request line: "/orders/a%2Fb?expand=items". It has neither Stage nor
	// BasePath, which New puts in front where the front door leaves them. "" means "/".
	Target string
	Header http.Header
	Body   []byte

	Host       string // "" means the Host of Header, or else the domain that AWS gives
	Scheme     string // "" means "https", for load balancers "http"
	RemoteAddr string // the client's address, with or without a port; "" means 203.0.113.7 (RFC 5737)

	// Route is the API Gateway route that the request took: "/orders/{id}".
	// "" means the one for everything else: $default, for REST APIs {proxy+}.
	Route          string
	RouteMethod    string            // of the route; "" means Method; "ANY"
	PathParameters map[string]string // nil means those that Route finds in Target
	// EncodedParameters leaves the named parameters of a REST API's route
	// percent-encoded: they were seen both so and decoded. Its greedy ones
	// ({proxy+}) always are encoded, those of an HTTP API never.
	EncodedParameters bool

	Stage          string            // "" means $default, for REST APIs "prod"
	StageVariables map[string]string // that the stage defines
	BasePath       string            // under which a custom domain mounts the API: "/v1"

	RequestID string    // AWS's own id; "" means a random one
	TraceID   string    // X-Amzn-Trace-Id, unless the client sent it; "" means a random one
	Time      time.Time // of the request; zero means now
}

// FromHTTP takes a request as net/http's server hands it to a handler. It
// reads the body.
func FromHTTP(r *http.Request) (Request, error) {
	out := Request{
		Method: r.Method, Target: r.URL.RequestURI(), Header: r.Header.Clone(),
		Host: r.Host, RemoteAddr: r.RemoteAddr,
	}
	if strings.HasPrefix(r.RequestURI, "/") { // URL writes some paths in another way
		out.Target = r.RequestURI
	}
	if r.Body == nil {
		return out, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return Request{}, fmt.Errorf("awsevent: read the body of the request: %w", err)
	}
	out.Body = body
	return out, nil
}

// complete returns a copy in which everything is said, or why the front door
// cannot have had such a request.
func (r Request) complete(f Format) (Request, error) {
	r.Method = or(r.Method, http.MethodGet)
	r.Target = or(r.Target, "/")
	r.Host = or(r.Host, or(last(values(r.Header, "Host")), f.domain()))
	r.RemoteAddr = address(or(r.RemoteAddr, "203.0.113.7"))
	if r.Time.IsZero() {
		r.Time = time.Now()
	}
	r.Time = r.Time.UTC()
	r.RequestID = or(r.RequestID, f.newID())
	r.TraceID = or(r.TraceID, fmt.Sprintf("Root=1-%08x-%x", uint32(r.Time.Unix()), random(12)))
	r.BasePath = strings.TrimSuffix(r.BasePath, "/")
	r.Body = bytes.Clone(r.Body)
	if err := r.check(f); err != nil {
		return r, err
	}
	r.Scheme = or(r.Scheme, f.scheme())
	r.Stage = or(r.Stage, f.stage())
	return r, nil
}

// check refuses what the front door does not have.
func (r *Request) check(f Format) error {
	problems := []error{rooted("Target", r.Target, "/orders/7?expand=items")}
	if r.BasePath != "" {
		problems = append(problems, rooted("BasePath", r.BasePath, "/v1"))
	}
	if f.gateway() {
		return errors.Join(append(problems, r.checkRoute())...)
	}
	for _, field := range []struct{ name, value string }{
		{"Route", r.Route}, {"RouteMethod", r.RouteMethod}, {"Stage", r.Stage}, {"BasePath", r.BasePath},
	} {
		if field.value != "" {
			problems = append(problems, fmt.Errorf("awsevent: %s has no routes, stages and base paths, but Request.%s is %q; leave it empty", f.front(), field.name, field.value))
		}
	}
	return errors.Join(problems...)
}

// checkRoute refuses routes that API Gateway would not have chosen.
func (r *Request) checkRoute() error {
	var problems []error
	if r.Route != "" {
		problems = append(problems, rooted("Route", r.Route, "/orders/{id}"))
	}
	if len(r.Route) > 1 && strings.HasSuffix(r.Route, "/") {
		problems = append(problems, fmt.Errorf("awsevent: Request.Route is %q; API Gateway has no route that ends in a slash", r.Route))
	}
	if r.RouteMethod != "" && r.RouteMethod != "ANY" && r.RouteMethod != r.Method {
		problems = append(problems, fmt.Errorf("awsevent: Request.RouteMethod is %q for a %s request; the route that it takes has its method, or ANY", r.RouteMethod, r.Method))
	}
	return errors.Join(problems...)
}

func rooted(field, value, example string) error {
	if strings.HasPrefix(value, "/") {
		return nil
	}
	return fmt.Errorf("awsevent: Request.%s begins with a slash, such as %q", field, example)
}

// split returns path and query of the target.
func (r *Request) split() (path, query string) {
	path, query, _ = strings.Cut(r.Target, "?")
	return path, query
}

// userAgent is the client's User-Agent.
func (r *Request) userAgent() string { return last(r.Header.Values("User-Agent")) }

// clock is the request's time as the request contexts write it.
func (r *Request) clock() string { return r.Time.Format("02/Jan/2006:15:04:05 -0700") }

func (f Format) scheme() string {
	if f.alb() {
		return "http"
	}
	return "https"
}

func (f Format) stage() string {
	if f == REST { // a REST API cannot be deployed without a named one
		return "prod"
	}
	return "$default"
}

// What stands for the account and its resources.
const (
	accountID = "123456789012"
	apiID     = "a1b2c3d4e5"
	urlDomain = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws"
)

// domain is the one that AWS gives to the front door.
func (f Format) domain() string {
	switch {
	case f == FunctionURL:
		return urlDomain
	case f.alb():
		return "functions-1234567890.us-east-1.elb.amazonaws.com"
	}
	return apiID + ".execute-api.us-east-1.amazonaws.com"
}

// newID returns a request id in the form of the front door's: HTTP APIs have
// short ones, the others UUIDs.
func (f Format) newID() string {
	if f.httpAPI() {
		return shortID()
	}
	b := random(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func shortID() string { return base64.StdEncoding.EncodeToString(random(11)) }

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}

// address drops the port.
func address(remote string) string {
	if host, _, err := net.SplitHostPort(remote); err == nil {
		return host
	}
	return remote
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func last(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}
