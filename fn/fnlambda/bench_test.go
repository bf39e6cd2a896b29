package fnlambda_test

import (
	"context"
	"io"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// BenchmarkInvoke is what the host itself costs: an event decoded, routed, and
// a small reply encoded.
func BenchmarkInvoke(b *testing.B) {
	for _, bench := range []struct{ name, sample string }{
		{"HTTP API", "apigw-v2-request-jwt-authorizer.json"},
		{"REST", "apigw-request.json"},
		{"Function URL", "lambda-urls-request.json"},
		{"load balancer", "alb-lambda-target-request-headers-only.json"},
		{"load balancer, multi-value", "alb-lambda-target-request-multivalue-headers.json"},
	} {
		b.Run(bench.name, func(b *testing.B) { benchmarkInvoke(b, sample(b, bench.sample)) })
	}
	b.Run("direct", func(b *testing.B) { benchmarkInvoke(b, []byte(`{"id":"7","quantity":3}`)) })
}

func benchmarkInvoke(b *testing.B, event []byte) {
	reply := text(200, `{"ok":true}`)
	h := newHandler(b, io.Discard, fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) {
		r := *reply
		return &r, nil
	}, fn.Route("/{rest...}")))
	ctx := context.Background()
	b.ReportAllocs()
	b.SetBytes(int64(len(event)))
	for b.Loop() {
		if _, err := h.Invoke(ctx, event); err != nil {
			b.Fatal(err)
		}
	}
}
