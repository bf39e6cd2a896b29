// Package hosttest checks a host: what every host of functions does alike, as sentences. A host is
// what turns something into requests to functions, such as this one, of lines:
//
//	package main
//
//	import (
//		"bufio"
//		"context"
//		"fmt"
//		"os"
//
//		"github.com/anygrain/anygrain/fn"
//	)
//
//	type order struct {
//		SKU string `json:"sku" validate:"required"`
//	}
//
//	func create(_ context.Context, in order) (string, error) { return in.SKU + " is on its way", nil }
//
//	func handle(ctx context.Context, unit *fn.Unit, function string, in []byte) ([]byte, error) {
//		reply, err := unit.Host("lines").Invoke(ctx, function, &fn.Request{Kind: "line", From: fn.InputFromJSON(in)})
//		if err != nil {
//			return nil, fn.AsError(ctx, err).ForClient()
//		}
//		return reply.Body, nil
//	}
//
//	func main() {
//		ctx := context.Background()
//		app := fn.NewApp[fn.NoConfig]("shop")
//		app.Add(fn.New("orders.create", create))
//		unit := app.MustStart(ctx)
//		lines := bufio.NewScanner(os.Stdin)
//		for lines.Scan() {
//			out, err := handle(ctx, unit, "orders.create", lines.Bytes())
//			fmt.Printf("%s %v\n", out, err)
//		}
//		_ = unit.Stop(ctx)
//	}
//
// Its test, in any module, is
//
//	func TestHost(t *testing.T) {
//		hosttest.Run(t, func(t *testing.T, app fn.Starter) hosttest.Host {
//			unit, err := app.Start(t.Context())
//			if err != nil {
//				t.Fatal(err)
//			}
//			t.Cleanup(func() { _ = unit.Stop(context.Background()) })
//			return hosttest.Host{Invoke: func(ctx context.Context, function string, in []byte) ([]byte, error) {
//				return handle(ctx, unit, function, in)
//			}}
//		})
//	}
//
// Each case is a subtest with an app of its own. An app, which uses hosts, is tested by package fntest.
package hosttest

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// Host says what the host under test carries. What it does not carry is nil; one of the two is there.
type Host struct {
	// HTTP carries a request as a client sends it and returns the answer. The request is one of
	// httptest.NewRequest; when its context ends, the client has gone away. The error is for
	// what the platform could not carry, and fails the case.
	HTTP func(r *http.Request) (*http.Response, error)

	// Invoke carries an In as JSON to the function of that name and returns the Out as JSON. When the
	// function fails, the error says what the host's caller learns: fn.CodeOf is the code, and the text is
	// the message and violations of an *fn.Error, of another error all of it. A host of Go values converts them.
	Invoke func(ctx context.Context, function string, in []byte) ([]byte, error)
}

// Run runs the cases for what the host carries. The function start starts the app on the host and
// stops it in a t.Cleanup; the app has no config.
func Run(t *testing.T, start func(t *testing.T, app fn.Starter) Host) {
	t.Helper()
	probed := false
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			p := &probe{hears: make(chan string, 8)}
			host := start(t, p.app())
			if host.HTTP == nil && host.Invoke == nil {
				t.Fatal("hosttest.Run: the host carries nothing: HTTP and Invoke are nil; set the one that it has, or both")
			}
			// A host that loses a request is to fail with the sentence, not with the end of all tests.
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			x := exchange{t: t, ctx: ctx, host: host, probe: p}
			probed = c.run(x) || probed
		})
	}
	if !probed && !t.Failed() {
		t.Error("hosttest.Run: no case ran")
	}
}

// Sentences lists the cases. Those of HTTP alone do not run for a host without it, and so with Invoke.
func Sentences() []string {
	sentences := make([]string, len(cases))
	for i, c := range cases {
		sentences[i] = c.sentence
	}
	return sentences
}

// patience is how long a case may take before the host is taken to hang.
const patience = 30 * time.Second

// testCase is a sentence that holds for a host which carries requests, messages, or both.
type testCase struct {
	sentence string
	http     func(x exchange)
	invoke   func(x exchange)
}

// run checks what the host carries.
func (c testCase) run(x exchange) (ran bool) {
	if c.http != nil && x.host.HTTP != nil {
		c.http(x)
		ran = true
	}
	if c.invoke != nil && x.host.Invoke != nil {
		c.invoke(x)
		ran = true
	}
	return ran
}

// exchange is what a case has.
type exchange struct {
	t     testing.TB
	ctx   context.Context
	host  Host
	probe *probe
}
