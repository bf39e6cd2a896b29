package fntest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// doorsApp has routes of every form behind which front doors differ.
func doorsApp() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("doors")
	seen := func(name, route string, wildcards ...string) {
		app.Add(fn.Raw(name, func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			text := name
			for _, w := range wildcards {
				text += " " + w + "=" + req.Source().PathValue(w)
			}
			reply := &fn.Reply{Status: 200, Body: []byte(text)}
			reply.Header.Set("Content-Type", "text/plain")
			return reply, nil
		}, fn.Route(route)))
	}
	seen("cond.plain", "GET /cond")
	seen("cond.one", "GET /cond/one/{id}", "id")
	seen("errs.kind", "GET /errs/kind/{kind}", "kind")
	seen("both.plain", "GET /both")
	seen("both.slash", "GET /both/{$}")
	seen("tree.all", "GET /tree/")
	seen("files.get", "GET /files/{rest...}", "rest")
	seen("users.file", "GET /users/{user}/files/{rest...}", "user", "rest")
	seen("users.item", "GET /users/{user}/items/{item}", "user", "item")
	return app
}

// everyHost are all hosts, and a REST API under a base path with both forms of
// path parameters.
func everyHost() fntest.Option {
	return fntest.Hosts(append(fntest.HostNames(), "lambda/rest-1.0/domain", "lambda/rest-1.0/proxy/domain")...)
}

func TestASlashAtTheEndOfAPathIsAnotherPathOnEveryHost(t *testing.T) {
	fntest.Each(t, doorsApp(), func(t *testing.T, c *fntest.Client) {
		for target, want := range map[string]string{
			"/cond": "200 cond.plain", "/cond/": "404", "/cond/one/7": "200 cond.one id=7", "/cond/one/7/": "404", "/cond/one/a%20b/": "404",
			"/both": "200 both.plain", "/both/": "200 both.slash", "/tree/": "200 tree.all", "/tree/a/": "200 tree.all",
			"/files/a/": "200 files.get rest=a/", "/users/u/items/i/": "404",
		} {
			if got := c.Do(fntest.Get(target)).String(); !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %s, want %s", target, got, want)
			}
		}
	}, everyHost())
}

func TestAnEncodedSlashAtTheEndOfAParameterStaysInIt(t *testing.T) {
	fntest.Each(t, doorsApp(), func(t *testing.T, c *fntest.Client) {
		if strings.HasSuffix(c.Host(), "/default") {
			return // an HTTP API that names no route has decoded the slash
		}
		for target, want := range map[string]string{
			"/errs/kind/domain%2F":           "200 errs.kind kind=domain/",
			"/errs/kind/domain%2f":           "200 errs.kind kind=domain/",
			"/errs/kind/a%2Fb%2F":            "200 errs.kind kind=a/b/",
			"/users/u%2F/items/i%2F":         "200 users.item user=u/ item=i/",
			"/users/%2Fu/items/%C3%A4%2F%2F": "200 users.item user=/u item=ä//",
		} {
			if got := c.Do(fntest.Get(target)).String(); got != want {
				t.Errorf("%s: got %s, want %s", target, got, want)
			}
		}
	}, everyHost())
}

func TestEveryGreedyRouteWorksBehindEveryFrontDoor(t *testing.T) {
	var requests []fntest.Request
	for _, target := range []string{
		"/files/A", "/files/a/b/c", "/files/space%20value", "/files/a%2Fb", "/files/100%25", "/files/100%2525", "/files/%C3%A4/x+y", "/files/a/",
		"/users/7/files/a", "/users/a%2Fb/files/c%2Fd/e", "/users/files/files/files", "/users/%2520/files/%2520", "/users/7/items/x%20y", "/errs/kind/%25",
	} {
		requests = append(requests, fntest.Get(target))
	}
	fntest.Same(t, doorsApp(), requests, everyHost(), fntest.Without("lambda/http-1.0", "lambda/http-2.0", "grain/group", "grain/function"))
	var plain []fntest.Request // HTTP APIs decode %2F
	for _, r := range requests {
		if !strings.Contains(r.String(), "%2F") {
			plain = append(plain, r)
		}
	}
	fntest.Same(t, doorsApp(), plain, everyHost())
}

// An app says its base path once, for every way to run it. Front doors that leave
// a base path in the path are told apart by nothing else.
func TestAnAppSaysItsBasePath(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("based", fn.BasePath("shop/v1/"))
	app.Add(fn.New("a.cut", func(context.Context, struct{}) (string, error) { return "cut", nil }, fn.Route("GET /orders/{id}/{rest...}")))
	app.Add(fn.New("a.whole", func(context.Context, struct{}) (string, error) { return "whole", nil }, fn.Route("GET /shop/v1/own/{id}")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for target, want := range map[string]string{
			"/shop/v1/orders/7/a": "200 cut", "/orders/7/a": "200 cut", "/shop/v1/own/7": "200 whole", "/shop/v1x/orders/7/a": "404", "/shop/v1": "404",
		} {
			if got := c.Do(fntest.Get(target)).String(); !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %s, want %s", target, got, want)
			}
		}
	}, fntest.Hosts("lambda/rest-1.0", "lambda/rest-1.0/proxy", "lambda/http-1.0", "lambda/http-2.0", "lambda/http-2.0/default",
		"lambda/http-2.0/stage", "lambda/function-url", "lambda/alb", "lambda/alb-multi"))
}
