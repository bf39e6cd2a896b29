package middleware_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// corsHeader is the part of a reply's header that CORS is about.
func corsHeader(reply *fn.Reply) map[string]string {
	found := map[string]string{}
	for _, f := range reply.Header {
		if f.Name == "Vary" || strings.HasPrefix(f.Name, "Access-Control-") {
			found[strings.TrimPrefix(f.Name, "Access-Control-")] += f.Value
		}
	}
	return found
}

func preflight(header source) *fn.Request {
	return &fn.Request{Kind: fn.KindHTTP, Method: "OPTIONS", Path: "/orders/7", From: fn.InputFromSource(header)}
}

const varyAll = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"

var shop = middleware.CORSOptions{AllowedOrigins: []string{"https://shop.example"}}

// with returns shop with changes.
func with(change func(o *middleware.CORSOptions)) middleware.CORSOptions {
	o := shop
	change(&o)
	return o
}

func TestCORSPreflight(t *testing.T) {
	ask := source{"Origin": "https://shop.example", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}
	everything := with(func(o *middleware.CORSOptions) {
		o.AllowedMethods, o.AllowedHeaders, o.AllowCredentials = []string{"*"}, []string{"*"}, true
	})
	tests := map[string]struct {
		options middleware.CORSOptions
		header  source
		want    map[string]string
	}{
		"the defaults": {shop, ask, map[string]string{
			"Vary": varyAll, "Allow-Origin": "https://shop.example",
			"Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE", "Allow-Headers": "Content-Type",
		}},
		"lists and an age": {with(func(o *middleware.CORSOptions) {
			o.AllowedMethods, o.AllowedHeaders = []string{"GET", "PUT"}, []string{"X-A", "X-B"}
			o.MaxAge, o.ExposedHeaders = 10*time.Minute, []string{"X-C"}
		}), ask, map[string]string{
			"Vary": varyAll, "Allow-Origin": "https://shop.example",
			"Allow-Methods": "GET, PUT", "Allow-Headers": "X-A, X-B", "Max-Age": "600",
		}},
		"no caching": {with(func(o *middleware.CORSOptions) { o.MaxAge = -1 }), ask, map[string]string{
			"Vary": varyAll, "Allow-Origin": "https://shop.example",
			"Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE", "Allow-Headers": "Content-Type", "Max-Age": "0",
		}},
		"whatever is asked for": {everything, ask, map[string]string{
			"Vary": varyAll, "Allow-Origin": "https://shop.example", "Allow-Credentials": "true",
			"Allow-Methods": "PUT", "Allow-Headers": "authorization,content-type",
		}},
		"what is asked for is no list of names": {everything, source{
			"Origin": "https://shop.example", "Access-Control-Request-Method": "P U T", "Access-Control-Request-Headers": "a\r\nX-Evil: 1",
		}, map[string]string{"Vary": varyAll, "Allow-Origin": "https://shop.example", "Allow-Credentials": "true"}},
		"what is asked for is too long": {everything, source{
			"Origin": "https://shop.example", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": strings.Repeat("a,", 5000) + "a",
		}, map[string]string{"Vary": varyAll, "Allow-Origin": "https://shop.example", "Allow-Credentials": "true", "Allow-Methods": "PUT"}},
		"another origin": {shop, source{"Origin": "https://evil.test", "Access-Control-Request-Method": "PUT"}, map[string]string{"Vary": varyAll}},
		"every origin": {middleware.CORSOptions{AllowedOrigins: []string{"*"}}, ask, map[string]string{
			"Vary": varyAll, "Allow-Origin": "*",
			"Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE", "Allow-Headers": "Content-Type",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			unit, _ := start(t, ok, list(middleware.CORS(test.options)))
			reply := unit.Host("test").ServeUnmatched(t.Context(), preflight(test.header), fn.Errorf(fn.Unimplemented, "no OPTIONS here").WithStatus(405))
			if reply.Status != 204 || len(reply.Body) != 0 {
				t.Errorf("status %d, body %q; want an empty 204", reply.Status, reply.Body)
			}
			if got := corsHeader(reply); !maps.Equal(got, test.want) {
				t.Errorf("header\n  %v, want\n  %v", got, test.want)
			}
		})
	}
}

func TestCORSLeavesOtherOptionsRequestsToTheApp(t *testing.T) {
	unit, _ := start(t, ok, list(middleware.CORS(shop)))
	for name, header := range map[string]source{
		"without an origin": {"Access-Control-Request-Method": "PUT"},
		"without a method":  {"Origin": "https://shop.example"},
	} {
		t.Run(name, func(t *testing.T) {
			reply := unit.Host("test").ServeUnmatched(t.Context(), preflight(header), fn.Errorf(fn.NotFound, "no").WithStatus(405))
			if reply.Status != 405 || corsHeader(reply)["Vary"] != "Origin" {
				t.Errorf("status %d, header %v; want the app's 405 with Vary", reply.Status, reply.Header)
			}
		})
	}
}

func TestCORSOfActualRequests(t *testing.T) {
	full := with(func(o *middleware.CORSOptions) {
		o.AllowCredentials, o.ExposedHeaders = true, []string{"X-Request-Id", "Link"}
	})
	tests := map[string]struct {
		options middleware.CORSOptions
		origin  string
		want    map[string]string
	}{
		"allowed":       {full, "https://shop.example", map[string]string{"Vary": "Origin", "Allow-Origin": "https://shop.example", "Allow-Credentials": "true", "Expose-Headers": "X-Request-Id, Link"}},
		"not allowed":   {full, "https://evil.test", map[string]string{"Vary": "Origin"}},
		"no origin":     {full, "", map[string]string{"Vary": "Origin"}},
		"every origin":  {middleware.CORSOptions{AllowedOrigins: []string{"*"}}, "https://a.test", map[string]string{"Allow-Origin": "*"}},
		"for any cache": {middleware.CORSOptions{AllowedOrigins: []string{"*"}}, "", map[string]string{"Allow-Origin": "*"}},
	}
	handlers := map[string]fn.Invoker{"success": ok, "error": fails(fn.Errorf(fn.NotFound, "no")), "opaque error": fails(errors.New("broken"))}
	for name, test := range tests {
		for outcome, handler := range handlers {
			t.Run(name+", "+outcome, func(t *testing.T) {
				header := source{}
				if test.origin != "" {
					header["Origin"] = test.origin
				}
				reply, _ := serve(t, handler, list(middleware.CORS(test.options)), header)
				if got := corsHeader(reply); !maps.Equal(got, test.want) {
					t.Errorf("header\n  %v, want\n  %v", got, test.want)
				}
				if outcome == "success" && reply.Status != 200 {
					t.Errorf("status %d: the request must be served whatever its origin", reply.Status)
				}
			})
		}
	}
}

func TestCORSOrigins(t *testing.T) {
	list := []string{"https://Shop.example", "http://localhost:3000", "https://*.example.com", "http://*.dev.test:8080", "http://[::1]:5173", "capacitor://localhost", "null"}
	tests := map[string]bool{
		"https://shop.example":             true,
		"http://localhost:3000":            true,
		"https://a.example.com":            true,
		"https://a.b-c.example.com":        true,
		"http://x.dev.test:8080":           true,
		"http://[::1]:5173":                true,
		"capacitor://localhost":            true,
		"null":                             true,
		"http://shop.example":              false,
		"https://shop.example:8443":        false,
		"https://shop.example.evil.test":   false,
		"http://localhost:30000":           false,
		"http://localhost":                 false,
		"https://example.com":              false,
		"https://.example.com":             false,
		"https://a..example.com":           false,
		"https://evilexample.com":          false,
		"https://evil.test/.example.com":   false,
		"https://evil.test#.example.com":   false,
		"https://u@evil.test:.example.com": false,
		"https://a.example.com:8443":       false,
		"https://a.example.com.evil.test":  false,
		"http://x.dev.test":                false,
		"https://*.example.com":            false,
		"https://asked.test":               true,
	}
	cors := middleware.CORS(middleware.CORSOptions{
		AllowedOrigins:  list,
		AllowOriginFunc: func(_ context.Context, origin string) bool { return origin == "https://asked.test" },
	})
	unit, _ := start(t, ok, []fn.Middleware{cors})
	for origin, want := range tests {
		got := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"Origin": origin})).Header.Get("Access-Control-Allow-Origin")
		if (got == origin) != want || !want && got != "" {
			t.Errorf("%s: Access-Control-Allow-Origin %q, want allowed to be %v", origin, got, want)
		}
	}
}

func TestCORSAddsToTheFunctionsVary(t *testing.T) {
	reply, _ := serve(t, func(context.Context, *fn.Request) (*fn.Reply, error) {
		return &fn.Reply{Status: 200, Header: fn.Header{{Name: "Vary", Value: "Accept"}}}, nil
	}, list(middleware.CORS(shop)), nil)
	if got := strings.Join(reply.Header.Values("Vary"), ", "); got != "Accept, Origin" {
		t.Errorf("Vary %q, want Accept, Origin", got)
	}
}

func TestCORSIsForHTTPAlone(t *testing.T) {
	unit, _ := start(t, ok, list(middleware.CORS(shop)))
	req := &fn.Request{Kind: fn.KindDirect}
	if _, err := unit.Host("test").Invoke(t.Context(), "orders.get", req); err != nil || len(*req.ReplyHeader()) != 0 {
		t.Errorf("error %v, header %v; want neither", err, *req.ReplyHeader())
	}
}

func TestCORSReportsAllMistakesAtOnce(t *testing.T) {
	_, err := middleware.NewCORS(middleware.CORSOptions{
		AllowedOrigins: []string{
			"*", "null", "example.com", "https://a.test/", "https://a.test:443", "http://a.test:80", "https://*", "https://a*.test", "https://*.", "https://a.test, https://b.test", "",
		},
		AllowedMethods:   []string{"*", "get"},
		AllowedHeaders:   []string{"X-A, X-B"},
		ExposedHeaders:   []string{"*"},
		AllowCredentials: true,
		MaxAge:           1500 * time.Millisecond,
	})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`AllowedOrigins has "*", which allows every origin, and more`,
		`AllowedOrigins is "*" and AllowCredentials is set`,
		`AllowedOrigins has "null" and AllowCredentials is set`,
		`AllowedOrigins[2] is "example.com": an origin is scheme://host`,
		`AllowedOrigins[3] is "https://a.test/": an origin is scheme://host`,
		`AllowedOrigins[4] is "https://a.test:443": browsers leave out`,
		`AllowedOrigins[5] is "http://a.test:80": browsers leave out`,
		`AllowedOrigins[6] is "https://*": a star stands for`,
		`AllowedOrigins[7] is "https://a*.test": a star stands for`,
		`AllowedOrigins[8] is "https://*.": a star stands for`,
		`AllowedOrigins[9] is "https://a.test, https://b.test": an origin is`,
		`AllowedOrigins[10] is "": an origin is`,
		`AllowedMethods has "*", which allows everything, and more`,
		`AllowedMethods[1] is "get"; methods are case-sensitive, write "GET"`,
		`AllowedHeaders[0] is "X-A, X-B", which is not a token`,
		`ExposedHeaders is "*", which browsers take literally`,
		`MaxAge is 1.5s; the header has whole seconds`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q:\n%v", want, err)
		}
	}
}

func TestCORSWithoutOriginsIsAMistake(t *testing.T) {
	if _, err := middleware.NewCORS(middleware.CORSOptions{}); err == nil || !strings.Contains(err.Error(), "no page could use the app") {
		t.Errorf("error %v, want one that says so", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("CORS did not panic")
		}
	}()
	middleware.CORS(middleware.CORSOptions{})
}

func FuzzCORSOrigin(f *testing.F) {
	for _, seed := range []string{"https://a.example.com", "https://evil.test/.example.com", "https://example.com", "null", ""} {
		f.Add(seed)
	}
	unit, _ := start(f, ok, list(middleware.CORS(middleware.CORSOptions{AllowedOrigins: []string{"https://*.example.com"}})))
	f.Fuzz(func(t *testing.T, origin string) {
		got := unit.Host("test").Serve(t.Context(), "orders.get", get(source{"Origin": origin})).Header.Get("Access-Control-Allow-Origin")
		if got == "" {
			return
		}
		host := strings.TrimSuffix(strings.TrimPrefix(got, "https://"), ".example.com")
		if got != origin || strings.ContainsAny(host, "/:@?#\\ \r\n*") || len("https://"+host+".example.com") != len(got) {
			t.Errorf("the origin %q was allowed as %q", origin, got)
		}
	})
}
