package benchmarks_test

import (
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/calling"
)

// within runs body in a request, in which it can call.
func within(tb testing.TB, w calling.Way, body func(call func() error)) {
	tb.Helper()
	if err := w.Within(tb.Context(), body); err != nil {
		tb.Fatalf("%s: %v", w.Name, err)
	}
}

func TestEveryCallIsRight(t *testing.T) {
	for _, w := range calling.Ways() {
		called := false
		within(t, w, func(call func() error) {
			called = true
			if err := call(); err != nil {
				t.Errorf("%s: %v", w.Name, err)
			}
		})
		if !called {
			t.Errorf("%s: nothing was called", w.Name)
		}
	}
}

// BenchmarkCalls is a call within a request, beside the function alone.
func BenchmarkCalls(b *testing.B) {
	for _, w := range calling.Ways() {
		b.Run("contender="+w.Name, func(b *testing.B) {
			within(b, w, func(call func() error) {
				b.ReportAllocs()
				for b.Loop() {
					if err := call(); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
