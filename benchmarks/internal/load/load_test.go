package load_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/load"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

func TestRun(t *testing.T) {
	var seen atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { seen.Add(1) }))
	defer server.Close()
	begin := time.Now()
	got, err := load.Run(t.Context(), server.URL, work.Requests()[0], 3, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if most := float64(seen.Load()) / 0.05; got.PerSecond <= 0 || got.PerSecond > most {
		t.Errorf("%f per second of at most %f", got.PerSecond, most)
	}
	if got.P99 <= 0 || got.P99 > time.Since(begin) {
		t.Errorf("99 %% within %v", got.P99)
	}
}

func TestAWrongStatusIsAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	if got, err := load.Run(t.Context(), server.URL, work.Requests()[0], 1, time.Minute); err == nil {
		t.Errorf("got %+v", got)
	}
}
