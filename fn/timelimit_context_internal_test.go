package fn

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
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
