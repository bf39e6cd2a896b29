package fnlambda

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/frontdoor"
)

// A build that says that it was checked, and was not, may have a route twice. The first function has it
// however its requests come, and the log says so.
func TestARouteThatIsThereTwice(t *testing.T) {
	nothing := func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }
	functions := []fn.Function{
		fn.New("a.first", nothing, fn.Route("GET /a/{x}"), fn.Route("GET /f/{rest...}")),
		fn.New("a.second", nothing, fn.Route("GET /a/{x}"), fn.Route("GET /a/{y}"), fn.Route("GET /f/{all...}")),
	}
	var log bytes.Buffer
	logger := zerolog.New(&log)
	r := newRoutes(functions, &logger)
	for _, path := range []string{"/a/1", "/f/1/2"} {
		if m := r.router().Match("GET", path, ""); !m.Found || m.Value.function != "a.first" {
			t.Errorf("%s leads to %+v", path, m.Value)
		}
	}
	for _, name := range []frontdoor.Template{"/a/{x}", "/a/{y}", "/a/{z}"} {
		if found := r.byName("GET", name); found == nil || found.function != "a.first" && name != "/a/{y}" {
			t.Errorf("%s leads to %+v", name, found)
		}
	}
	for _, route := range []string{`"route":"GET /a/{x}"`, `"route":"GET /a/{y}"`, `"route":"GET /f/{all...}"`} {
		if !strings.Contains(log.String(), route) {
			t.Errorf("%s is not in the log: %s", route, &log)
		}
	}
}
