package dev_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/grain"
)

// output is what a deployment prints. It can be waited for.
type output struct {
	mu      sync.Mutex
	text    bytes.Buffer
	changed chan struct{}
}

func newOutput() *output { return &output{changed: make(chan struct{})} }

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.changed)
	o.changed = make(chan struct{})
	return o.text.Write(p)
}

func (o *output) read() (string, <-chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String(), o.changed
}

// wait waits until the text was printed.
func (o *output) wait(t *testing.T, want string) {
	t.Helper()
	for {
		text, changed := o.read()
		if strings.Contains(text, want) {
			return
		}
		select {
		case <-changed:
		case <-within(t).Done():
			t.Fatalf("%q was not printed", want)
		}
	}
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// start runs a deployment until the test ends.
func start(t *testing.T, c dev.Config) (*dev.Deployment, *output) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds binaries")
	}
	out := newOutput()
	c.Addr, c.Out, c.Env = "localhost:0", out, append(os.Environ(), c.Env...)
	d, err := dev.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			text, _ := out.read()
			t.Log(text)
		}
	})
	return d, out
}

// declared are functions as a binary has them, for whoever only needs to know
// their names and routes.
func declared(functions ...string) []fn.Function {
	never := func(context.Context, *fn.Request) (*fn.Reply, error) {
		return nil, fn.Errorf(fn.Internal, "only declared")
	}
	var all []fn.Function
	for _, text := range functions {
		name, route, routed := strings.Cut(text, " ")
		var options []fn.FunctionOption
		if routed {
			options = append(options, fn.Route(route))
		}
		all = append(all, fn.Raw(name, never, options...))
	}
	return all
}

// cut returns the units of a grain, and where they find each other.
func cut(t *testing.T, app string, functions []fn.Function, by func(*fn.Description) grain.Partition) (units []grain.Unit, callees string) {
	t.Helper()
	a := fn.NewApp[fn.NoConfig](app)
	a.Add(functions...)
	description, err := a.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	units, err = grain.Cut(description, by(description))
	if err != nil {
		t.Fatal(err)
	}
	return units, grain.Callees(description, units, "lambda:"+app+"-")
}

// response is one that was read.
type response struct {
	status int
	header http.Header
	body   string
}

func do(t *testing.T, req *http.Request) response {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req.WithContext(within(t)))
	if err != nil {
		t.Error(err)
		return response{}
	}
	body, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		t.Error(err)
	}
	return response{resp.StatusCode, resp.Header, string(body)}
}

func request(t *testing.T, method, url, body string, header ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

func get(t *testing.T, url string) response { t.Helper(); return do(t, request(t, "GET", url, "")) }
