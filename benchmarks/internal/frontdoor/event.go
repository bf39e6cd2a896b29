// Package frontdoor makes Lambda events of the workloads, with all that a browser,
// a CDN and an authorizer add to them.
package frontdoor

import (
	"encoding/json"
	"net/http"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Formats are the front doors that are measured.
func Formats() []awsevent.Format {
	return []awsevent.Format{awsevent.HTTPAPI, awsevent.REST, awsevent.ALBMulti}
}

// Event is the request as the front door hands it on.
func Event(format awsevent.Format, w work.Request) ([]byte, error) {
	header := browser()
	for name, value := range w.Headers() {
		header.Set(name, value)
	}
	r := awsevent.Request{Method: w.Method, Target: w.Target, Header: header, Body: []byte(w.Body), Host: "api.shop.example"}
	if format != awsevent.ALBMulti {
		r.Route = w.Route
	}
	data, err := awsevent.New(format, r)
	if err != nil {
		return nil, err
	}
	return withClaims(data)
}

// browser are the header fields of a browser behind CloudFront.
func browser() http.Header {
	header := http.Header{}
	for name, value := range map[string]string{
		"Accept": "application/json, text/plain, */*", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en-GB,en;q=0.9,de;q=0.8",
		"Authorization": "Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFkYSJ9.c2lnbmF0dXJl",
		"Cache-Control": "no-cache", "Cloudfront-Forwarded-Proto": "https", "Cloudfront-Is-Desktop-Viewer": "true", "Cloudfront-Viewer-Country": "GB",
		"Origin": "https://shop.example", "Pragma": "no-cache", "Referer": "https://shop.example/things", "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors",
		"Sec-Fetch-Site": "same-site", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Via": "2.0 0123456789abcdef.cloudfront.net (CloudFront)", "X-Amz-Cf-Id": "Hkq0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST==",
		"X-Amzn-Trace-Id": "Root=1-6566a1b2-0123456789abcdef01234567", "X-Forwarded-For": "203.0.113.7, 198.51.100.9", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https",
	} {
		header.Set(name, value)
	}
	return header
}

// withClaims adds what an authorizer puts into the context of most requests. A
// load balancer has no such place.
func withClaims(data []byte) ([]byte, error) {
	var event map[string]any
	if err := json.Unmarshal(data, &event); err != nil {
		return nil, err
	}
	if c, ok := event["requestContext"].(map[string]any); ok && c["elb"] == nil {
		c["authorizer"] = map[string]any{"jwt": map[string]any{"scopes": []string{"read", "write"}, "claims": map[string]string{
			"aud": "shop", "exp": "1764000000", "iat": "1763996400", "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x", "sub": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "username": "ada",
		}}}
	}
	return json.Marshal(event)
}
