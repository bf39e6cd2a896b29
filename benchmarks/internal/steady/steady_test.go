package steady_test

import (
	"errors"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/steady"
)

// times is true n times.
func times(n int) func() bool {
	return func() bool { n--; return n >= 0 }
}

func TestWhatIsKeptIsSeen(t *testing.T) {
	var kept [][]byte
	grown, err := steady.Measure(func() error { kept = append(kept, make([]byte, 1024)); return nil }, times(1000))
	if err != nil || grown.Heap < 1000*1024 || grown.Goroutines != 0 {
		t.Errorf("got %+v, %v", grown, err)
	}
	if len(kept) != 2000 {
		t.Errorf("it was done %d times", len(kept))
	}
}

func TestAGoroutineThatStaysIsSeen(t *testing.T) {
	end := make(chan struct{})
	defer close(end)
	started := 0
	grown, err := steady.Measure(func() error {
		if started++; started > 1000 { // after the pools are full
			go func() { <-end }()
		}
		return nil
	}, times(3))
	if err != nil || grown.Goroutines != 3 {
		t.Errorf("got %+v, %v", grown, err)
	}
}

func TestWhatIsThrownAwayIsNotSeen(t *testing.T) {
	var last []byte
	grown, err := steady.Measure(func() error { last = make([]byte, 1024); return nil }, times(1000))
	if err != nil || grown.Heap > 64<<10 || grown.Goroutines != 0 {
		t.Errorf("got %+v, %v, and %d bytes", grown, err, len(last))
	}
}

func TestTheFirstErrorEndsIt(t *testing.T) {
	wrong := errors.New("wrong")
	if _, err := steady.Measure(func() error { return wrong }, times(1)); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
}

// Otherwise the end of a host would hide what its requests have left.
func TestWhatServesIsCountedBothTimes(t *testing.T) {
	server := make([]byte, 1<<20)
	grown, err := steady.Measure(func() error { server[0]++; return nil }, times(1000))
	if err != nil || grown.Heap < -64<<10 {
		t.Errorf("got %+v, %v", grown, err)
	}
}
