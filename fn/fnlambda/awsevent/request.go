package awsevent

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// Request is what a client sent, and what the deployment adds to it. What is
// left out has the value of a default deployment.
type Request struct {
	Method      string      // "" is GET
	Target      string      // as in the request line: percent-encoded path, "?", query
	Header      http.Header // Host may be in it
	Host        string      // "" for a domain of the front door's kind
	Body        []byte      // nil for none
	RemoteAddr  string      // the client's IP address; "" is 203.0.113.7
	Stage       string      // "" is $default for an HTTP API and "prod" for a REST API
	BasePath    string      // the mapping key of a custom domain: "/v1"
	Route       string      // the path of the route or resource that matched, "/orders/{id}"; "" is $default or /{proxy+}
	RouteMethod string      // the method of the route, "" for the request's own; "ANY"
	RequestID   string      // "" for a fixed one
}

// FromHTTP takes over an HTTP request that a server received. It reads the body.
func FromHTTP(r *http.Request) (Request, error) {
	out := Request{Method: r.Method, Target: r.RequestURI, Header: r.Header, Host: r.Host, RemoteAddr: r.RemoteAddr}
	if out.Target == "" {
		out.Target = r.URL.RequestURI()
	}
	if ip, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		out.RemoteAddr = ip
	}
	if r.Body == nil {
		return out, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return Request{}, fmt.Errorf("read the body: %w", err)
	}
	out.Body = body
	return out, nil
}

// sent is a Request in the parts that events are made of.
type sent struct {
	Request
	format  Format
	path    string // percent-encoded
	decoded string // percent-decoded
	query   string
	params  map[string]string
}

func newSent(format Format, r Request) (*sent, error) {
	path, query, _ := strings.Cut(r.Target, "?")
	if path == "" {
		path = "/"
	}
	decoded, err := url.PathUnescape(path)
	if err != nil || path[0] != '/' {
		return nil, fmt.Errorf("the target %q has no valid path; front doors answer 400 themselves", r.Target)
	}
	s := &sent{Request: r, format: format, path: path, decoded: decoded, query: query}
	s.Header = r.Header.Clone()
	if s.Header == nil {
		s.Header = http.Header{}
	}
	s.Method = cmp.Or(r.Method, http.MethodGet)
	s.Host = cmp.Or(r.Host, s.Header.Get("Host"), format.domain())
	s.RemoteAddr = cmp.Or(r.RemoteAddr, "203.0.113.7")
	s.RequestID = cmp.Or(r.RequestID, "5e5d1a52-8e1c-4a3c-9d5b-0c7f8c1b2a3d")
	s.RouteMethod = cmp.Or(r.RouteMethod, s.Method)
	s.Stage = cmp.Or(r.Stage, format.stage())
	s.forward()
	s.params = s.pathParameters()
	return s, nil
}

// domain is where the front door answers when it has no name of its own.
func (f Format) domain() string {
	switch f {
	case FunctionURL:
		return "abcdefghij0123456789.lambda-url.eu-west-1.on.aws"
	case ALB, ALBMulti:
		return "lambda-alb-1234567890.eu-west-1.elb.amazonaws.com"
	}
	return "abcdef1234.execute-api.eu-west-1.amazonaws.com"
}

func (f Format) stage() string {
	if f == REST {
		return "prod"
	}
	return "$default"
}

// forward adds the fields that every front door adds, and appends the client's
// address to X-Forwarded-For.
func (s *sent) forward() {
	proto, port := "https", "443"
	if s.format == ALB || s.format == ALBMulti {
		proto, port = "http", "80"
	}
	s.Header.Set("Host", s.Host)
	s.Header.Set("X-Forwarded-Proto", proto)
	s.Header.Set("X-Forwarded-Port", port)
	s.Header.Set("X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678")
	chain := append(s.Header.Values("X-Forwarded-For"), s.RemoteAddr)
	s.Header.Set("X-Forwarded-For", strings.Join(chain, ", "))
}

// pathParameters reads the wildcards of the route off the path, decoded. A
// greedy one loses a slash at its end.
func (s *sent) pathParameters() map[string]string {
	template := s.Route
	if template == "" {
		if s.format != REST && s.format != HTTPAPIv1 {
			return nil
		}
		template = "/{proxy+}"
	}
	rest := strings.TrimPrefix(s.path, "/")
	params := map[string]string{}
	for part := range strings.SplitSeq(strings.TrimPrefix(template, "/"), "/") {
		name, isWild := strings.CutPrefix(part, "{")
		name = strings.TrimSuffix(name, "}")
		value, after, _ := strings.Cut(rest, "/")
		if greedy, ok := strings.CutSuffix(name, "+"); ok {
			name, value = greedy, strings.TrimSuffix(rest, "/")
		}
		if isWild && value != "" {
			params[name], _ = url.PathUnescape(value)
		}
		rest = after
	}
	if len(params) == 0 {
		return nil
	}
	return params
}
