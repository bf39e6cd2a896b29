package middleware_test

import (
	"context"
	"io"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// discarding starts an app whose log goes nowhere.
func discarding(t testing.TB, use ...fn.Middleware) *fn.Unit {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("bench", fn.Logger(zerolog.New(io.Discard)), fn.Use(use...))
	reply := &fn.Reply{Status: 200, Body: []byte("ok")}
	app.Add(fn.Raw("orders.get", func(context.Context, *fn.Request) (*fn.Reply, error) {
		r := *reply
		return &r, nil
	}, fn.Route("GET /orders/{id}")))
	unit, err := app.Start(t.Context(), fn.WithConfig(fn.NoConfig{}))
	if err != nil {
		t.Fatal(err)
	}
	return unit
}

// allocations are those of one request to the unit.
func allocations(unit *fn.Unit) float64 {
	header := source{"X-Request-Id": "0198c7a2-7d3f-7c11-9d55-6a8d2c7b9f10"}
	return testing.AllocsPerRun(500, func() { unit.Host("test").Serve(context.Background(), "orders.get", get(header)) })
}

// mostAllocations is what Default may cost a request over having no
// middleware. It was 17 when this was written, those of the test's source
// included; a Go release may differ a little.
const mostAllocations = 19

func TestDefaultAllocations(t *testing.T) {
	bare, full := allocations(discarding(t)), allocations(discarding(t, middleware.Default()...))
	if cost := full - bare; cost > mostAllocations {
		t.Errorf("Default costs %v allocations a request, want at most %d", cost, mostAllocations)
	}
}

func BenchmarkMiddleware(b *testing.B) {
	for _, bench := range []struct {
		name string
		use  []fn.Middleware
	}{
		{"none", nil},
		{"RequestID", list(middleware.RequestID())},
		{"AccessLog", list(middleware.AccessLog())},
		{"Recover", list(middleware.Recover())},
		{"Timeout", list(middleware.Timeout())},
		{"CORS", list(middleware.CORS(middleware.CORSOptions{AllowedOrigins: []string{"https://*.example.com"}}))},
		{"Default", middleware.Default()},
	} {
		b.Run(bench.name, func(b *testing.B) {
			unit := discarding(b, bench.use...)
			header := source{"Origin": "https://a.example.com"}
			b.ReportAllocs()
			for b.Loop() {
				unit.Host("test").Serve(context.Background(), "orders.get", get(header))
			}
		})
	}
}
