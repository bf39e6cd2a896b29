package router_test

import (
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/internal/router"
)

func manyRoutes(n int) []string {
	patterns := make([]string, n)
	for i := range patterns {
		patterns[i] = fmt.Sprintf("GET /service%d/items/{id}", i)
	}
	return patterns
}

func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{10, 500} {
		r := newRouter(b, manyRoutes(n)...)
		path := fmt.Sprintf("/service%d/items/42", n/2)
		b.Run(fmt.Sprintf("%d routes", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if m := r.Match("GET", path, ""); m.PathValue("id") != "42" {
					b.Fatal("not found")
				}
			}
		})
		b.Run(fmt.Sprintf("%d routes, not found", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if m := r.Match("GET", "/nowhere", ""); m.Status != 404 {
					b.Fatal("found")
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	rs := routes(manyRoutes(500))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := router.New(rs); err != nil {
			b.Fatal(err)
		}
	}
}

// A found route costs the slice of values inside ServeMux and nothing of ours.
func TestMatchAllocates(t *testing.T) {
	r := newRouter(t, manyRoutes(20)...)
	got := testing.AllocsPerRun(200, func() { r.Match("GET", "/service7/items/42", "") })
	if got > 1 {
		t.Errorf("Match allocates %v times, want once at most", got)
	}
}
