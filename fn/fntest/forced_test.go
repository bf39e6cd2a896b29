package fntest_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// mirror answers with a part of the request as the function sees it.
func mirror(part func(req *fn.Request) string) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("mirror")
	app.Add(fn.Raw("a.mirror", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		reply := &fn.Reply{Status: 200, Body: []byte(part(req))}
		reply.Header.Set("Content-Type", "text/plain")
		return reply, nil
	}, fn.Route("GET /mirror/{id}")))
	return app
}

// isOf reports whether the host is one of those, or a variant of one. The units of
// the grains are behind an HTTP API.
func isOf(host string, names ...string) bool {
	if host == "grain/group" || host == "grain/function" {
		host = "lambda/http-2.0"
	}
	return slices.ContainsFunc(names, func(name string) bool { return host == name || strings.HasPrefix(host, name+"/") })
}

// Payload 1.0 and load balancers have the query as a map: its order is lost, and
// payload 1.0 has it decoded. What it means stays.
func TestTheQueryIsWrittenAnew(t *testing.T) {
	const query = "b=%41&a=1&b=2+3&c"
	want, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	app := mirror(func(req *fn.Request) string { return req.Source().RawQuery() })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		got := string(c.Do(fntest.Get("/mirror/x?" + query)).Body)
		written := isOf(c.Host(), "lambda/rest-1.0", "lambda/http-1.0", "lambda/alb-multi")
		if parsed, err := url.ParseQuery(got); err != nil || parsed.Encode() != want.Encode() || (got != query) != written {
			t.Errorf("got %s", got)
		}
	}, fntest.Without("lambda/alb"))
}

// HTTP APIs decode the path, so that a host writes it in its own spelling.
func TestThePathIsWrittenAnew(t *testing.T) {
	app := mirror(func(req *fn.Request) string { return req.Path + " " + req.Source().PathValue("id") })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		want := "/mirror/%41%2b A+"
		if isOf(c.Host(), "lambda/http-1.0", "lambda/http-2.0") {
			want = "/mirror/A+ A+"
		}
		if got := string(c.Do(fntest.Get("/mirror/%41%2b")).Body); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// Payload 2.0 and Function URLs have the cookies as a list, without what stood between them.
func TestSpacesBetweenCookies(t *testing.T) {
	app := mirror(func(req *fn.Request) string { return req.Header("Cookie") })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		want := "a=1;b=2;  c=3"
		if isOf(c.Host(), "lambda/http-2.0", "lambda/function-url") {
			want = "a=1; b=2; c=3"
		}
		if got := string(c.Do(fntest.Get("/mirror/x").Header("Cookie", "a=1;b=2;  c=3")).Body); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// A Lambda's response is JSON, so that header values are UTF-8.
func TestAResponseHeaderThatIsNotUTF8(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("latin")
	app.Add(fn.Raw("a.latin", func(context.Context, *fn.Request) (*fn.Reply, error) {
		reply := &fn.Reply{Status: 204}
		reply.Header.Set("X-A", "caf\xe9")
		return reply, nil
	}, fn.Route("GET /latin")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		want := "caf\xe9"
		if isOf(c.Host(), "lambda/rest-1.0", "lambda/http-1.0", "lambda/http-2.0", "lambda/function-url", "lambda/alb", "lambda/alb-multi") {
			want = "caf\ufffd"
		}
		if got := c.Do(fntest.Get("/latin")).Header.Get("X-A"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// A server answers /healthz, a Lambda behind a load balancer its checker, where
// the app has no route for it.
func TestHealthChecks(t *testing.T) {
	app := mirror(func(*fn.Request) string { return "" })
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		health, checker := http.StatusNotFound, http.StatusNotFound
		if isOf(c.Host(), "http") {
			health = http.StatusOK
		}
		if isOf(c.Host(), "lambda/alb", "lambda/alb-multi") {
			checker = http.StatusOK
		}
		if got := c.Do(fntest.Get("/healthz")).Status; got != health {
			t.Errorf("/healthz: %d, want %d", got, health)
		}
		if got := c.Do(fntest.Get("/status").Header("User-Agent", "ELB-HealthChecker/2.0")).Status; got != checker {
			t.Errorf("a load balancer's check: %d, want %d", got, checker)
		}
	}, fntest.Without("grain/group/http"))
}
