package fntest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// ending is a test that notes what ends it.
type ending struct {
	testing.TB
	why string
}

func (*ending) Helper() {}
func (e *ending) Fatalf(format string, args ...any) {
	e.why = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// sendAll sends the requests as Same does to one host, in a bubble, where nobody waits
// for a minute. It returns what ended the test.
func sendAll(t *testing.T, host string, within time.Duration, handler func(context.Context, struct{}) (string, error)) (why string, all []outcome) {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("live.events", handler, fn.Route("GET /events"), fn.NoTimeout()))
	c, err := Open(t.Context(), app, Hosts(host))
	if err != nil {
		t.Fatal(err)
	}
	e := &ending{}
	c.tb = e
	over := make(chan struct{})
	go func() {
		defer close(over)
		all = answers(c, []Request{Get("/other"), Get("/events?all")}, within)
	}()
	<-over
	if err := c.Close(context.Background()); err != nil {
		t.Error(err)
	}
	return e.why, all
}

func TestSameDoesNotWaitForWhatNeverAnswers(t *testing.T) {
	for _, host := range []string{Direct, "http", "lambda/http-2.0", "grain/function"} {
		synctest.Test(t, func(t *testing.T) {
			release := make(chan struct{})
			defer close(release)
			why, _ := sendAll(t, host, time.Minute, func(context.Context, struct{}) (string, error) { <-release; return "", nil })
			if want := "GET /events?all on " + host + ", for live.events: no answer within 1m0s; leave"; !strings.HasPrefix(why, want) {
				t.Errorf("%s: the test was ended by %q, want %q", host, why, want)
			}
		})
	}
}

func TestSameWaitsAsLongAsItIsTold(t *testing.T) {
	for name, tt := range map[string]struct{ within, takes time.Duration }{
		"a second before": {time.Minute, 59 * time.Second},
		"without a bound": {0, 100 * time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			why, all := sendAll(t, Direct, tt.within, func(context.Context, struct{}) (string, error) { time.Sleep(tt.takes); return "done", nil })
			if why != "" || len(all) != 2 || all[1].Status != 200 {
				t.Errorf("%s: %q, %v", name, why, all)
			}
		})
	}
}

func TestTheContextOfALateFunctionEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan struct{})
		why, _ := sendAll(t, Direct, time.Minute, func(ctx context.Context, _ struct{}) (string, error) {
			<-ctx.Done()
			close(ended)
			return "", nil
		})
		<-ended
		if !strings.Contains(why, "no answer within") {
			t.Errorf("the test was ended by %q", why)
		}
	})
}

func TestAFunctionThatEndsTheTestEndsSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		why, _ := sendAll(t, Direct, time.Minute, func(context.Context, struct{}) (string, error) { runtime.Goexit(); return "", nil })
		if !strings.HasPrefix(why, "GET /events?all on direct, for live.events: the function has ended its goroutine") {
			t.Errorf("the test was ended by %q", why)
		}
	})
}
