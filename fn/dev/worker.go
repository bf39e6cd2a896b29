package dev

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/anygrain/anygrain/fn/grain"
)

// worker keeps the process of a unit running, and hands it events.
type worker struct {
	unit    grain.Unit
	name    string // of the Lambda function
	arn     string
	binary  string
	env     []string
	dir     string
	timeout time.Duration // of an invoke
	grace   time.Duration
	log     *source // what the process writes
	own     *source // what is to be said about it
	slots   *slots

	first   chan struct{} // closed when the first process takes events, or will not
	settled func()        // closes first, once

	mu       sync.Mutex
	process  *process      // that takes events; nil between two
	broken   *ending       // of the last one, which never took events; nil when it is worth waiting
	last     ending        // of the process before this one
	changed  chan struct{} // closed when process and broken change
	closed   bool          // no invoke is taken any more
	invoking sync.WaitGroup
}

// newWorker returns the worker of a unit. What depends on the deployment is set later.
func newWorker(u grain.Unit, log, own *source) *worker {
	w := &worker{unit: u, log: log, own: own, slots: newSlots(concurrency), first: make(chan struct{}), changed: make(chan struct{})}
	w.settled = sync.OnceFunc(func() { close(w.first) })
	return w
}

// The delay before a process is started again. It doubles while they end soon.
const (
	firstDelay = 100 * time.Millisecond
	mostDelay  = 10 * time.Second
	longLife   = 10 * time.Second // after which the delay is the first again
)

// delays counts them.
type delays struct{ next time.Duration }

// after returns the delay after a process that lived so long.
func (d *delays) after(life time.Duration) time.Duration {
	if d.next == 0 || life >= longLife {
		d.next = firstDelay
	}
	now := d.next
	d.next = min(2*d.next, mostDelay)
	return now
}

// run keeps a process running until ctx ends and the last one has exited.
func (w *worker) run(ctx context.Context) {
	defer w.settled()
	for d := (delays{}); ctx.Err() == nil; {
		began := time.Now()
		end := w.once(ctx)
		if ctx.Err() != nil || end.permanent() {
			return
		}
		delay := d.after(time.Since(began))
		w.tell(end, delay)
		pause(ctx, delay)
	}
}

// once runs one process to its end.
func (w *worker) once(ctx context.Context) ending {
	p := newProcess(ctx)
	var watch sync.WaitGroup
	watch.Go(func() {
		if p.api.Ready(p.alive) == nil {
			w.ready(p)
		}
	})
	w.set(p, nil)
	end := p.run(w.command(ctx))
	w.log.flush()
	w.end(p, end)
	watch.Wait()
	w.settled()
	return end
}

// set changes what invokes find, and wakes those that wait.
func (w *worker) set(p *process, broken *ending) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.process, w.broken = p, broken
	w.wake()
}

// wake is called with mu held.
func (w *worker) wake() {
	close(w.changed)
	w.changed = make(chan struct{})
}

// end notes how the process ended before anyone is told that it has.
func (w *worker) end(p *process, e ending) {
	w.mu.Lock()
	w.process, w.broken, w.last = nil, nil, e
	if !e.ready {
		w.broken = &e
	}
	w.wake()
	w.mu.Unlock()
	p.exit()
}

// ready is told that the process takes events.
func (w *worker) ready(p *process) {
	w.mu.Lock()
	again := w.last.status != nil && w.process == p
	w.mu.Unlock()
	if again {
		w.own.printf("%s runs again", w.unit.Name)
	}
	w.settled()
}

// tell says how a process ended and what comes next.
func (w *worker) tell(e ending, delay time.Duration) {
	switch {
	case e.ready:
		w.own.printf("%s crashed: %v; it is started again in %v", w.unit.Name, e.status, delay)
	case e.report != nil:
		w.own.printf("%s cannot start: %s; it is tried again in %v", w.unit.Name, reported(e.report), delay)
	default:
		w.own.printf("%s ended before it took an event: %v; it is tried again in %v", w.unit.Name, e.status, delay)
	}
}

// ServeHTTP is the Runtime API of the process that runs.
func (w *worker) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	p := w.process
	w.mu.Unlock()
	if p == nil {
		http.Error(rw, "no process of the unit runs", http.StatusServiceUnavailable)
		return
	}
	p.api.ServeHTTP(rw, r)
}

// pause waits.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
