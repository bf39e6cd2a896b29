package serving_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
	"github.com/anygrain/anygrain/benchmarks/internal/serving"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func TestServers(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	binary := gotool.Path(t.TempDir(), "server")
	if err := gotool.Build(t.Context(), binary, "internal/programs/server", gotool.How{}); err != nil {
		t.Fatal(err)
	}
	t.Run("every answer is right", func(t *testing.T) { answers(t, binary) })
	t.Run("every loader sends what the workload says", func(t *testing.T) { loads(t, binary) })
	t.Run("a server that cannot start says why", func(t *testing.T) {
		if _, err := serving.Start(t.Context(), binary, "nobody"); err == nil || !strings.Contains(err.Error(), "no contender") {
			t.Errorf("got %v", err)
		}
	})
}

func answers(t *testing.T, binary string) {
	for _, c := range contender.OverHTTP() {
		s := start(t, binary, c.Name)
		for _, w := range work.Requests() {
			if err := s.Check(t.Context(), w); err != nil {
				t.Errorf("%s: %v", c.Name, err)
			}
		}
	}
}

func loads(t *testing.T, binary string) {
	s := start(t, binary, "byhand")
	own, err := serving.Own(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	loaders := []serving.Loader{own}
	if _, err := exec.LookPath("wrk"); err == nil {
		loaders = append(loaders, serving.Wrk(t.TempDir()))
	}
	for _, l := range loaders {
		for _, name := range []string{"get", "post1k"} {
			w, _ := work.Named(name)
			got, err := l.Load(t.Context(), s.URL, w, 100*time.Millisecond)
			if err != nil || got.PerSecond <= 0 || got.P99 <= 0 {
				t.Errorf("%s, %s: %+v, %v", l.Name, name, got, err)
			}
		}
	}
}

func start(t *testing.T, binary, name string) *serving.Server {
	t.Helper()
	s, err := serving.Start(context.Background(), binary, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}
