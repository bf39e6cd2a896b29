package fnlambda

import (
	"context"
	"sync"
)

// gate counts the events that are being handled.
type gate struct {
	mu     sync.Mutex
	inside int
	empty  chan struct{} // made by drain, closed when the last one leaves
}

func (g *gate) enter() {
	g.mu.Lock()
	g.inside++
	g.mu.Unlock()
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.inside == 0 && g.empty != nil {
		close(g.empty)
		g.empty = nil
	}
}

// drain waits until nothing is inside or ctx ends.
func (g *gate) drain(ctx context.Context) {
	g.mu.Lock()
	if g.inside == 0 {
		g.mu.Unlock()
		return
	}
	if g.empty == nil {
		g.empty = make(chan struct{})
	}
	empty := g.empty
	g.mu.Unlock()
	select {
	case <-empty:
	case <-ctx.Done():
	}
}
