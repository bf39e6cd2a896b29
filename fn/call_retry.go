package fn

import (
	"context"
	"time"

	"github.com/cenkalti/backoff/v5"

	"github.com/anygrain/anygrain/fn/internal/wire"
)

// How a call of an idempotent contract is tried again: 4 times at most, after
// 50, 100 and 200 ms on average, each drawn at random from half to one and a
// half of that (the backoff library's jitter).
const (
	maxTries     = 4
	firstBackoff = 50 * time.Millisecond
	backoffStep  = 2
)

// send sends the call until there is an answer; once, unless the contract is
// idempotent.
func (d *declaration) send(ctx context.Context, t Transport, c *wire.Call) (*wire.Answer, *Error) {
	if !d.idempotent {
		answer, failure := d.sendOnce(ctx, t, c)
		return answer, failure
	}
	var last *Error
	answer, err := backoff.Retry(ctx, func() (*wire.Answer, error) {
		answer, failure := d.sendOnce(ctx, t, c)
		if last = failure; failure == nil {
			return answer, nil
		}
		if failure.code != Unavailable {
			return nil, backoff.Permanent(failure)
		}
		return nil, failure
	}, backoff.WithMaxTries(maxTries), backoff.WithBackOff(retryDelays(ctx)))
	switch {
	case err == nil:
		return answer, nil
	case ctx.Err() != nil: // while it waited, it may be
		return nil, noAnswerError(ctx, d.name, last)
	}
	return nil, last
}

// retryDelays ends with the first delay that would pass the deadline: nobody would
// be there for what comes of another try.
func retryDelays(ctx context.Context) backoff.BackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.Multiplier = firstBackoff, backoffStep
	return &delaysWithin{b, ctx}
}

// delaysWithin are delays that do not pass the deadline of a context.
type delaysWithin struct {
	backoff.BackOff
	ctx context.Context
}

// NextBackOff implements backoff.BackOff.
func (d *delaysWithin) NextBackOff() time.Duration {
	delay := d.BackOff.NextBackOff()
	if end, ok := d.ctx.Deadline(); ok && time.Until(end) <= delay {
		return backoff.Stop
	}
	return delay
}
