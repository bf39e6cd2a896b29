package benchmarks_test

import (
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/steady"
)

// heapBound is by how many bytes the heap may differ between two moments at which
// nothing is going on: less than one for each of 100,000 requests. A quiet process
// differs by some hundred.
const heapBound = 64 << 10

// TestSteadyState answers many requests on every host and looks whether anything
// of them stays: memory or goroutines.
func TestSteadyState(t *testing.T) {
	n := 100_000
	if testing.Short() || raceEnabled {
		n = 5000
	}
	for _, h := range steady.Hosts() {
		left := n
		grown := stays(t, h, func() bool { left--; return left >= 0 })
		if grown.Heap > heapBound || grown.Goroutines > 0 {
			t.Errorf("%s: %d requests left %d bytes of heap and %d goroutines", h.Name, n, grown.Heap, grown.Goroutines)
		}
	}
}

// BenchmarkSteady reports what stays after the requests. It means something with
// -benchtime=100000x.
func BenchmarkSteady(b *testing.B) {
	for _, h := range steady.Hosts() {
		b.Run("contender="+h.Name, func(b *testing.B) {
			grown := stays(b, h, b.Loop)
			b.ReportMetric(float64(grown.Heap), "grown-B")
			b.ReportMetric(float64(grown.Goroutines), "grown-goroutines")
		})
	}
}

// stays is what requests to the host leave behind, as long as there are more.
func stays(tb testing.TB, h steady.Host, more func() bool) (grown steady.Growth) {
	tb.Helper()
	err := h.Within(tb.Context(), func(do func() error) {
		var err error
		if grown, err = steady.Measure(do, more); err != nil {
			tb.Errorf("%s: %v", h.Name, err)
		}
	})
	if err != nil {
		tb.Fatalf("%s: %v", h.Name, err)
	}
	return grown
}
