package frontdoor

import (
	"testing"

	"github.com/anygrain/anygrain/internal/pattern"
)

func TestRoutesAreWrittenAsAPIGatewayWritesThem(t *testing.T) {
	for route, want := range map[string]string{
		"GET /orders/{id}": "/orders/{id}", "/files/{rest...}": "/files/{rest+}", "/{$}": "/", "GET /a/{$}": "/a/",
		"/tree/": "/tree/", "/a%20b/{c}/d": "/a b/{c}/d",
	} {
		parsed, err := pattern.Parse(route)
		if err != nil {
			t.Fatal(err)
		}
		if got := TemplateOf(parsed); string(got) != want {
			t.Errorf("%s is written %s, want %s", route, got, want)
		}
	}
}
