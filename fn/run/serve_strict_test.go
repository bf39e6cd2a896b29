//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

// A server behind a proxy of its own machine listens on loopback too: only the flag
// makes calls fail that no fn.Needs declares.
func TestTheFlagMakesAServerStrictAndNotItsAddress(t *testing.T) {
	for _, address := range []string{"localhost:0", "127.0.0.1:0", "[::1]:0", ":0"} {
		for _, strict := range []bool{false, true} {
			want := map[bool]int{false: 200, true: 500}[strict]
			args := []string{"serve", "--addr", address}
			if strict {
				args = append(args, "--strict")
			}
			if got := undeclared(t, args); got != want && got != 0 {
				t.Errorf("%s, strict %v: got %d, want %d", address, strict, got, want)
			}
		}
	}
}

// undeclared serves a function with a call that it does not declare, and returns the
// status of its answer; 0 where this machine has no such address.
func undeclared(t *testing.T, args []string) int {
	t.Helper()
	find := fn.Define[struct{}, string]("books.find")
	address := &addressWriter{address: make(chan string, 1)}
	app := fn.NewApp[fn.NoConfig]("library", fn.Logger(zerolog.New(address)))
	app.Add(find.With(func(context.Context, struct{}) (string, error) { return "Moby-Dick", nil }),
		fn.New("loans.next", func(ctx context.Context, _ struct{}) (string, error) { return find.Call(ctx, struct{}{}) }, fn.Route("GET /next")))
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	go func() { status <- run.Command(ctx, app, args, run.IO{Out: io.Discard, Err: &bytes.Buffer{}}) }()
	defer cancel()
	select {
	case <-status:
		return 0
	case at := <-address.address:
		resp, err := http.Get("http://" + at + "/next")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		cancel()
		<-status
		return resp.StatusCode
	}
}
