package fntest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fntest"
)

// lastOnly is the front door that passes on the last value of a repeated field alone.
const lastOnly = "lambda/alb"

// watched is an app whose middleware tells what it sees of a header, by the name
// that the query says, and whose functions tell the same.
func watched() *fn.App[fn.NoConfig] {
	see := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			name := strings.TrimSuffix(req.Source().RawQuery(), "=") // as some front doors spell it
			req.ReplyHeader().Set("X-Header", fmt.Sprintf("%q", req.Header(name)))
			req.ReplyHeader().Set("X-Values", fmt.Sprintf("%q", req.Source().HeaderValues(name)))
			return next(ctx, req)
		}
	}
	app := fn.NewApp[fn.NoConfig]("watched", fn.Use(see))
	app.Add(
		fn.New("see.typed", func(_ context.Context, in struct {
			Key   string `header:"X-Key"`
			Crumb string `cookie:"b"`
		}) (said, error) {
			return said{in.Key + "|" + in.Crumb}, nil
		}, fn.Route("GET /typed")),
		fnhttp.Handle("see.mounted", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := http.CanonicalHeaderKey(strings.TrimSuffix(r.URL.RawQuery, "="))
			_, _ = fmt.Fprintf(w, "%q", r.Header[name])
		}), fn.Route("GET /mounted")),
	)
	return app
}

func TestARepeatedHeaderIsOneValueForAll(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		field string
		lines []string
		want  string
	}{
		"two":                    {"X-Key", []string{"good", "bad"}, "good,bad"},
		"three, one empty":       {"X-Key", []string{"a", "", "c"}, "a,,c"},
		"commas within":          {"X-Key", []string{"a, b", `"c,d"`}, `a, b,"c,d"`},
		"space around each":      {"X-Key", []string{"a ", "\tsecond "}, "a,second"},
		"space around one":       {"X-Key", []string{"  a b "}, "a b"},
		"cookies":                {"Cookie", []string{"a=1", "b=2"}, "a=1; b=2"},
		"credentials":            {"Authorization", []string{"Basic YTpi", "Bearer x"}, "Basic YTpi,Bearer x"},
		"a condition":            {"If-Modified-Since", []string{"Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"}, "Sun, 06 Nov 1994 08:49:37 GMT,Sun, 06 Nov 1994 08:49:37 GMT"},
		"a trace":                {"Traceparent", []string{"00-a", "00-b"}, "00-a,00-b"},
		"a name in odd case":     {"x-kEY", []string{"good", "bad"}, "good,bad"},
		"what clients claim":     {"X-Request-Id", []string{"a", "b"}, "a,b"},
		"an origin":              {"Origin", []string{"https://a.example", "https://b.example"}, "https://a.example,https://b.example"},
		"media types":            {"Accept", []string{"text/html", "*/*;q=0.1"}, "text/html,*/*;q=0.1"},
		"a media type, repeated": {"Content-Type", []string{"text/plain", "text/plain"}, "text/plain,text/plain"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fntest.Each(t, watched(), func(t *testing.T, c *fntest.Client) {
				for _, asked := range []string{tt.field, strings.ToLower(tt.field), strings.ToUpper(tt.field)} {
					for _, path := range []string{"/typed", "/mounted"} {
						r := fntest.Get(path + "?" + asked)
						for _, line := range tt.lines {
							r = r.Header(tt.field, line)
						}
						got := c.Do(r)
						if h := got.Header.Get("X-Header"); h != fmt.Sprintf("%q", tt.want) {
							t.Errorf("%s, Request.Header(%q): got %s, want %q", path, asked, h, tt.want)
						}
						if v := got.Header.Get("X-Values"); v != fmt.Sprintf("%q", []string{tt.want}) {
							t.Errorf("%s, HeaderValues(%q): got %s, want %q", path, asked, v, tt.want)
						}
						if body := string(got.Body); path == "/mounted" && body != fmt.Sprintf("%q", []string{tt.want}) {
							t.Errorf("a mounted handler has %s, want %q", body, tt.want)
						}
						if body := string(got.Body); strings.EqualFold(tt.field, "X-Key") && path == "/typed" && body != fmt.Sprintf(`{"got":%q}`, tt.want+"|") {
							t.Errorf("the In has %s, want %q", body, tt.want)
						}
						if body := string(got.Body); tt.field == "Cookie" && path == "/typed" && body != `{"got":"|2"}` {
							t.Errorf("the In has %s, want the second cookie", body)
						}
					}
				}
			}, fntest.Without(lastOnly))
		})
	}
}

func TestHostIsToldOnceAndInAnyCase(t *testing.T) {
	t.Parallel()
	fntest.Each(t, watched(), func(t *testing.T, c *fntest.Client) {
		for _, name := range []string{"Host", "host", "HOST"} {
			got := c.Do(fntest.Get("/typed?"+name).Header("Host", "shop.example"))
			if v := got.Header.Get("X-Values"); v != `["shop.example"]` {
				t.Errorf("HeaderValues(%q): got %s", name, v)
			}
		}
	})
}

func TestAMediaTypeThatIsSentTwiceIsNone(t *testing.T) {
	t.Parallel()
	app := takers(readings["not at all"])
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for path, media := range map[string]string{"/push": "application/json", "/form": "application/x-www-form-urlencoded"} {
			body := map[string]string{"/push": `{"ref":"main"}`, "/form": "text=a"}[path]
			r := fntest.Post(path).Body(media, []byte(body))
			if got := c.Do(r); got.Status != http.StatusOK {
				t.Errorf("%s: got %d %s, want 200", path, got.Status, got.Body)
			}
			if got := c.Do(r.Header("Content-Type", media)); got.Status != http.StatusUnsupportedMediaType {
				t.Errorf("%s, twice: got %d %s, want 415", path, got.Status, got.Body)
			}
		}
	}, fntest.Without(lastOnly))
}

// RFC 9110 section 13.1.3: a condition that is no date is ignored. Two ranges that
// were joined are no range (section 14.2).
func TestRepeatedConditionsAndRangesToAMountedHandler(t *testing.T) {
	t.Parallel()
	modified := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	app := fn.NewApp[fn.NoConfig]("files")
	app.Add(fnhttp.Handle("files.get", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "a.txt", modified, strings.NewReader("0123456789"))
	}), fn.Route("GET /files/a.txt")))
	date := modified.Format(http.TimeFormat)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		get := fntest.Get("/files/a.txt")
		for name, tt := range map[string]struct {
			r    fntest.Request
			want int
		}{
			"If-Modified-Since once":     {get.Header("If-Modified-Since", date), 304},
			"If-Modified-Since twice":    {get.Header("If-Modified-Since", date).Header("If-Modified-Since", date), 200},
			"If-Unmodified-Since, twice": {get.Header("If-Unmodified-Since", date).Header("If-Unmodified-Since", "Sun, 06 Nov 1993 08:49:37 GMT"), 200},
			"If-None-Match twice":        {get.Header("If-None-Match", `"a"`).Header("If-None-Match", "*"), 304},
			"Range once":                 {get.Header("Range", "bytes=0-1"), 206},
			"Range twice":                {get.Header("Range", "bytes=0-1").Header("Range", "bytes=2-3"), 416},
		} {
			if got := c.Do(tt.r); got.Status != tt.want {
				t.Errorf("%s: got %d %s, want %d", name, got.Status, got.Body, tt.want)
			}
		}
	}, fntest.Without(lastOnly))
}

// A native handler behind another front door gets an event that is made of the
// request as all see it.
func TestANativeHandlerSeesTheSameRequest(t *testing.T) {
	t.Parallel()
	app := fn.NewApp[fn.NoConfig]("native", fn.Use(readings["whole"]))
	app.Add(
		fnlambda.Native("native.two", func(_ context.Context, e events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
			return events.APIGatewayV2HTTPResponse{StatusCode: 200, Body: fmt.Sprintf("%s %q %s", e.Headers["x-key"], e.Cookies, e.Body)}, nil
		}, fn.Route("POST /two")),
		fnlambda.Native("native.balancer", func(_ context.Context, e events.ALBTargetGroupRequest) (events.ALBTargetGroupResponse, error) {
			return events.ALBTargetGroupResponse{StatusCode: 200, Body: e.Body}, nil
		}, fn.Route("POST /balancer")),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		r := fntest.Post("/two").Body("text/plain", []byte("body")).Header("X-Key", "a").Header("x-key", "b ").Header("Cookie", "c=1").Header("Cookie", "d=2")
		if got, want := string(c.Do(r).Body), `a,b ["c=1" "d=2"] body`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := c.Do(fntest.Post("/balancer").Body("text/plain", []byte("body")).Header("Cookie", "")); string(got.Body) != "body" {
			t.Errorf("an empty line of cookies: got %d %s", got.Status, got.Body)
		}
	}, fntest.Without(lastOnly))
}

// Front doors spell names as they like, and put some in that others leave out.
func TestTheNamesOfHeadersAreTheSameForAll(t *testing.T) {
	t.Parallel()
	app := fn.NewApp[fn.NoConfig]("watched")
	app.Add(fn.Raw("see.names", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		names := slices.DeleteFunc(req.Source().HeaderNames(), func(name string) bool { return name != "Host" && !strings.HasPrefix(name, "X-Own") })
		return &fn.Reply{Status: 200, Body: fmt.Append(nil, names)}, nil
	}, fn.Route("GET /names")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		got := c.Do(fntest.Get("/names").Header("x-ownB", "1").Header("X-OWNA", "2").Header("X-Owna", "3"))
		if string(got.Body) != "[Host X-Owna X-Ownb]" {
			t.Errorf("got %s", got.Body)
		}
	})
}
