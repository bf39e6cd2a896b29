//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

// served is what the server of an app logs at its start.
func served(t *testing.T, args ...string) string {
	t.Helper()
	var log bytes.Buffer
	address := &addressWriter{address: make(chan string, 1)}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(zerolog.SyncWriter(io.MultiWriter(&log, address)))))
	find, list := fn.Define[struct{}, string]("books.find"), fn.Define[struct{}, string]("rooms.list")
	app.Add(list.With(nothing), fn.New("loans.next", nothing, fn.Needs(find, list)))
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		status <- run.Command(ctx, app, append(args, "--addr", "localhost:0"), run.IO{Out: io.Discard, Err: &errs})
	}()
	select {
	case <-address.address:
		cancel()
		<-status
	case <-status:
		t.Errorf("it ended: %s", errs.String())
		cancel()
	}
	return log.String()
}

func TestAServerNamesTheCallsThatLeadNowhere(t *testing.T) {
	const caller = `"level":"warn","function":"loans.next","callee":"books.find","message":"loans.next (run/serve_warnings_test.go:`
	tests := map[string]struct {
		callees string
		args    []string
		want    []string // parts of the warnings; none means that there are none
	}{
		"no rule":                {"", nil, []string{caller, "calls books.find, which this server does not serve, and ANYGRAIN_CALLEES, which says who does, is not set"}},
		"a typo in the function": {"books.fnd=http://secret", nil, []string{caller, "no rule of ANYGRAIN_CALLEES names it: there are rules for books.fnd; instead of books.fnd, did you mean books.find?"}},
		"a typo in the group":    {"x.*=http://a book.*=http://a", nil, []string{caller, "rules for x.*, book.*; instead of book.*, did you mean books.*?"}},
		"nothing alike":          {"rooms.list=http://a", nil, []string{caller, `there are rules for rooms.list"`}},
		"the function":           {"books.find=http://a", nil, nil},
		"the group":              {"books.*=lambda:books", nil, nil},
		"everything":             {"*=http://a", nil, nil},
		"not served":             {"", []string{"--only", "rooms.*"}, nil},
		"a sibling elsewhere":    {"books.*=http://a", []string{"--only", "loans.*"}, []string{`"callee":"rooms.list"`}},
	}
	t.Setenv("ANYGRAIN_CALL_SECRET", "hunter22hunter22")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("ANYGRAIN_CALLEES", test.callees)
			log := served(t, append([]string{"serve"}, test.args...)...)
			if warnings := strings.Count(log, `"level":"warn"`); warnings > 1 || (warnings == 0) != (test.want == nil) {
				t.Errorf("%d warnings in:\n%s", warnings, log)
			}
			for _, part := range test.want {
				if !strings.Contains(log, part) {
					t.Errorf("%s is not in:\n%s", part, log)
				}
			}
			if strings.Contains(log, "secret") {
				t.Errorf("a target is shown:\n%s", log)
			}
		})
	}
}

func TestAServerSaysThatItsCallsHaveNoSecret(t *testing.T) {
	for callees, want := range map[string]bool{"books.*=http://a": true, "books.*=https://a": true, "books.*=lambda:books": false} {
		t.Setenv("ANYGRAIN_CALLEES", callees)
		if log := served(t, "serve"); strings.Contains(log, "ANYGRAIN_CALL_SECRET is not set here") != want {
			t.Errorf("%s: the log is\n%s", callees, log)
		}
	}
}
