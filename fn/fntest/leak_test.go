package fntest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// leaky is an app whose function calls start, which may leave a goroutine behind.
func leaky(start func()) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("leaky")
	app.Add(fn.Raw("leak.now", func(context.Context, *fn.Request) (*fn.Reply, error) {
		start()
		return &fn.Reply{Status: 204}, nil
	}, fn.Route("GET /leak")))
	return app
}

// leaks runs the app once and returns the failures.
func leaks(t *testing.T, start func(), options ...fntest.Option) []string {
	t.Helper()
	tb := &recordingTB{TB: t}
	fntest.New(tb, leaky(start), options...).Do(fntest.Get("/leak"))
	tb.finish()
	return tb.failures
}

func TestAGoroutineThatIsLeftBehindFailsTheTest(t *testing.T) {
	for _, host := range []string{"direct", "http", "lambda/alb"} { // a leak takes a second to be sure of
		t.Run(host, func(t *testing.T) {
			release := make(chan struct{})
			got := leaks(t, func() { go func() { <-release }() }, fntest.Hosts(host))
			close(release)
			if len(got) != 1 || !strings.Contains(got[0], "left behind") || !strings.Contains(got[0], "leak_test.go") {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestAGoroutineThatAnotherPackageStartsForTheTestCountsToo(t *testing.T) {
	var waiting sync.WaitGroup
	release := make(chan struct{})
	got := leaks(t, func() { waiting.Go(func() { <-release }) }) // created by package sync
	close(release)
	waiting.Wait()
	if len(got) != 1 || !strings.Contains(got[0], "created by sync.") {
		t.Errorf("got %q", got)
	}
}

func TestAGoroutineThatEndsSoonIsWaitedFor(t *testing.T) {
	if got := leaks(t, func() { go func() {}() }); len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func TestBackgroundGoroutinesMayStay(t *testing.T) {
	release := make(chan struct{})
	got := leaks(t, func() { go flush(release) }, fntest.Background("fntest_test.flush"))
	close(release)
	if len(got) != 0 {
		t.Errorf("got %q", got)
	}
}

func flush(release chan struct{}) { <-release }

// The connections of a server that the test has started itself are none of the app's.
func TestGoroutinesOfAServerThatWasThereBeforeMayStay(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	got := leaks(t, func() {
		res, err := server.Client().Get(server.URL) // leaves a connection open
		if err != nil {
			t.Error(err)
			return
		}
		_ = res.Body.Close()
	})
	if len(got) != 0 {
		t.Errorf("got %q", got)
	}
}
