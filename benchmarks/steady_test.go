package benchmarks_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/calling"
	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/steady"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// heapBound is by how many bytes the heap may differ between two moments at which
// nothing is going on: pools keep some, and the collector is not exact. Three
// bytes that each of 100,000 requests leaves are more.
const heapBound = 256 << 10

// TestSteadyState answers many requests on every host and looks whether anything
// of them stays: memory or goroutines.
func TestSteadyState(t *testing.T) {
	n := 100_000
	if testing.Short() || raceEnabled {
		n = 5000
	}
	for _, h := range steadyHosts() {
		t.Run(h.name, func(t *testing.T) {
			h.within(t, func(do func() error) {
				left := n
				grown, err := steady.Measure(do, func() bool { left--; return left >= 0 })
				if err != nil {
					t.Error(err)
				}
				if grown.Heap > heapBound || grown.Goroutines > 0 {
					t.Errorf("%d requests left %d bytes of heap and %d goroutines", n, grown.Heap, grown.Goroutines)
				}
			})
		})
	}
}

// BenchmarkSteady reports what stays after the requests. It means something with
// -benchtime=100000x.
func BenchmarkSteady(b *testing.B) {
	for _, h := range steadyHosts() {
		b.Run("contender="+h.name, func(b *testing.B) {
			h.within(b, func(do func() error) {
				grown, err := steady.Measure(do, b.Loop)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(grown.Heap), "grown-B")
				b.ReportMetric(float64(grown.Goroutines), "grown-goroutines")
			})
		})
	}
}

// steadyHost is a host; within it, do answers one request.
type steadyHost struct {
	name   string
	within func(tb testing.TB, body func(do func() error))
}

func steadyHosts() []steadyHost {
	hosts := []steadyHost{
		{"http", overHTTP(contender.Anygrain)},
		{"http-default", overHTTP(contender.AnygrainDefault)},
	}
	for _, format := range frontdoor.Formats() {
		hosts = append(hosts, steadyHost{string(format), func(tb testing.TB, body func(do func() error)) {
			h, e := contender.AnygrainLambda(standard), event(tb, format, work.Requests()[0])
			body(func() error {
				_, err := h.Invoke(context.Background(), e)
				return err
			})
		}})
	}
	for _, w := range calling.Ways()[1:] {
		hosts = append(hosts, steadyHost{"call-" + w.Name, func(tb testing.TB, body func(do func() error)) { within(tb, w, body) }})
	}
	return hosts
}

// overHTTP answers by a handler.
func overHTTP(handler func(routes int) http.Handler) func(testing.TB, func(func() error)) {
	return func(tb testing.TB, body func(do func() error)) {
		h, r, n := handler(standard), request(work.Requests()[0]), &null{header: http.Header{}}
		body(func() error {
			clear(n.header)
			h.ServeHTTP(n, r.Clone(tb.Context()))
			return nil
		})
	}
}
