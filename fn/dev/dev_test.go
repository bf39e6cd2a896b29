package dev_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/grain"
)

// log is what dev and the units write.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// start runs the package's units until the test ends, and returns the address.
func start(t *testing.T, c dev.Config) (addr string, out *log) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds binaries")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr = l.Addr().String()
	_ = l.Close()
	out = &log{}
	c.Addr, c.Log = addr, out
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- dev.Run(ctx, c) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(out)
		}
	})
	await(t, func() bool { _, err := net.Dial("tcp", addr); return err == nil })
	return "http://" + addr, out
}

// await tries until it is true; nothing tells when a process listens.
func await(t *testing.T, ready func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	timeout := time.After(2 * time.Minute)
	for !ready() {
		select {
		case <-tick.C:
		case <-timeout:
			t.Fatal("it does not come about")
		}
	}
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

func nothing(context.Context, struct{}) (string, error) { return "", nil }

// describe returns the description of an app with these functions and routes:
// the binary has the same.
func describe(t *testing.T, functions ...string) *fn.Description {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("test")
	for _, f := range functions {
		name, route, routed := strings.Cut(f, " ")
		var options []fn.FunctionOption
		if routed {
			options = append(options, fn.Route(route))
		}
		app.Add(fn.New(name, nothing, options...))
	}
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func cut(t *testing.T, d *fn.Description, p grain.Partition) []grain.Unit {
	t.Helper()
	units, err := grain.Cut(d, p)
	if err != nil {
		t.Fatal(err)
	}
	return units
}

// TestTheShop runs the quickstart split up, behind both front doors.
func TestTheShop(t *testing.T) {
	d := describe(t, "catalogue.list GET /products", "catalogue.get GET /products/{sku}", "catalogue.page GET /{$}",
		"catalogue.image GET /products/{sku}/image.png", "catalogue.short GET /p/{sku}",
		"chat.command POST /chat/command", "orders.create POST /orders", "orders.get GET /orders/{id}", "orders.price")
	for format, partition := range map[awsevent.Format]grain.Partition{
		awsevent.HTTPAPI: grain.ByGroup(d), awsevent.REST: grain.ByFunction(d),
	} {
		t.Run(string(format), func(t *testing.T) {
			url, log := start(t, dev.Config{App: d, Units: cut(t, d, partition), Package: "../../examples/quickstart", Events: format})
			testTheShop(t, url)
			for _, line := range []string{"serves events of " + string(format), "orders", "| {\"level\":\"info\",\"function\":\"orders.price\""} {
				if !strings.Contains(log.String(), line) {
					t.Errorf("%q is not in the log", line)
				}
			}
			if strings.Contains(log.String(), "WARNING") {
				t.Errorf("a unit complains: %s", log)
			}
		})
	}
}

func testTheShop(t *testing.T, at string) {
	if status, body := get(t, at+"/products?tag=coffee&tag=cold"); status != 200 || !strings.Contains(body, "Cold brew") || strings.Contains(body, "Iced tea") {
		t.Errorf("a repeated query: %d %s", status, body)
	}
	if status, body := get(t, at+"/products/espresso/image.png"); status != 200 || http.DetectContentType([]byte(body)) != "image/png" {
		t.Errorf("an image: %d", status)
	}
	form := url.Values{"token": {"local-only"}, "user_name": {"Ada"}, "command": {"/price"}, "text": {"espresso"}}
	resp, err := http.PostForm(at+"/chat/command", form)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, _ := io.ReadAll(resp.Body); !strings.Contains(string(body), "espresso costs 2.20 EUR.") {
		t.Errorf("a call to another unit: %d %s", resp.StatusCode, body)
	}
	if status, body := get(t, at+"/orders/o-1"); status != 422 || !strings.Contains(body, "header.X-Tenant") {
		t.Errorf("a broken rule: %d %s", status, body)
	}
	if status, _ := get(t, at+"/orders"); status != 405 {
		t.Errorf("another method: %d", status)
	}
	if status, body := get(t, at+"/nowhere"); status != 404 || !strings.Contains(body, `"code":"not_found"`) {
		t.Errorf("nobody's path: %d %s", status, body)
	}
}

func TestUnitsThatEndAreStartedAgain(t *testing.T) {
	d := describe(t, "ping.next GET /ping", "pong.next", "exit.now GET /exit", "exit.pid GET /pid")
	url, log := start(t, dev.Config{App: d, Units: cut(t, d, grain.ByGroup(d)), Package: "./testdata/crash", Colour: true})
	t.Run("calls in circles", func(t *testing.T) {
		if status, body := get(t, url+"/ping?left=4"); status != 200 || body != "ping pong ping pong ping" {
			t.Errorf("got %d %s", status, body)
		}
	})
	t.Run("a crash is a failure of one request", func(t *testing.T) {
		_, before := get(t, url+"/pid")
		if status, _ := get(t, url+"/exit"); status != 500 {
			t.Errorf("got %d", status)
		}
		if status, after := get(t, url+"/pid"); status != 200 || after == before {
			t.Errorf("got %d %s, before %s", status, after, before)
		}
		for _, want := range []string{"exit ended (exit status 3); it is started again in 200ms", "Runtime.ExitError", "\x1b["} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%q is not in the log", want)
			}
		}
	})
}

func TestWhatCannotBeRun(t *testing.T) {
	d := describe(t, "a.b")
	units := cut(t, d, grain.Whole(d))
	tests := map[string]struct {
		config dev.Config
		want   string
	}{
		"nothing":               {dev.Config{}, "needs App, Units and Log"},
		"events of no gateway":  {dev.Config{App: d, Units: units, Log: io.Discard, Events: awsevent.ALB}, "not \"alb\""},
		"a package without use": {dev.Config{App: d, Units: units, Log: io.Discard, Package: "./testdata/none"}, "unit test: go build -tags lambda,lambda.norpc"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if err := dev.Run(t.Context(), test.config); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func Example() {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.get", nothing))
	description, err := app.Describe(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	units, err := grain.Cut(description, grain.ByFunction(description))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = dev.Run(context.Background(), dev.Config{App: description, Units: units, Package: "./no/such/package", Log: io.Discard})
	fmt.Println(strings.SplitAfter(err.Error(), "package:")[0])
	// Output: dev: unit orders-get: go build -tags lambda,lambda.norpc ./no/such/package:
}
