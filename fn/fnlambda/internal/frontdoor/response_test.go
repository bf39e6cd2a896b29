package frontdoor

import (
	"testing"

	"github.com/anygrain/anygrain/binding"
)

func TestCookieNamesOfALoadBalancerDiffer(t *testing.T) {
	seen := map[string]bool{}
	for i := range 512 {
		name := caseVariant("set-cookie", i)
		if seen[name] {
			t.Fatalf("cookie %d has the name %s again", i, name)
		}
		seen[name] = true
	}
}

func TestTextTypes(t *testing.T) {
	for contentType, want := range map[string]bool{
		"": true, "text/html; charset=utf-8": true, "Application/JSON": true, "application/problem+json": true, "image/svg+xml": true,
		"application/x-www-form-urlencoded": true, "image/png": false, "application/octet-stream": false, "application/pdf": false,
		"multipart/form-data; boundary=x": false, "nonsense": false,
	} {
		if got := textType(contentType); got != want {
			t.Errorf("%q is text: %v, want %v", contentType, got, want)
		}
	}
}

func TestResponsesHaveNoLength(t *testing.T) {
	var header binding.Header
	for _, name := range []string{"X-A", "Content-Length", "X-B"} {
		header.Add(name, "v")
	}
	const want = `{"statusCode":204,"headers":{"X-A":"v","X-B":"v"},"body":"","isBase64Encoded":false}`
	if got := string(HTTPAPI.Response(204, header, nil)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(header) != 3 {
		t.Errorf("the caller's header has become %v", header)
	}
}
