package dev

import (
	"context"
	"errors"
	"strconv"
)

// concurrency is how many events the process of a unit handles at once: the
// runtime client asks for the next one in as many goroutines (Lambda Managed
// Instances; AWS_LAMBDA_MAX_CONCURRENCY).
const concurrency = 32

var concurrencyText = strconv.Itoa(concurrency)

// errThrottled is what an invoke gets when all slots are taken.
var errThrottled = errors.New("all slots of the unit are taken")

// slots bound the events that a unit has at a time. Requests from outside wait
// for theirs and may hold half of them, so that the calls that they lead to
// find room, also in their own unit. Calls never wait: whoever holds a slot
// while waiting for another could wait for itself.
type slots struct {
	all, outside chan struct{}
}

func newSlots(n int) *slots {
	return &slots{all: make(chan struct{}, n), outside: make(chan struct{}, (n+1)/2)}
}

// call takes a slot for a call of another unit, or returns errThrottled.
func (s *slots) call() (release func(), err error) {
	select {
	case s.all <- struct{}{}:
		return func() { <-s.all }, nil
	default:
		return nil, errThrottled
	}
}

// request takes a slot for a request from outside as soon as there is one.
func (s *slots) request(ctx context.Context) (release func(), err error) {
	select {
	case s.outside <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case s.all <- struct{}{}:
		return func() { <-s.all; <-s.outside }, nil
	case <-ctx.Done():
		<-s.outside
		return nil, ctx.Err()
	}
}

// request takes a slot for a request from outside. A unit whose events are all
// without an answer has none for long: then it is as busy as Lambda can be.
func (w *worker) request(ctx context.Context) (release func(), err error) {
	waiting, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	release, err = w.slots.request(waiting)
	if err != nil && ctx.Err() == nil {
		w.own.printf("%s has no slot for a request: %d events have got no answer", w.unit.Name, cap(w.slots.outside))
		return nil, errThrottled
	}
	return release, err
}
