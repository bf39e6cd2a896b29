package fnlambda

import (
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
	"github.com/anygrain/anygrain/internal/pattern"
)

// object is a JSON object in the making.
type object = map[string]any

// makeEvent makes the event of a front door out of a request that came by
// another one, or over plain HTTP.
func makeEvent(f frontdoor.Format, req *fn.Request) ([]byte, error) {
	var content []byte
	if source := req.Source().Body(); source != nil {
		var err error
		if content, err = io.ReadAll(io.LimitReader(source, frontdoor.PayloadLimit+1)); err != nil {
			return nil, fn.Errorf(fn.InvalidArgument, "the request's body cannot be read").WithCause(err)
		}
		if len(content) > frontdoor.PayloadLimit {
			return nil, fn.Errorf(fn.InvalidArgument, "the request is too large for a Lambda event").WithStatus(http.StatusRequestEntityTooLarge)
		}
	}
	event := object{"body": string(content), "isBase64Encoded": false}
	if !utf8.Valid(content) {
		event["body"], event["isBase64Encoded"] = base64.StdEncoding.EncodeToString(content), true
	}
	if f.Payload2() {
		addV2(event, req)
	} else {
		addV1(event, req, f)
	}
	payload, err := json.Marshal(event, json.Deterministic(true))
	if err != nil { // all that is in it is the client's, and an event is UTF-8
		return nil, fn.Errorf(fn.InvalidArgument, "the path, the query or a header is not UTF-8").WithCause(fmt.Errorf("make the event for the handler: %w", err))
	}
	return payload, nil
}

// addV1 adds the members of payload 1.0 and of a load balancer's event, whose
// query is percent-encoded.
func addV1(event object, req *fn.Request, f frontdoor.Format) {
	unescape := url.QueryUnescape
	if f.LoadBalancer() {
		unescape = func(s string) (string, error) { return s, nil }
	}
	event["httpMethod"], event["path"] = req.Method, req.Path
	event["headers"], event["multiValueHeaders"] = singleAndMulti(headers(req))
	event["queryStringParameters"], event["multiValueQueryStringParameters"] = singleAndMulti(parameters(req.Source().RawQuery(), unescape))
	if f.LoadBalancer() {
		event["requestContext"] = object{"elb": object{"targetGroupArn": ""}}
		return
	}
	resource, values := routeOf(req)
	event["resource"], event["pathParameters"] = resource, values
	event["requestContext"] = object{
		"httpMethod": req.Method, "path": req.Path, "resourcePath": resource, "stage": "$default", "requestId": req.ID,
		"domainName": req.Authority, "identity": object{"sourceIp": hostOf(req.RemoteAddr), "userAgent": req.Header("User-Agent")},
	}
}

// addV2 adds the members of payload 2.0.
func addV2(event object, req *fn.Request) {
	resource, values := routeOf(req)
	key := strings.TrimSpace(req.Method + " " + resource)
	path := req.Path
	if decoded, err := url.PathUnescape(path); err == nil {
		path = decoded
	}
	event["version"], event["routeKey"], event["rawPath"], event["rawQueryString"] = "2.0", key, path, req.Source().RawQuery()
	all := headers(req)
	header, query := object{}, object{}
	for name, values := range all {
		header[strings.ToLower(name)] = strings.Join(values, ",")
	}
	for name, values := range parameters(req.Source().RawQuery(), url.QueryUnescape) {
		query[name] = strings.Join(values, ",")
	}
	if cookie := req.Header("Cookie"); cookie != "" {
		delete(header, "cookie")
		event["cookies"] = strings.Split(cookie, "; ")
	}
	event["headers"], event["queryStringParameters"], event["pathParameters"] = header, query, values
	event["requestContext"] = object{
		"routeKey": key, "stage": "$default", "requestId": req.ID, "domainName": req.Authority,
		"http": object{"method": req.Method, "path": path, "protocol": "HTTP/1.1", "sourceIp": hostOf(req.RemoteAddr), "userAgent": req.Header("User-Agent")},
	}
}

// singleAndMulti makes the single-value map, where the last value counts, and the multi-value map.
func singleAndMulti(all map[string][]string) (single, multi object) {
	single, multi = object{}, object{}
	for name, values := range all {
		single[name], multi[name] = values[len(values)-1], values
	}
	return single, multi
}

// routeOf returns the route in API Gateway's grammar, and the values of its wildcards.
func routeOf(req *fn.Request) (resource string, values object) {
	parsed, err := pattern.Parse(req.Route)
	if err != nil {
		return "", nil
	}
	values = object{}
	for _, name := range parsed.Wildcards() {
		values[name] = req.Source().PathValue(name)
	}
	return parsed.GatewayPath(), values
}

// headerIndexer is a binding.Source of which all headers can be had in one go, as of fn's
// view of all hosts.
type headerIndexer interface {
	HeaderIndex() (names []string, valuesOf func(name string) []string)
}

func headerIndex(source binding.Source) (names []string, valuesOf func(name string) []string) {
	if indexed, ok := source.(headerIndexer); ok {
		return indexed.HeaderIndex()
	}
	return source.HeaderNames(), source.HeaderValues
}

// headers collects the headers of a request of any host.
func headers(req *fn.Request) map[string][]string {
	all := http.Header{}
	names, valuesOf := headerIndex(req.Source())
	for _, name := range names {
		if values := valuesOf(name); len(values) > 0 {
			all[name] = slices.Clone(values)
		}
	}
	if all.Get("Host") == "" && req.Authority != "" {
		all.Set("Host", req.Authority)
	}
	return all
}

// parameters splits a query; what cannot be decoded stays as it is.
func parameters(query string, unescape func(string) (string, error)) map[string][]string {
	all := map[string][]string{}
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, value = lenient(unescape, name), lenient(unescape, value)
		all[name] = append(all[name], value)
	}
	return all
}

func lenient(unescape func(string) (string, error), s string) string {
	if u, err := unescape(s); err == nil {
		return u
	}
	return s
}

// hostOf takes the port off an address.
func hostOf(addr string) string {
	if host, _, err := net.SplitHostPort(addr); err == nil {
		return host
	}
	return addr
}
