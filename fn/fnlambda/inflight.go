package fnlambda

import (
	"context"
	"sync"
)

// inFlight counts the events that are being handled.
type inFlight struct {
	mu    sync.Mutex
	count int
	empty chan struct{} // made by wait, closed when the last one ends
}

func (f *inFlight) begin() {
	f.mu.Lock()
	f.count++
	f.mu.Unlock()
}

func (f *inFlight) end() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count--
	if f.count == 0 && f.empty != nil {
		close(f.empty)
		f.empty = nil
	}
}

// wait waits until no event is handled any more, or ctx ends.
func (f *inFlight) wait(ctx context.Context) {
	f.mu.Lock()
	if f.count == 0 {
		f.mu.Unlock()
		return
	}
	if f.empty == nil {
		f.empty = make(chan struct{})
	}
	empty := f.empty
	f.mu.Unlock()
	select {
	case <-empty:
	case <-ctx.Done():
	}
}
