package benchmarks_test

import (
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// BenchmarkRuntime is an event to a running program and its answer, through the
// Runtime API: two HTTP requests of the runtime client, and what the program does
// between them. The smallest program, hello, shows what of it is the client's.
func BenchmarkRuntime(b *testing.B) {
	if err := coldstart.Supported(); err != nil {
		b.Skip(err)
	}
	for _, p := range coldstart.Started() {
		b.Run("contender="+p.Name, func(b *testing.B) {
			binary, err := p.Build(b.Context(), b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			invoke, stop, err := binary.Serve(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			defer stop()
			for b.Loop() {
				if err := invoke(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
