package fnlambda_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
)

// TestInvokeAllocates: the copy of the event, the request, the request's context
// and reply in package fn, and the response. Then what the event has, and what
// the function asks for; headers that nobody asks for cost nothing.
func TestInvokeAllocates(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates too")
	}
	const always = 4
	var many strings.Builder
	for i := range 60 {
		fmt.Fprintf(&many, `"x-n%d":"a",`, i)
	}
	for name, tt := range map[string]struct {
		headers, more string
		asks          func(s binding.Source)
		most          float64
	}{
		"nothing more":        {},
		"headers":             {headers: `"accept":"*/*","user-agent":"a \"b\""`},
		"a header":            {headers: `"x-tenant":"acme"`, asks: func(s binding.Source) { s.HeaderValues("X-Tenant") }, most: 1},
		"sixty headers":       {headers: many.String() + `"x-tenant":"acme"`, most: 1},
		"cookies":             {more: `,"cookies":["a=b","c=d"]`, most: 4},
		"a body":              {more: `,"body":"a"`, asks: func(s binding.Source) { s.Body() }, most: 2},
		"a body with escapes": {more: `,"body":"{\"a\":\"b\"}"`, asks: func(s binding.Source) { s.Body() }, most: 2},
		"a body in base64":    {more: `,"body":"YWJj","isBase64Encoded":true`, asks: func(s binding.Source) { s.Body() }, most: 2},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHandler(t, io.Discard, fn.Raw("a.b", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
				if tt.asks != nil {
					tt.asks(req.Source())
				}
				return shared, nil
			}, fn.Route("GET /a/{id}")))
			event := []byte(`{"version":"2.0","routeKey":"GET /a/{id}","rawPath":"/a/7","rawQueryString":"b=c","headers":{` + tt.headers +
				`},"requestContext":{"stage":"$default","http":{"method":"GET","path":"/a/7","sourceIp":"192.0.2.1"}}` + tt.more + `}`)
			got := math.Inf(1)
			for range 5 { // what else runs in this process is counted too
				got = min(got, testing.AllocsPerRun(100, func() {
					if _, err := h.Invoke(context.Background(), event); err != nil {
						t.Fatal(err)
					}
				}))
			}
			if got > always+tt.most {
				t.Errorf("Invoke allocates %v times, want %v at most", got, always+tt.most)
			}
		})
	}
}

var shared = text(200, "ok")
