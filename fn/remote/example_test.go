package remote_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/fn/remote"
)

var quiet = log.New(discard{}, "", 0)

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

type double struct{ N int }

var twice = fn.Define[double, double]("maths.twice")

// Two servers: one has the function, the other calls it.
func Example() {
	ctx := context.Background()
	secret := config.NewSecret("from a vault, not from here")

	maths := fn.NewApp[fn.NoConfig]("maths")
	maths.Add(twice.With(func(_ context.Context, in double) (double, error) { return double{2 * in.N}, nil }))
	handler, err := fnhttp.New(ctx, maths, fnhttp.CallSecret(secret))
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(handler)
	defer server.Close()

	web := fn.NewApp[fn.NoConfig]("web")
	web.Add(fn.New("web.page", func(ctx context.Context, _ struct{}) (string, error) {
		out, err := twice.Call(ctx, double{21})
		return fmt.Sprint(out.N), err
	}, fn.Route("GET /{$}"), fn.Needs(twice)))
	transport, err := remote.New("maths.*="+server.URL, remote.Secret(secret))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer transport.Close()
	client, err := fntest.Open(ctx, web, fntest.Hosts("http"), fntest.Start(fn.WithTransport(transport)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(client.Do(fntest.Get("/")))
	// Output: 200 42
}
