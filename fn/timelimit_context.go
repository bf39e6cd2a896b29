package fn

import (
	"context"
	"sync"
	"time"
)

// timedContext is the context of a function whose time is limited. It is one of
// context.WithDeadline but for this: the function's own time can be taken away, when
// its response begins.
type timedContext struct {
	context.Context // the parent: its values, and its end

	mu      sync.Mutex
	own     time.Time // when the function's time is up; zero: never, or taken away
	end     time.Time // when it ends in any case; zero: with its parent
	expired bool      // one of both came
	err     error
	done    chan struct{}
	timer   *time.Timer
	unhook  func() bool
	after   map[*func()]struct{}
}

type timedKey struct{}

// start begins the context, which ends at the earlier of both times.
func (c *timedContext) start(parent context.Context, own, end time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Context, c.own, c.end, c.done = parent, own, end, make(chan struct{})
	if next := c.next(); !next.IsZero() {
		c.timer = time.AfterFunc(time.Until(next), c.expire)
	}
	c.unhook = context.AfterFunc(parent, func() { c.endWith(parent.Err()) })
}

// next is the earlier of both times.
func (c *timedContext) next() time.Time {
	if c.own.IsZero() || !c.end.IsZero() && c.end.Before(c.own) {
		return c.end
	}
	return c.own
}

// expire ends the context if its time is up.
func (c *timedContext) expire() {
	c.mu.Lock()
	if next := c.next(); next.IsZero() || time.Now().Before(next) || c.err != nil {
		c.mu.Unlock()
		return
	}
	c.expired = true
	c.endAndUnlock(context.DeadlineExceeded)
}

// endWith ends the context for another reason than its time.
func (c *timedContext) endWith(err error) {
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.endAndUnlock(err)
}

// endAndUnlock ends the context, unlocks it, and runs what waits for its end.
func (c *timedContext) endAndUnlock(err error) {
	c.err = err
	close(c.done)
	if c.timer != nil {
		c.timer.Stop()
	}
	after := c.after
	c.after = nil
	c.mu.Unlock()
	for f := range after {
		go (*f)() // as context.AfterFunc promises: who ends the context waits for nobody
	}
}

// cancel gives the context up when nobody needs it any more.
func (c *timedContext) cancel() {
	c.unhook()
	c.endWith(context.Canceled)
}

// lift takes the function's own time away, unless it is up.
func (c *timedContext) lift() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.expired {
		return false
	}
	c.own = time.Time{}
	if c.timer != nil && !c.end.IsZero() {
		c.timer.Reset(time.Until(c.end))
	} else if c.timer != nil {
		c.timer.Stop()
	}
	return true
}

// isExpired reports whether the function's time was up.
func (c *timedContext) isExpired() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.expired
}

// endsWithin reports whether the function's own time is up by then.
func (c *timedContext) endsWithin(d time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.own.IsZero() && !c.own.After(time.Now().Add(d))
}

// deadline is when a function that does not heed its context is given up.
func (c *timedContext) deadline() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.next()
}

// Deadline implements context.Context.
func (c *timedContext) Deadline() (time.Time, bool) {
	next := c.deadline()
	parents, ok := c.Context.Deadline()
	if next.IsZero() || ok && parents.Before(next) {
		return parents, ok
	}
	return next, true
}

// Done implements context.Context.
func (c *timedContext) Done() <-chan struct{} { return c.done }

// Err implements context.Context.
func (c *timedContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Value implements context.Context.
func (c *timedContext) Value(key any) any {
	if key == (timedKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// AfterFunc lets contexts that are made of this one learn of its end without a
// goroutine; see context.AfterFunc.
func (c *timedContext) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	ended := c.err != nil
	if !ended {
		if c.after == nil {
			c.after = map[*func()]struct{}{}
		}
		c.after[&f] = struct{}{}
	}
	c.mu.Unlock()
	if ended {
		go f()
		return func() bool { return false }
	}
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		_, waits := c.after[&f]
		delete(c.after, &f)
		return waits
	}
}

// liftTimeout takes the own time of the function, and of what stands around it, away:
// its response begins. It is false when that was up before.
func liftTimeout(ctx context.Context) bool {
	for {
		c, ok := ctx.Value(timedKey{}).(*timedContext)
		if !ok {
			return true
		}
		if !c.lift() {
			return false
		}
		ctx = c.Context
	}
}
