package fntest_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

type (
	nameInput struct {
		Name string `json:"name"`
	}
	nameForm struct {
		Name string `form:"name"`
	}
	nameOutput struct {
		Name string `json:"name"`
	}
)

func sayName(_ context.Context, in nameInput) (nameOutput, error)    { return nameOutput(in), nil }
func sayNameForm(_ context.Context, in nameForm) (nameOutput, error) { return nameOutput(in), nil }

// TestOptionsOfAnAppCountForItsFunctions holds every option that an app and a
// function share to what it says of apps, on every host.
func TestOptionsOfAnAppCountForItsFunctions(t *testing.T) {
	unknown := fntest.Post("/names").Body("application/json", []byte(`{"name":"Ada","nick":"a"}`))
	form := fntest.Post("/forms").Form(url.Values{"name": {"Ada"}, "nick": {"a"}})
	large := fntest.Post("/names").JSON(nameInput{strings.Repeat("a", 40)})
	for name, test := range map[string]struct {
		options  []fn.AppOption
		own      []fn.FunctionOption
		request  fntest.Request
		status   int
		contains string
	}{
		"unknown members are refused by default":        {request: unknown, status: 400, contains: `"body.nick"`},
		"unknown members pass with AllowUnknown":        {options: []fn.AppOption{fn.AllowUnknown()}, request: unknown, status: 200, contains: `"Ada"`},
		"unknown members pass with the function's own":  {own: []fn.FunctionOption{fn.AllowUnknown()}, request: unknown, status: 200, contains: `"Ada"`},
		"unknown form fields are refused by default":    {request: form, status: 400, contains: `"form.nick"`},
		"unknown form fields pass with AllowUnknown":    {options: []fn.AppOption{fn.AllowUnknown()}, request: form, status: 200, contains: `"Ada"`},
		"a body over the app's limit":                   {options: []fn.AppOption{fn.BodyLimit(20)}, request: large, status: 413, contains: "20 bytes"},
		"the function's limit goes before the app's":    {options: []fn.AppOption{fn.BodyLimit(20)}, own: []fn.FunctionOption{fn.BodyLimit(100)}, request: large, status: 200},
		"the function's limit may be the smaller one":   {options: []fn.AppOption{fn.BodyLimit(100)}, own: []fn.FunctionOption{fn.BodyLimit(20)}, request: large, status: 413},
		"a known member is taken with AllowUnknown too": {options: []fn.AppOption{fn.AllowUnknown()}, request: fntest.Post("/names").JSON(nameInput{"Ada"}), status: 200, contains: `"Ada"`},
	} {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[fn.NoConfig]("shop", test.options...)
			app.Add(
				fn.New("names.say", sayName, append(test.own, fn.Route("POST /names"))...),
				fn.New("names.form", sayNameForm, append(test.own, fn.Route("POST /forms"))...))
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				if got := c.Do(test.request); got.Status != test.status || !strings.Contains(string(got.Body), test.contains) {
					t.Errorf("got %v, want %d with %s", got, test.status, test.contains)
				}
			})
		})
	}
}

// TestAllowUnknownCountsForDirectInvokes is the same for the whole In as one value.
func TestAllowUnknownCountsForDirectInvokes(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop", fn.AllowUnknown())
	app.Add(fn.New("names.say", sayName))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if got, err := c.InvokeJSON("names.say", map[string]any{"name": "Ada", "nick": "a"}); err != nil || string(got) != `{"name":"Ada"}` {
			t.Errorf("got %s, %v", got, err)
		}
	})
}

// TestTheTimeoutOfAFunctionCountsOnEveryHost also where the platform has a later deadline of its own.
func TestTheTimeoutOfAFunctionCountsOnEveryHost(t *testing.T) {
	left := func(ctx context.Context, _ struct{}) (string, error) {
		end, _ := ctx.Deadline()
		return fmt.Sprint(time.Until(end).Round(10 * time.Minute)), nil
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(middleware.Default()...), fn.Timeout(2*time.Hour))
	app.Add(
		fn.New("time.own", left, fn.Route("GET /own"), fn.Timeout(time.Hour)),
		fn.New("time.app", left, fn.Route("GET /app")),
		fn.New("time.late", func(ctx context.Context, _ struct{}) (string, error) {
			if end, ok := ctx.Deadline(); !ok || time.Until(end) > time.Minute {
				return "nobody would wait for that", nil
			}
			<-ctx.Done()
			return "", ctx.Err()
		}, fn.Route("GET /late"), fn.Timeout(time.Millisecond)))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, platform := range []time.Duration{0, 24 * time.Hour} {
			ctx := t.Context()
			if platform > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, platform)
				defer cancel()
			}
			for target, want := range map[string]string{"/own": "1h0m0s", "/app": "2h0m0s", "/late": "504"} {
				got, err := c.Try(ctx, fntest.Get(target))
				if err != nil || !strings.Contains(got.String(), want) {
					t.Errorf("%s, platform %v: got %v, %v, want %s", target, platform, got, err, want)
				}
			}
		}
	})
}

// TestARepliesStatusIs200WhenItSaysNone holds for whoever made the reply, whatever is in it.
func TestARepliesStatusIs200WhenItSaysNone(t *testing.T) {
	reply := func(r fn.Reply) fn.Invoker {
		return func(context.Context, *fn.Request) (*fn.Reply, error) { return &r, nil }
	}
	// The middleware answers for a path that nothing takes.
	answers := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Path == "/of/middleware" {
				return &fn.Reply{}, nil
			}
			return next(ctx, req)
		}
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(answers))
	app.Add(
		fn.Raw("raw.empty", reply(fn.Reply{}), fn.Route("/empty")),
		fn.Raw("raw.text", reply(fn.Reply{Body: []byte("text")}), fn.Route("/text")),
		fn.Raw("raw.nothing", reply(fn.Reply{Status: 204}), fn.Route("/nothing")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
			for target, want := range map[string]int{"/empty": 200, "/text": 200, "/of/middleware": 200, "/nothing": 204} {
				if got := c.Do(fntest.NewRequest(method, target)); got.Status != want {
					t.Errorf("%s %s: got %v, want %d", method, target, got, want)
				}
			}
		}
	})
}

// TestAnErrorOfACalleeKeepsWhatItSays for the client of its caller, whatever stands between them.
func TestAnErrorOfACalleeKeepsWhatItSays(t *testing.T) {
	price := fn.Define[nameInput, nameOutput]("prices.get")
	app := fn.NewApp[fn.NoConfig]("shop", fn.MapErrors(func(_ context.Context, err error) error {
		if err == sql.ErrNoRows {
			return fn.Errorf(fn.NotFound, "there is none").WithStatus(410)
		}
		return nil
	}))
	app.Add(
		price.With(func(_ context.Context, in nameInput) (nameOutput, error) {
			switch in.Name {
			case "gone":
				return nameOutput{}, sql.ErrNoRows
			case "stale":
				return nameOutput{}, fn.Errorf(fn.FailedPrecondition, "stale").WithStatus(412).
					WithHeader("Retry-After", "7").WithDetail("since", "noon")
			case "maintained":
				return nameOutput{}, fn.Errorf(fn.NotFound, "closed").WithStatus(503)
			}
			return nameOutput(in), nil
		}),
		fn.New("shop.page", func(ctx context.Context, in struct {
			Name string `query:"name"`
		}) (nameOutput, error) {
			return price.Call(ctx, nameInput{in.Name})
		}, fn.Route("GET /page"), fn.Needs(price)))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for name, want := range map[string]int{"gone": 410, "stale": 412, "maintained": 503, "Ada": 200} {
			got := c.Do(fntest.Get("/page?name=" + name))
			if got.Status != want {
				t.Errorf("%s: got %v, want %d", name, got, want)
			}
			if name == "stale" && (got.Header.Get("Retry-After") != "7" || got.Problem() == nil || got.Problem().Others["since"] != "noon") {
				t.Errorf("%s: the header %v and the details of %v are not whole", name, got.Header, got)
			}
		}
	})
}

// TestJSONOfAnyMediaTypeIsTakenOnDemand is for existing APIs: curl -d says that it sends a form.
func TestJSONOfAnyMediaTypeIsTakenOnDemand(t *testing.T) {
	const curl = "application/x-www-form-urlencoded"
	body := `{"name":"Ada"}`
	app := fn.NewApp[fn.NoConfig]("shop")
	list := func(_ context.Context, in []nameInput) (nameOutput, error) { return nameOutput(in[0]), nil }
	app.Add(
		fn.New("strict.say", sayName, fn.Route("POST /strict")),
		fn.New("lenient.say", sayName, fn.Route("POST /lenient"), fn.AllowAnyMediaType()),
		fn.New("lenient.list", list, fn.Route("POST /list"), fn.AllowAnyMediaType()),
		fn.New("lenient.form", sayNameForm, fn.Route("POST /form"), fn.AllowAnyMediaType()))
	general := fn.NewApp[fn.NoConfig]("shop", fn.AllowAnyMediaType())
	general.Add(fn.New("strict.say", sayName, fn.Route("POST /strict")))
	for name, test := range map[string]struct {
		app               *fn.App[fn.NoConfig]
		target, kind, raw string
		encoding          string
		status            int
	}{
		"curl's default":                     {app: app, target: "/lenient", kind: curl, raw: body, status: 200},
		"text":                               {app: app, target: "/lenient", kind: "text/plain;charset=UTF-8", raw: body, status: 200},
		"no such type":                       {app: app, target: "/lenient", kind: "json", raw: body, status: 200},
		"another charset, and ASCII in it":   {app: app, target: "/lenient", kind: "application/json; charset=latin1", raw: body, status: 200},
		"another charset":                    {app: app, target: "/lenient", kind: "text/plain; charset=latin1", raw: "{\"name\":\"J\xfcrgen\"}", status: 400},
		"a list":                             {app: app, target: "/list", kind: curl, raw: "[" + body + "]", status: 200},
		"a form, which is no JSON":           {app: app, target: "/lenient", kind: curl, raw: "name=Ada", status: 400},
		"compressed":                         {app: app, target: "/lenient", kind: "text/plain", raw: body, encoding: "gzip", status: 415},
		"curl's default, by default":         {app: app, target: "/strict", kind: curl, raw: body, status: 415},
		"text, by default":                   {app: app, target: "/strict", kind: "text/plain", raw: body, status: 415},
		"curl's default, of the app":         {app: general, target: "/strict", kind: curl, raw: body, status: 200},
		"a form stays one":                   {app: app, target: "/form", kind: curl, raw: "name=Ada", status: 200},
		"a form of another type stays wrong": {app: app, target: "/form", kind: "text/plain", raw: "name=Ada", status: 415},
	} {
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, test.app, func(t *testing.T, c *fntest.Client) {
				request := fntest.Post(test.target).Body(test.kind, []byte(test.raw))
				if test.encoding != "" {
					request = request.Header("Content-Encoding", test.encoding)
				}
				if got := c.Do(request); got.Status != test.status || got.Status == 200 && string(got.Body) != `{"name":"Ada"}` {
					t.Errorf("got %v, want %d", got, test.status)
				}
			})
		})
	}
}
