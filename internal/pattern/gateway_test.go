package pattern

import "testing"

func TestRoutesAreWrittenAsAPIGatewayWritesThem(t *testing.T) {
	for route, want := range map[string]struct {
		path string
		ok   bool
	}{
		"GET /orders/{id}": {"/orders/{id}", true}, "/files/{rest...}": {"/files/{rest+}", true}, "/{$}": {"/", true}, "GET /a/{$}": {"/a/", false},
		"/": {"/", false}, "/tree/": {"/tree/", false}, "/a%20b/{c}/d": {"/a b/{c}/d", true}, "/{a...}": {"/{a+}", true}, "/{a}/": {"/{a}/", false},
	} {
		parsed, err := Parse(route)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.GatewayPath(); got != want.path {
			t.Errorf("%s is written %s, want %s", route, got, want.path)
		}
		if !want.ok {
			want.path = ""
		}
		if got, ok := parsed.Gateway(); got != want.path || ok != want.ok {
			t.Errorf("%s is the route %q %v of API Gateway, want %q %v", route, got, ok, want.path, want.ok)
		}
	}
}
