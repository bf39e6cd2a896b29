package frontdoor

import (
	"fmt"
	"testing"
)

func TestBasePathIsFoundByAligningTheResource(t *testing.T) {
	tests := map[string]struct {
		template, path string
		parameters     string // of the event, as JSON
		want           string
	}{
		"no base path":                     {"/orders/{id}", "/orders/7", `{"id":"7"}`, ""},
		"one segment":                      {"/orders/{id}", "/v1/orders/7", `{"id":"7"}`, "/v1"},
		"several segments":                 {"/orders/{id}", "/shop/v1/orders/7", `{"id":"7"}`, "/shop/v1"},
		"before the root":                  {"/", "/v1", `null`, "/v1"},
		"before the root with a slash":     {"/", "/v1/", `null`, "/v1"},
		"the root itself":                  {"/", "/", `null`, ""},
		"a trailing slash":                 {"/orders", "/v1/orders/", `null`, "/v1"},
		"an encoded slash in a parameter":  {"/orders/{id}", "/v1/orders/a%2Fb", `{"id":"a/b"}`, "/v1"},
		"a parameter that stays encoded":   {"/orders/{id}", "/v1/orders/a%2Fb", `{"id":"a%2Fb"}`, "/v1"},
		"an encoded literal":               {"/a b/{id}", "/v1/a%20b/7", `{"id":"7"}`, "/v1"},
		"literals that differ":             {"/orders/{id}", "/v1/items/7", `{"id":"7"}`, ""},
		"a path that is shorter":           {"/orders/{id}", "/orders", `{"id":"7"}`, ""},
		"a base path like the route":       {"/orders", "/orders/orders", `null`, "/orders"},
		"before a proxy":                   {"/{proxy+}", "/v1/orders/7", `{"proxy":"orders/7"}`, "/v1"},
		"before an encoded proxy":          {"/{proxy+}", "/v1/capture/space%20value", `{"proxy":"capture/space%20value"}`, "/v1"},
		"before a decoded proxy":           {"/{proxy+}", "/v1/a%2Fb%C3%A4", `{"proxy":"a/bä"}`, "/v1"},
		"a percent sign, encoded":          {"/{proxy+}", "/v1/100%2525", `{"proxy":"100%2525"}`, "/v1"},
		"a percent sign, decoded":          {"/{proxy+}", "/v1/100%2525", `{"proxy":"100%25"}`, "/v1"},
		"a slash at the end, encoded":      {"/{proxy+}", "/v1/a%2F", `{"proxy":"a%2F"}`, "/v1"},
		"a slash at the end, decoded":      {"/{proxy+}", "/v1/a%2F", `{"proxy":"a/"}`, "/v1"},
		"any name":                         {"/files/{rest+}", "/shop/files/A", `{"rest":"A"}`, "/shop"},
		"a parameter before the greedy":    {"/u/{id}/f/{rest+}", "/shop/u/a%2Fb/f/c%2Fd/e", `{"id":"a/b","rest":"c%2Fd/e"}`, "/shop"},
		"an escape, then a decoded proxy":  {"/u/{id}/f/{rest+}", "/shop/u/a%2Fb/f/c%2Fd", `{"id":"a/b","rest":"c/d"}`, "/shop"},
		"other literals before the greedy": {"/u/{id}/f/{rest+}", "/shop/u/7/g/c", `{"id":"7","rest":"c"}`, ""},
		"before a proxy below a literal":   {"/api/{proxy+}", "/v1/api/x", `{"proxy":"x"}`, "/v1"},
		"the greedy without a base path":   {"/files/{rest+}", "/files/A/b", `{"rest":"A/b"}`, ""},
		"a proxy without a trailing slash": {"/{proxy+}", "/v1/x/", `{"proxy":"x"}`, "/v1"},
		"a proxy without a value":          {"/{proxy+}", "/v1/x", `null`, ""},
		"a proxy of another path":          {"/{proxy+}", "/v1/x", `{"proxy":"y"}`, ""},
		"a value that begins in a segment": {"/{proxy+}", "/v1%2Fx", `{"proxy":"x"}`, ""},
		"a path that cannot be decoded":    {"/{proxy+}", "/v1/%zz", `{"proxy":"zz"}`, ""},
		"the same, as it is":               {"/{proxy+}", "/v1/%zz", `{"proxy":"%zz"}`, "/v1"},
		"no route":                         {"$default", "/v1/x", `null`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := Event{Request: &Request{}}
			text := fmt.Sprintf(`{"resource":%q,"path":%q,"httpMethod":"GET","pathParameters":%s,"requestContext":{}}`, tt.template, tt.path, tt.parameters)
			if !e.Read(text) || e.Format != REST {
				t.Fatalf("%s is no event of a REST API", text)
			}
			if got := e.basePath(e.escapedPath()); got != tt.want {
				t.Errorf("the base path of %q at %q is %q, want %q", tt.path, tt.template, got, tt.want)
			}
		})
	}
}

// An HTTP API with payload 1.0 decodes the path and the parameters.
func TestBasePathIsFoundInADecodedPath(t *testing.T) {
	tests := map[string]struct {
		template, path string
		parameters     string // of the event, as JSON
		want           string
	}{
		"before the root":             {"/", "/v1", `null`, "/v1"},
		"the root itself":             {"/", "/", `null`, ""},
		"a trailing slash":            {"/orders", "/v1/orders/", `null`, "/v1"},
		"a slash in a parameter":      {"/orders/{id}", "/v1/orders/a/b", `{"id":"a/b"}`, "/v1"},
		"a slash at the end of one":   {"/orders/{id}", "/v1/orders/a", `{"id":"a/"}`, "/v1"},
		"a percent sign":              {"/orders/{id}", "/v1/orders/100%", `{"id":"100%"}`, "/v1"},
		"before a greedy":             {"/files/{rest+}", "/v1/files/a b/c", `{"rest":"a b/c"}`, "/v1"},
		"a parameter without a value": {"/orders/{id}", "/v1/orders/7", `null`, ""},
		"literals that differ":        {"/orders/{id}", "/v1/items/7", `{"id":"7"}`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := Event{Request: &Request{}}
			text := fmt.Sprintf(`{"version":"1.0","resource":%q,"path":%q,"httpMethod":"GET","pathParameters":%s,"requestContext":{}}`, tt.template, tt.path, tt.parameters)
			if !e.Read(text) || e.Format != HTTPAPIv1 {
				t.Fatalf("%s is no event of an HTTP API with payload 1.0", text)
			}
			if got := e.basePath(e.escapedPath()); got != tt.want {
				t.Errorf("the base path of %q at %q is %q, want %q", tt.path, tt.template, got, tt.want)
			}
		})
	}
}

// Where the path of an event begins, and what is in front of it.
func TestWhereARequestGoes(t *testing.T) {
	for name, tt := range map[string]struct{ event, path, before string }{
		"payload 1.0, a stage":       {`{"version":"1.0","resource":"$default","path":"/prod/a","httpMethod":"GET","requestContext":{"stage":"prod"}}`, "/a", "/prod"},
		"payload 1.0, $default":      {`{"version":"1.0","resource":"$default","path":"/prod/a","httpMethod":"GET","requestContext":{"stage":"$default"}}`, "/prod/a", ""},
		"payload 1.0, another word":  {`{"version":"1.0","resource":"$default","path":"/product","httpMethod":"GET","requestContext":{"stage":"prod"}}`, "/product", ""},
		"payload 1.0, the stage":     {`{"version":"1.0","resource":"$default","path":"/prod","httpMethod":"GET","requestContext":{"stage":"prod"}}`, "/", "/prod"},
		"a REST API, a stage":        {`{"resource":"/a","path":"/a","httpMethod":"GET","requestContext":{"stage":"prod","path":"/prod/a"}}`, "/a", "/prod"},
		"no path, as of some tests":  {`{"resource":"/","path":"","httpMethod":"GET","requestContext":{}}`, "/", ""},
		"a path without its slash":   {`{"path":"a/b","httpMethod":"GET","requestContext":{"elb":{}}}`, "/a/b", ""},
		"payload 2.0 without a path": {`{"version":"2.0","routeKey":"$default","rawPath":"","requestContext":{"stage":"$default","http":{"method":"GET"}}}`, "/", ""},
	} {
		e := Event{Request: &Request{}}
		if !e.Read(tt.event) {
			t.Errorf("%s: it is not read", name)
			continue
		}
		if l := e.Locate(""); l.Path != tt.path || l.Before != tt.before {
			t.Errorf("%s: it is %q behind %q, want %q behind %q", name, l.Path, l.Before, tt.path, tt.before)
		}
	}
}
