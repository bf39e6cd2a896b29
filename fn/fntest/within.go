package fntest

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// defaultWithin is more than a request takes that is answered at all, and less than the
// ten minutes that a test binary has.
const defaultWithin = time.Minute

// Within bounds the time that each request of Same may take. The default is a minute, 0
// is no bound. A function that has not answered by then ends the test; its context is
// cancelled, and the test does not wait for it.
func Within(d time.Duration) Option {
	return func(s *settings) { s.within = d }
}

// sender sends requests one after the other from a goroutine of its own, which can be
// left behind when one is not answered.
type sender struct {
	client   *Client
	within   time.Duration
	cancel   context.CancelFunc
	requests chan Request
	answers  chan result // closed when the goroutine ends
	late     bool
}

type result struct {
	received received
	err      error
}

func newSender(c *Client, within time.Duration) *sender {
	s := &sender{client: c, within: within, requests: make(chan Request), answers: make(chan result, 1)}
	var ctx context.Context
	ctx, s.cancel = context.WithCancel(c.ctx)
	started := make(chan string)
	go s.run(ctx, started)
	c.senders = append(c.senders, <-started)
	return s
}

func (s *sender) run(ctx context.Context, started chan<- string) {
	defer close(s.answers) // a function can end the goroutine, as t.FailNow does
	started <- current()
	for r := range s.requests {
		got, err := s.client.receive(ctx, r)
		s.answers <- result{got, err}
	}
}

// errEnded says that there is nobody who would answer.
var errEnded = errors.New("the function has ended its goroutine, as t.FailNow and runtime.Goexit do")

// lateError says that there was no answer in time.
type lateError struct{ within time.Duration }

func (e *lateError) Error() string {
	return fmt.Sprintf("no answer within %v; leave a function that never ends by itself out by fntest.Start(fn.Select(…)), "+
		"or allow more time by fntest.Within(…)", e.within)
}

func (s *sender) send(r Request) (received, error) {
	s.requests <- r
	var late <-chan time.Time
	if s.within > 0 {
		timer := time.NewTimer(s.within)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case a, ok := <-s.answers:
		if !ok {
			s.late = true
			return received{}, errEnded
		}
		return a.received, a.err
	case <-late:
		s.late = true
		return received{}, &lateError{s.within}
	}
}

// stop ends the goroutine, and waits for it unless a function holds it.
func (s *sender) stop() {
	s.cancel()
	close(s.requests)
	if !s.late {
		<-s.answers
	}
}
