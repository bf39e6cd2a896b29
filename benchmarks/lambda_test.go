package benchmarks_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

func itoa(n int) string { return strconv.Itoa(n) }

// event is the request as a front door hands it on, with the headers and the
// context that a browser behind CloudFront makes of it.
func event(t testing.TB, format awsevent.Format, w work.Request) []byte {
	t.Helper()
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
	for name, value := range w.Header {
		header.Set(name, value)
	}
	r := awsevent.Request{Method: w.Method, Target: w.Target, Header: header, Body: []byte(w.Body), Host: "api.shop.example"}
	if w.ContentType != "" {
		header.Set("Content-Type", w.ContentType)
	}
	if format != awsevent.ALBMulti {
		r.Route = map[string]string{"get": "/things/{id}", "form": "/hook"}[w.Name]
		if r.Route == "" {
			r.Route = "/orders"
		}
	}
	data, err := awsevent.New(format, r)
	if err != nil {
		t.Fatal(err)
	}
	return withClaims(t, data)
}

// withClaims adds what an authorizer puts into the context of most requests.
func withClaims(t testing.TB, data []byte) []byte {
	t.Helper()
	var e map[string]any
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	if c, ok := e["requestContext"].(map[string]any); ok && c["elb"] == nil {
		c["authorizer"] = map[string]any{"jwt": map[string]any{"scopes": []string{"read", "write"}, "claims": map[string]string{
			"aud": "shop", "exp": "1764000000", "iat": "1763996400", "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x", "sub": "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "username": "ada",
		}}}
	}
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var formats = []awsevent.Format{awsevent.HTTPAPI, awsevent.REST, awsevent.ALBMulti}

func TestEveryLambdaContenderIsRight(t *testing.T) {
	for _, format := range formats {
		for _, c := range contender.OnLambda(format) {
			t.Run(string(format)+"/"+c.Name, func(t *testing.T) {
				h := c.New(standard)
				for _, w := range work.Requests() {
					answer, err := h.Invoke(context.Background(), event(t, format, w))
					if err != nil {
						t.Fatalf("%s: %v", w.Name, err)
					}
					got, err := awsevent.ReadResponse(format, answer)
					if err != nil {
						t.Fatalf("%s: %v", w.Name, err)
					}
					right(t, w, got.Status, string(got.Body))
				}
			})
		}
	}
}

// BenchmarkLambda is Invoke, bytes to bytes.
func BenchmarkLambda(b *testing.B) {
	for _, format := range formats {
		for _, w := range work.Requests() {
			for _, c := range contender.OnLambda(format) {
				b.Run(string(format)+"/"+w.Name+"/"+c.Name, func(b *testing.B) {
					h, e := c.New(standard), event(b, format, w)
					b.ReportAllocs()
					for b.Loop() {
						if _, err := h.Invoke(context.Background(), e); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
