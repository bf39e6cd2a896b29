package awsevent

import (
	"encoding/base64"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
)

// object is a JSON object; its members are written in the order of their names.
type object map[string]any

// New returns the event, as JSON, that the front door makes of the request.
func New(format Format, r Request) ([]byte, error) {
	s, err := newSent(format, r)
	if err != nil {
		return nil, err
	}
	var event object
	switch format {
	case REST, HTTPAPIv1:
		event = s.v1()
	case HTTPAPI, FunctionURL:
		event = s.v2()
	case ALB, ALBMulti:
		event = s.alb()
	default:
		return nil, fmt.Errorf("there is no format %q; there are %q", format, Formats())
	}
	return json.Marshal(event, json.Deterministic(true))
}

// The moment at which all events arrive, so that they are the same each time.
const (
	requestTime  = "12/Mar/2020:19:03:58 +0000"
	requestEpoch = 1583348638390
	account      = "123456789012"
)

// v1 is the payload 1.0 of REST and HTTP APIs. Maps without an entry are null.
func (s *sent) v1() object {
	resource := s.Route
	if resource == "" {
		resource = "/{proxy+}"
		if s.path == "/" {
			resource = "/"
		}
	}
	event := object{
		"resource": resource, "path": s.BasePath + s.path, "httpMethod": s.Method,
		"headers": orNull(lastValues(s.Header)), "multiValueHeaders": orNull(s.Header),
		"queryStringParameters": orNull(lastValues(s.queryValues())), "multiValueQueryStringParameters": orNull(s.queryValues()),
		"pathParameters": orNull(s.params), "stageVariables": nil,
		"requestContext": s.v1Context(resource),
	}
	event["body"], event["isBase64Encoded"] = s.body()
	if s.format == HTTPAPIv1 {
		event["version"] = "1.0"
		event["path"] = s.BasePath + s.stagePrefix() + s.decoded
	}
	return event
}

func (s *sent) v1Context(resource string) object {
	path := "/" + s.Stage + s.path
	if s.BasePath != "" || s.format == HTTPAPIv1 {
		path = s.BasePath + s.stagePrefix() + s.path
	}
	return object{
		"accountId": account, "apiId": "abcdef1234", "resourceId": "roq9wj", "resourcePath": resource,
		"httpMethod": s.Method, "path": path, "stage": s.Stage, "protocol": "HTTP/1.1",
		"domainName": s.Host, "domainPrefix": firstLabel(s.Host),
		"requestId": s.RequestID, "extendedRequestId": "TWegAcC4EowCHnA=",
		"requestTime": requestTime, "requestTimeEpoch": requestEpoch,
		"identity": object{"sourceIp": s.RemoteAddr, "userAgent": s.Header.Get("User-Agent")},
	}
}

// v2 is the payload 2.0 of HTTP APIs, and the event of function URLs.
func (s *sent) v2() object {
	header, cookies := s.v2Header()
	event := object{
		"version": "2.0", "routeKey": s.routeKey(), "rawPath": s.rawPath(), "rawQueryString": s.query,
		"headers": header, "requestContext": s.v2Context(),
	}
	text, encoded := s.body()
	event["isBase64Encoded"] = encoded
	if text != nil {
		event["body"] = text
	}
	if len(cookies) > 0 {
		event["cookies"] = cookies
	}
	if query := s.queryValues(); len(query) > 0 {
		event["queryStringParameters"] = joined(query)
	}
	if s.params != nil && s.format == HTTPAPI {
		event["pathParameters"] = s.params
	}
	return event
}

// v2Header folds repeated fields into one and takes the cookies out. A
// function URL leaves them in the header too.
func (s *sent) v2Header() (header map[string]string, cookies []string) {
	header = map[string]string{}
	for name, values := range s.Header {
		if name == "Cookie" {
			for _, line := range values {
				cookies = append(cookies, strings.Split(line, "; ")...)
			}
			if s.format != FunctionURL {
				continue
			}
			header["cookie"] = strings.Join(values, "; ")
			continue
		}
		header[strings.ToLower(name)] = strings.Join(values, ",")
	}
	return header, cookies
}

func (s *sent) routeKey() string {
	if s.Route == "" || s.format == FunctionURL {
		return "$default"
	}
	return s.RouteMethod + " " + s.Route
}

// rawPath: an HTTP API decodes the path and leaves a named stage in it, a
// function URL hands it on as it came.
func (s *sent) rawPath() string {
	if s.format == FunctionURL {
		return s.path
	}
	return s.stagePrefix() + s.decoded
}

// stagePrefix is the named stage as it stands in an HTTP API's paths. A custom
// domain's base path maps to a stage, which then is not in the path.
func (s *sent) stagePrefix() string {
	if s.Stage == "$default" || s.format == REST || s.BasePath != "" {
		return ""
	}
	return "/" + s.Stage
}

func (s *sent) v2Context() object {
	path := s.rawPath()
	if s.format == FunctionURL {
		path = s.decoded
	}
	return object{
		"accountId": account, "apiId": firstLabel(s.Host), "domainName": s.Host, "domainPrefix": firstLabel(s.Host),
		"http": object{"method": s.Method, "path": path, "protocol": "HTTP/1.1",
			"sourceIp": s.RemoteAddr, "userAgent": s.Header.Get("User-Agent")},
		"requestId": s.RequestID, "routeKey": s.routeKey(), "stage": s.Stage,
		"time": requestTime, "timeEpoch": requestEpoch,
	}
}

// alb is the event of a load balancer. Query keys and values stay encoded.
func (s *sent) alb() object {
	header, query := lower(s.Header), s.encodedQuery()
	event := object{
		"requestContext": object{"elb": object{
			"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:" + account + ":targetgroup/lambda/49e9d65c45c6791a"}},
		"httpMethod": s.Method, "path": s.path,
	}
	if s.format == ALBMulti {
		event["multiValueHeaders"], event["multiValueQueryStringParameters"] = header, query
	} else {
		event["headers"], event["queryStringParameters"] = lastValues(header), lastValues(query)
	}
	text, encoded := s.body()
	if text == nil {
		text = ""
	}
	event["body"], event["isBase64Encoded"] = text, encoded
	return event
}

// body returns the body as text, or as base64 when it is none. A REST API is
// taken to have binaryMediaTypes */*-like settings for what is no text.
func (s *sent) body() (text any, encoded bool) {
	switch {
	case len(s.Body) == 0:
		return nil, false
	case utf8.Valid(s.Body) && isText(s.Header.Get("Content-Type")):
		return string(s.Body), false
	}
	return base64.StdEncoding.EncodeToString(s.Body), true
}

// isText reports whether front doors carry the media type as text. Without a
// type they look at nothing else and take it as text.
func isText(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return contentType == ""
	}
	switch media {
	case "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "+json") || strings.HasSuffix(media, "+xml")
}

// queryValues decodes the query as API Gateway does: what cannot be decoded is
// left as it is.
func (s *sent) queryValues() map[string][]string {
	return s.eachParameter(func(text string) string {
		if decoded, err := url.QueryUnescape(text); err == nil {
			return decoded
		}
		return text
	})
}

// encodedQuery leaves keys and values as they came.
func (s *sent) encodedQuery() map[string][]string {
	return s.eachParameter(func(text string) string { return text })
}

func (s *sent) eachParameter(read func(string) string) map[string][]string {
	values := map[string][]string{}
	for pair := range strings.SplitSeq(s.query, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		values[read(key)] = append(values[read(key)], read(value))
	}
	return values
}

func lastValues(m map[string][]string) map[string]string {
	last := map[string]string{}
	for name, values := range m {
		if len(values) > 0 {
			last[name] = values[len(values)-1]
		}
	}
	return last
}

func joined(m map[string][]string) map[string]string {
	out := map[string]string{}
	for name, values := range m {
		out[name] = strings.Join(values, ",")
	}
	return out
}

func lower(header http.Header) map[string][]string {
	out := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		key := strings.ToLower(name)
		out[key] = append(out[key], header[name]...)
	}
	return out
}

// orNull is the map, or null when it has no entry.
func orNull[M ~map[string]V, V any](m M) any {
	if len(m) == 0 {
		return nil
	}
	return m
}

func firstLabel(host string) string {
	label, _, _ := strings.Cut(host, ".")
	return label
}
