// Package steady looks whether requests leave anything behind.
package steady

import (
	"runtime"
	"time"
)

// Growth is what is there after some requests and was not there before.
type Growth struct {
	Heap       int64 // bytes in use after a collection
	Goroutines int
}

// warm is how many requests fill the pools and caches before anything is measured.
const warm = 1000

// Measure does it as long as there is more to do.
func Measure(do func() error, more func() bool) (Growth, error) {
	for range warm {
		if err := do(); err != nil {
			return Growth{}, err
		}
	}
	before := settled(0)
	for more() {
		if err := do(); err != nil {
			return Growth{}, err
		}
	}
	after := settled(before.Goroutines)
	runtime.KeepAlive(do) // what serves is not to be collected before it is counted
	return Growth{after.Heap - before.Heap, after.Goroutines - before.Goroutines}, nil
}

// settled is what is there once that has ended which is about to. Nothing tells
// when a goroutine has: more of them than there were are waited for.
func settled(goroutines int) Growth {
	for deadline := time.Now().Add(time.Second); goroutines > 0 && runtime.NumGoroutine() > goroutines && time.Now().Before(deadline); {
		runtime.Gosched()
	}
	for range 3 { // what a pool keeps is gone after two
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return Growth{int64(m.HeapAlloc), runtime.NumGoroutine()}
}
