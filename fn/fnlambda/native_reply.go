package fnlambda

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
)

// nativeResponse is what handlers of any front door return.
type nativeResponse struct {
	StatusCode        int                 `json:"statusCode"`
	Headers           map[string]string   `json:"headers"`
	MultiValueHeaders map[string][]string `json:"multiValueHeaders"`
	Cookies           []string            `json:"cookies"`
	Body              string              `json:"body"`
	IsBase64Encoded   bool                `json:"isBase64Encoded"`
}

// nativeReply makes a reply of a handler's response, as the front door would:
// without a status it is 200, and a result of payload 2.0 that has none at all
// is itself the JSON body.
func nativeReply(f frontdoor.Format, out []byte) (*fn.Reply, error) {
	var r nativeResponse
	if err := json.Unmarshal(out, &r); err != nil || r.StatusCode == 0 {
		if f.Payload2() {
			reply := &fn.Reply{Status: 200, Body: out}
			reply.Header.Set("Content-Type", "application/json")
			return reply, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the handler's response is not one that the front door takes: %w", err)
		}
		r.StatusCode = 200
	}
	reply := &fn.Reply{Status: r.StatusCode, Header: r.header(f), Body: []byte(r.Body)}
	if r.IsBase64Encoded {
		body, err := base64.StdEncoding.DecodeString(r.Body)
		if err != nil {
			return nil, fmt.Errorf("the handler's response marks its body as base64 and it is not: %w", err)
		}
		reply.Body = body
	}
	if len(reply.Body) > 0 && reply.Header.Get("Content-Type") == "" {
		reply.Header.Set("Content-Type", untyped(f))
	}
	return reply, nil
}

// untyped is what the front door says of a body of which the handler says nothing.
func untyped(f frontdoor.Format) string {
	switch f {
	case frontdoor.REST, frontdoor.FunctionURL:
		return "application/json"
	case frontdoor.HTTPAPIv1, frontdoor.HTTPAPI:
		return "text/plain;charset=UTF-8"
	}
	return "application/octet-stream"
}

// header joins the maps. API Gateway sends what both have of a name, and a pair
// that is in both once ("Output format of a Lambda function for proxy
// integration"); a load balancer looks at one map alone, here the multi-value one. The
// order is that of the names, so that equal responses have equal headers.
func (r *nativeResponse) header(f frontdoor.Format) fn.Header {
	var header fn.Header
	for _, name := range slices.Sorted(maps.Keys(r.MultiValueHeaders)) {
		for _, value := range r.MultiValueHeaders[name] {
			header.Add(name, value)
		}
	}
	multi := slices.Clone(header)
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		known := multi.Values(name)
		if f.LoadBalancer() && len(known) > 0 || slices.Contains(known, r.Headers[name]) {
			continue
		}
		header.Add(name, r.Headers[name])
	}
	for _, cookie := range r.Cookies {
		header.Add("Set-Cookie", cookie)
	}
	return header
}
