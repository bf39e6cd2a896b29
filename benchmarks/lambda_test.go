package benchmarks_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

func event(tb testing.TB, format awsevent.Format, w work.Request) []byte {
	tb.Helper()
	data, err := frontdoor.Event(format, w)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func TestEveryLambdaContenderIsRight(t *testing.T) {
	for _, format := range frontdoor.Formats() {
		for _, c := range contender.OnLambda(format) {
			t.Run(string(format)+"/"+c.Name, func(t *testing.T) {
				h := c.New(standard)
				for _, w := range work.Requests() {
					answer, err := h.Invoke(context.Background(), event(t, format, w))
					if err != nil {
						t.Fatalf("%s: %v", w.Name, err)
					}
					got, err := awsevent.ReadResponse(format, answer)
					if err != nil {
						t.Fatalf("%s: %v", w.Name, err)
					}
					if err := w.Check(got.Status, got.Body); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
}

// BenchmarkLambda is Invoke, bytes to bytes.
func BenchmarkLambda(b *testing.B) {
	for _, format := range frontdoor.Formats() {
		for _, w := range work.Requests() {
			for _, c := range contender.OnLambda(format) {
				b.Run(string(format)+"/"+w.Name+"/contender="+c.Name, func(b *testing.B) {
					h, e := c.New(standard), event(b, format, w)
					b.ReportAllocs()
					for b.Loop() {
						if _, err := h.Invoke(context.Background(), e); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
