package fn

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/internal/dice"
)

// What waits for the end of a context does not hold up who ends it.
func TestWhatComesAfterATimedContextHasItsOwnGoroutine(t *testing.T) {
	t.Parallel()
	c := &timedContext{}
	c.start(t.Context(), time.Time{}, time.Time{})
	ran, free := make(chan struct{}), make(chan struct{})
	for range 2 {
		context.AfterFunc(c, func() {
			ran <- struct{}{}
			<-free
		})
	}
	c.cancel()
	<-ran
	<-ran
	close(free)
}

// A stream whose context has ended by the time it is released is a late answer.
func TestAStreamThatComesTooLateIsTheTimeouts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := &timedRun{req: &Request{}, reply: &Reply{Stream: io.NopCloser(strings.NewReader("late"))}}
		a.start(t.Context(), time.Now().Add(time.Second), time.Time{})
		if a.tooLate(&a.timedContext) {
			t.Error("it is late before its time is up")
		}
		time.Sleep(time.Minute)
		if a.Err() != nil {
			t.Errorf("its time was not taken away: %v", a.Err())
		}
		a.cancel()
		late := &timedRun{req: &Request{}, reply: a.reply}
		late.start(t.Context(), time.Now().Add(time.Second), time.Time{})
		time.Sleep(time.Minute)
		if !late.tooLate(&late.timedContext) || !errors.Is(late.Err(), context.DeadlineExceeded) {
			t.Errorf("it is in time: %v", late.Err())
		}
	})
}

// A context under a timeout that is made of a request's own needs no goroutine to
// learn of its end.
func TestARequestsContextTellsItsEndWithoutAGoroutine(t *testing.T) {
	t.Parallel()
	parent, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	stop := (&requestContext{childContext: childContext{parent}}).AfterFunc(func() { close(ended) })
	cancel()
	<-ended
	if stop() {
		t.Error("it stops what has run")
	}
	var _ interface{ AfterFunc(func()) func() bool } = (*requestContext)(nil)
}

// twin is a context with what hangs on it.
type twin struct {
	context.Context
	cancel func()
	child  context.Context
	done   func()
	ran    atomic.Int32
	stops  []func() bool
}

func (w *twin) grow(ctx context.Context, cancel func()) {
	w.Context, w.cancel = ctx, cancel
	w.child, w.done = context.WithCancel(ctx)
	w.stops = append(w.stops, context.AfterFunc(ctx, func() { w.ran.Add(1) }), context.AfterFunc(w.child, func() { w.ran.Add(1) }))
}

func (w *twin) String() string {
	end, ok := w.Deadline()
	done := false
	select {
	case <-w.Done():
		done = true
	default:
	}
	return fmt.Sprint(w.Err(), done, end, ok, w.child.Err(), context.Cause(w.child), w.ran.Load())
}

// As long as its time is not taken away, a timed context is one of context.WithDeadline.
func TestATimedContextIsOneWithADeadline(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		d := dice.New(seed)
		synctest.Test(t, func(t *testing.T) {
			parent, cancelParent := context.WithCancelCause(context.Background())
			defer cancelParent(nil)
			if d.OneIn(2) {
				timed, cancel := context.WithTimeout(parent, time.Duration(d.Between(1, 10))*time.Second+time.Millisecond)
				defer cancel()
				parent = timed
			}
			own := time.Now().Add(time.Duration(d.Between(1, 10)) * time.Second) // Run starts none that is over
			var got, want twin
			c := &timedContext{}
			c.start(parent, own, time.Time{})
			got.grow(c, c.cancel)
			want.grow(context.WithDeadline(parent, own))
			defer got.done()
			defer got.cancel()
			defer want.done()
			defer want.cancel()
			var script []string
			for range 6 {
				switch op := d.IntN(4); op {
				case 0, 1:
					pause := time.Duration(d.Between(1, 3)) * time.Second
					script = append(script, pause.String())
					time.Sleep(pause)
				case 2:
					if d.OneIn(2) {
						script = append(script, "cancel")
						got.cancel()
						want.cancel()
						break
					}
					script = append(script, "cancel the parent")
					cancelParent(io.ErrUnexpectedEOF)
				case 3:
					i := d.IntN(2)
					script = append(script, "stop "+strconv.Itoa(i))
					synctest.Wait()
					if a, b := got.stops[i](), want.stops[i](); a != b {
						t.Errorf("seed %d: %v: stops %v, want %v", seed, script, a, b)
					}
				}
				synctest.Wait()
				if got.String() != want.String() {
					t.Fatalf("seed %d: %v: got %s, want %s", seed, script, &got, &want)
				}
			}
		})
	}
}

// A time that is taken away does not come, and what stands around it still does.
func TestATimeThatIsTakenAway(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		own, end, parent time.Duration // 0: none
		lift             time.Duration // when it is taken away
		lifted           bool
		ended            time.Duration // 0: never
	}{
		"before it comes":                {own: 2, lift: 1, lifted: true},
		"when it has come":               {own: 1, lift: 2, ended: 1},
		"before its end":                 {own: 2, end: 3, lift: 1, lifted: true, ended: 3},
		"when its end has come":          {own: 3, end: 1, lift: 2, ended: 1},
		"before its parent's":            {own: 2, parent: 3, lift: 1, lifted: true, ended: 3},
		"when its parent's has come":     {own: 3, parent: 1, lift: 2, lifted: true, ended: 1},
		"where there is none":            {lift: 1, lifted: true},
		"where there is none but an end": {end: 2, lift: 1, lifted: true, ended: 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				at := func(d time.Duration) (end time.Time) {
					if d > 0 {
						end = begin.Add(d * time.Second)
					}
					return end
				}
				parent := context.Background()
				if test.parent > 0 {
					timed, cancel := context.WithDeadline(parent, at(test.parent))
					defer cancel()
					parent = timed
				}
				c := &timedContext{}
				c.start(parent, at(test.own), at(test.end))
				var ended atomic.Int64
				c.AfterFunc(func() { ended.Store(int64(time.Since(begin))) })
				time.Sleep(test.lift * time.Second)
				synctest.Wait()
				if lifted := liftTimeout(c); lifted != test.lifted {
					t.Errorf("it was taken away: %v", lifted)
				}
				if end, ok := c.Deadline(); test.lifted && (ok != (test.ended > 0) || ok && !end.Equal(at(test.ended))) {
					t.Errorf("the deadline is %v, %v", end.Sub(begin), ok)
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				if got := ended.Load(); got != int64(test.ended*time.Second) {
					t.Errorf("it ended after %v, want %v", time.Duration(got), test.ended*time.Second)
				}
				c.cancel()
			})
		})
	}
}
