package fn_test

import (
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// BenchmarkInvoke dispatches by name, whatever the number of functions.
func BenchmarkInvoke(b *testing.B) {
	for _, n := range []int{10, 200, 500} {
		unit := large(n).MustStart(b.Context())
		name := fmt.Sprintf("group%d.f%d", n/10, n/2)
		payload := []byte(`{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8"}`)
		b.Run(fmt.Sprintf("%d functions", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := unit.Host("test").Invoke(b.Context(), name, &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON(payload)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
