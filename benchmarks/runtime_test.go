package benchmarks

import (
	"testing"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// BenchmarkRuntime is an event to a running program and its answer, through the
// Runtime API: two HTTP requests of the runtime client, and what the program does
// between them. The smallest program, hello, has its turns in between: what it
// takes is the client's, and the rest is what the program adds.
func BenchmarkRuntime(b *testing.B) {
	if err := coldstart.Supported(); err != nil {
		b.Skip(err)
	}
	for _, workload := range []string{"get", "post1k"} {
		b.Run(workload, func(b *testing.B) {
			for _, p := range coldstart.Served(workload) {
				b.Run("contender="+p.Name, func(b *testing.B) { besideHello(b, p, coldstart.Hello(workload)) })
			}
		})
	}
}

// inOneGo is how many requests a program gets before the other has its turn.
const inOneGo = 20

func besideHello(b *testing.B, program, hello coldstart.Program) {
	took := make([]coldstart.Took, 2)
	running := []*coldstart.Running{serve(b, program), serve(b, hello)}
	goes := 0
	for b.Loop() {
		goes++
		for i, r := range running {
			one, err := r.Invoke(b.Context(), inOneGo)
			if err != nil {
				b.Fatal(err)
			}
			took[i].Time += one.Time
			took[i].CPU += one.CPU
		}
	}
	report := func(d time.Duration, unit string) { b.ReportMetric(float64(d)/float64(goes*inOneGo), unit) }
	report(took[0].Time, "ns/op")
	report(took[0].CPU, "cpu-ns/op")
	report(took[0].Time-took[1].Time, "added-ns/op")
	report(took[0].CPU-took[1].CPU, "added-cpu-ns/op")
}

func serve(b *testing.B, p coldstart.Program) *coldstart.Running {
	b.Helper()
	binary, err := p.Build(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	r, err := binary.Serve(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(r.Stop)
	return r
}
