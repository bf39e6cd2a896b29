package fn_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// A function's own answer is never tried again, whatever its code says.
func TestAnAnswerIsNotTriedAgain(t *testing.T) {
	tr := serving(t, twice.With(func(context.Context, depthIn) (depthOut, error) {
		return depthOut{}, fn.Errorf(fn.Unavailable, "closed on Mondays")
	}))
	_, err := from(t.Context(), tr, twice, depthIn{})
	if fn.CodeOf(err) != fn.Unavailable || errors.Is(err, fn.ErrRemote) || tr.tries != 1 {
		t.Errorf("got %v after %d tries", err, tr.tries)
	}
}

func TestTryingAgainEndsWithTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
		defer cancel()
		tr := &transport{carry: func(context.Context, string, []byte) ([]byte, error) { return nil, io.ErrUnexpectedEOF }}
		begin := time.Now()
		if _, err := from(ctx, tr, twice, depthIn{}); !errors.Is(err, fn.ErrRemote) || fn.CodeOf(err) != fn.Unavailable {
			t.Errorf("got %v", err)
		}
		// The second delay, of 50 ms at least, is not waited for: nobody would be there any more.
		if took := time.Since(begin); took >= 60*time.Millisecond || tr.tries > 2 {
			t.Errorf("%d tries in %v", tr.tries, took)
		}
	})
}

func TestACallThatSucceedsTheSecondTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := serving(t, twice.With(func(context.Context, depthIn) (depthOut, error) { return depthOut{"here"}, nil }))
		carry := tr.carry
		tr.carry = func(ctx context.Context, function string, payload []byte) ([]byte, error) {
			if tr.tries == 1 {
				return nil, errors.New("connection reset")
			}
			return carry(ctx, function, payload)
		}
		if out, err := from(t.Context(), tr, twice, depthIn{}); err != nil || out.Path != "here" || tr.tries != 2 {
			t.Errorf("got %v, %v after %d tries", out, err, tr.tries)
		}
	})
}

// While a call waits to be sent again, its caller can go away.
func TestACallerGoesAwayBetweenTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(10*time.Millisecond, cancel)
		tr := &transport{carry: func(context.Context, string, []byte) ([]byte, error) { return nil, errors.New("refused") }}
		_, err := from(ctx, tr, twice, depthIn{})
		if fn.CodeOf(err) != fn.Canceled || !errors.Is(err, fn.ErrRemote) || tr.tries != 1 {
			t.Errorf("got %v after %d tries", err, tr.tries)
		}
	})
}
