package fntest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/fn/hosttest"
)

// Every host, front door and cut that Each runs on is a host for the conformance kit too.
func TestEveryHostConforms(t *testing.T) {
	for _, name := range fntest.HostNames() {
		t.Run(name, func(t *testing.T) {
			hosttest.Run(t, func(t *testing.T, app fn.Starter) hosttest.Host {
				c := fntest.New(t, app, fntest.Hosts(name))
				return hosttest.Host{HTTP: over(c), Invoke: func(ctx context.Context, function string, in []byte) ([]byte, error) {
					out, err := c.InvokeBytes(ctx, function, in)
					if err != nil {
						err = fn.AsError(ctx, err).ForClient()
					}
					return out, err
				}}
			})
		})
	}
}

// over sends net/http's requests by the client.
func over(c *fntest.Client) func(r *http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		request := fntest.NewRequest(r.Method, r.RequestURI)
		if r.Body != nil {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return nil, err
			}
			request = request.Body(r.Header.Get("Content-Type"), body)
		}
		for name, values := range r.Header {
			if name != "Content-Type" {
				request = request.Header(name, values[0])
			}
		}
		res, err := c.Try(r.Context(), request)
		if err != nil {
			return nil, err
		}
		return &http.Response{StatusCode: res.Status, Header: res.Header, Body: io.NopCloser(bytes.NewReader(res.Body))}, nil
	}
}
