package fn_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestStopWaitsForGoroutinesOfRequests(t *testing.T) {
	release, finished := make(chan struct{}), false
	unit, _ := start(t, []fn.Function{fn.Raw("work.go", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		req.Go(func() { <-release; finished = true })
		return &fn.Reply{Status: 202}, nil
	}, fn.Route("POST /work"))})
	serve(t, unit, "work.go", source{})
	close(release)
	if err := unit.Stop(t.Context()); err != nil || !finished {
		t.Errorf("finished %v, %v", finished, err)
	}
}
