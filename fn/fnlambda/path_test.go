package fnlambda

import (
	"testing"

	"github.com/anygrain/anygrain/fn/internal/pattern"
)

func TestBasePathIsFoundByAligningTheResource(t *testing.T) {
	tests := map[string]struct {
		template, path string
		proxy          []string
		want           string
	}{
		"no base path":                     {"/orders/{id}", "/orders/7", nil, ""},
		"one segment":                      {"/orders/{id}", "/v1/orders/7", nil, "/v1"},
		"several segments":                 {"/orders/{id}", "/shop/v1/orders/7", nil, "/shop/v1"},
		"before the root":                  {"/", "/v1", nil, "/v1"},
		"the root itself":                  {"/", "/", nil, ""},
		"a trailing slash":                 {"/orders", "/v1/orders/", nil, "/v1"},
		"an encoded slash in a parameter":  {"/orders/{id}", "/v1/orders/a%2Fb", nil, "/v1"},
		"an encoded literal":               {"/a b/{id}", "/v1/a%20b/7", nil, "/v1"},
		"literals that differ":             {"/orders/{id}", "/v1/items/7", nil, ""},
		"a path that is shorter":           {"/orders/{id}", "/orders", nil, ""},
		"a base path like the route":       {"/orders", "/orders/orders", nil, "/orders"},
		"before a proxy":                   {"/{proxy+}", "/v1/orders/7", []string{"orders/7"}, "/v1"},
		"before a proxy with an encoding":  {"/{proxy+}", "/v1/a%2Fb", []string{"a/b"}, "/v1"},
		"before a proxy below a literal":   {"/api/{proxy+}", "/v1/api/x", []string{"x"}, "/v1"},
		"a proxy without a trailing slash": {"/{proxy+}", "/v1/x/", []string{"x"}, "/v1"},
		"a proxy without a value":          {"/{proxy+}", "/v1/x", nil, ""},
		"a proxy of another path":          {"/{proxy+}", "/v1/x", []string{"y"}, ""},
		"a path that cannot be decoded":    {"/{proxy+}", "/v1/%zz", []string{"%zz"}, ""},
		"no route":                         {"$default", "/v1/x", nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := basePathOf(tt.template, tt.path, tt.proxy); got != tt.want {
				t.Errorf("basePathOf(%q, %q, %q) = %q, want %q", tt.template, tt.path, tt.proxy, got, tt.want)
			}
		})
	}
}

func TestRoutesAreWrittenAsAPIGatewayWritesThem(t *testing.T) {
	for route, want := range map[string]string{
		"GET /orders/{id}": "/orders/{id}", "/files/{rest...}": "/files/{rest+}", "/{$}": "/", "GET /a/{$}": "/a/",
		"/tree/": "/tree/", "/a%20b/{c}/d": "/a b/{c}/d",
	} {
		parsed, err := pattern.Parse(route)
		if err != nil {
			t.Fatal(err)
		}
		if got := gatewayPath(parsed); got != want {
			t.Errorf("%s is written %s, want %s", route, got, want)
		}
	}
}

func TestHandlerSettingIsASelectorWhenItReadsLikeOne(t *testing.T) {
	for setting, want := range map[string]string{
		"": "*", "bootstrap": "*", "main": "*", "bin/main": "*", "*": "*", "orders.get": "orders.get",
		"orders.*": "orders.*", "orders.get,chat.*": "orders.get,chat.*",
	} {
		if got := selectorOf(setting); got != want {
			t.Errorf("%q selects %q, want %q", setting, got, want)
		}
	}
}

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
