package fntest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// echoInput takes something from every place.
type echoInput struct {
	ID      string    `path:"id"`
	Tags    []string  `query:"tag"`
	Limit   *int      `query:"limit"`
	Since   time.Time `query:"since"`
	Agent   string    `header:"User-Agent"`
	Many    []string  `header:"X-Many"`
	Session string    `cookie:"session"`
	Theme   string    `cookie:"theme"`
}

// echoOutput says what was taken, and sets something in every place.
type echoOutput struct {
	Many    []string  `header:"X-Many-Back"`
	First   fn.Cookie `cookie:"first"`
	Second  string    `cookie:"second"`
	ID      string    `json:"id"`
	Tags    []string  `json:"tags"`
	Limit   *int      `json:"limit"`
	Since   time.Time `json:"since,omitzero"`
	Agent   string    `json:"agent"`
	HasMany []string  `json:"hasMany"`
	Cookies [2]string `json:"cookies"`
}

func echo(_ context.Context, in echoInput) (echoOutput, error) {
	return echoOutput{
		Many: []string{"a", "b"}, First: fn.Cookie{Value: "1"}, Second: "2",
		ID: in.ID, Tags: in.Tags, Limit: in.Limit, Since: in.Since, Agent: in.Agent, HasMany: in.Many,
		Cookies: [2]string{in.Session, in.Theme},
	}, nil
}

type noteInput struct {
	Text  string `json:"text" validate:"required,max=20"`
	Lines []struct {
		N int `json:"n" validate:"min=1"`
	} `json:"lines" validate:"dive"`
}

type note struct {
	Text string `json:"text"`
}

func keep(_ context.Context, in noteInput) (note, error) { return note{in.Text}, nil }

type upload struct {
	Title string       `form:"title" validate:"required"`
	File  binding.File `form:"file"`
}

type blob struct {
	ContentType string `header:"Content-Type"`
	Data        []byte `body:""`
}

func save(_ context.Context, in upload) (blob, error) {
	return blob{in.File.ContentType, append([]byte(in.Title+":"+in.File.Name+":"), in.File.Data...)}, nil
}

type rawInput struct {
	Data []byte `body:""`
}

func reverse(_ context.Context, in rawInput) (blob, error) {
	slices.Reverse(in.Data)
	return blob{"application/x-reversed", in.Data}, nil
}

func fail(_ context.Context, in struct {
	Kind string `path:"kind"`
}) (struct{}, error) {
	switch in.Kind {
	case "panic":
		panic("lost")
	case "plain":
		return struct{}{}, errors.New("the password is hunter2")
	}
	return struct{}{}, fn.Errorf(fn.Unavailable, "come back later").WithHeader("Retry-After", "7").WithDetail("kind", in.Kind)
}

func stream(context.Context, struct{}) (io.Reader, error) { return strings.NewReader("streamed"), nil }

func functions() []fn.Function {
	mounted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "m", Value: "1"})
		http.SetCookie(w, &http.Cookie{Name: "n", Value: "2"})
		w.WriteHeader(http.StatusTeapot)
		_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.URL.Path, r.URL.Query()["q"])
	})
	return []fn.Function{
		fn.New("echo.get", echo, fn.Route("GET /echo/{id}")),
		fn.New("notes.keep", keep, fn.Route("POST /notes", fn.Status(201))),
		fn.New("notes.drop", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }, fn.Route("DELETE /notes")),
		fn.New("files.save", save, fn.Route("POST /files")),
		fn.New("files.reverse", reverse, fn.Route("PUT /files/{name}")),
		fn.New("files.stream", stream, fn.Route("GET /files/")),
		fn.New("fail.now", fail, fn.Route("GET /fail/{kind}")),
		fn.New("home.page", func(context.Context, struct{}) (fn.Redirect, error) {
			return fn.RedirectTo(307, "/echo/home?tag=a"), nil
		}, fn.Route("GET /{$}")),
		fnhttp.Handle("old.mux", mounted, fn.Route("/old/{rest...}")),
	}
}

func newApp() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("everything", fn.Use(middleware.Default()...),
		fn.Use(middleware.CORS(middleware.CORSOptions{AllowedOrigins: []string{"https://shop.example"}})))
	app.Add(functions()...)
	return app
}

// requests are one of each kind that a platform could carry wrongly.
func requests() []fntest.Request {
	binary := []byte{0, 1, 2, 0xff, 0xfe, '\n'}
	return []fntest.Request{
		fntest.Get("/echo/42?tag=a&limit=3&since=2026-01-02T03:04:05Z"),
		fntest.Get("/echo/42?tag=%26%3D%2B+%2C"),
		fntest.Get("/echo/42?limit"),
		fntest.Get("/echo/a%20b+c"),
		fntest.Get("/echo/%C3%A4%F0%9F%98%80"),
		fntest.Get("/echo/100%25"),
		fntest.Get("/echo/42").Header("User-Agent", "Mozilla/5.0 (X11; Linux, like Gecko)").Header("X-Many", "a, b"),
		fntest.Get("/echo/42").Cookie("session", "s").Cookie("theme", "dark"),
		fntest.Get("/echo/42").Header("Origin", "https://shop.example"),
		fntest.NewRequest("OPTIONS", "/echo/42").Header("Origin", "https://shop.example").Header("Access-Control-Request-Method", "GET"),
		fntest.NewRequest("OPTIONS", "/echo/42"),
		fntest.NewRequest("HEAD", "/echo/42"),
		fntest.NewRequest("PATCH", "/echo/42"),
		fntest.Get("/echo/"), fntest.Get("/nowhere"), fntest.Get("/"),
		fntest.Get("/files/a/b"),
		fntest.Delete("/notes"),
		fntest.Post("/notes").JSON(note{"hello"}),
		fntest.Post("/notes").JSON(map[string]any{"text": "", "lines": []any{map[string]any{"n": 0}, map[string]any{"n": 1}}}),
		fntest.Post("/notes").JSON(map[string]any{"text": "x", "other": 1}),
		fntest.Post("/notes").Body("application/json", []byte(`{"text":"a","text":"b"}`)),
		fntest.Post("/notes").Body("application/json", []byte(`{"text":7}`)),
		fntest.Post("/notes").Body("application/json", []byte(`{"text":`)),
		fntest.Post("/notes").Body("application/json", []byte(`{"text":"ä😀"}`)),
		fntest.Post("/notes").Body("application/json", []byte{'{', '"', 't', 0xff}),
		fntest.Post("/notes").Body("text/plain", []byte("hello")),
		fntest.Post("/notes"),
		fntest.Post("/files").Form(url.Values{"title": {"t & u"}}),
		fntest.Post("/files").Multipart(url.Values{"title": {"t"}}, map[string]binding.File{"file": {Name: "x.bin", ContentType: "application/octet-stream", Data: binary}}),
		fntest.NewRequest("PUT", "/files/x").Body("application/octet-stream", binary),
		fntest.NewRequest("PUT", "/files/x").Body("text/plain; charset=utf-8", []byte("äb")),
		fntest.Get("/fail/code"), fntest.Get("/fail/plain"), fntest.Get("/fail/panic"),
		fntest.Get("/old/a/b?q=1"), fntest.NewRequest("MKCOL", "/old/x"),
	}
}

func TestEveryHostGivesTheSameAnswers(t *testing.T) {
	fntest.Same(t, newApp(), requests())
}

func TestRandomRequestsAreAnsweredTheSame(t *testing.T) {
	requests := fntest.Random(t, newApp(), 1, 300)
	fntest.Same(t, newApp(), requests)
	if again := fntest.Random(t, newApp(), 1, 300); !reflect.DeepEqual(again, requests) {
		t.Error("the same seed gave other requests")
	}
	c, statuses := fntest.New(t, newApp()), map[int]int{}
	for _, r := range requests {
		statuses[c.Do(r).Status/100]++
	}
	if statuses[2] < 30 || statuses[4] < 30 {
		t.Errorf("of 300 answers so many are 2xx, 3xx and so on: %v; there must be enough of each to compare", statuses)
	}
}

// TestWhatPlatformsCannotCarry names the differences that no host of ours can
// make up for, by running the same comparison without the platforms concerned.
func TestWhatPlatformsCannotCarry(t *testing.T) {
	t.Run("a load balancer with single-value headers keeps the last of repeated keys and fields", func(t *testing.T) {
		fntest.Same(t, newApp(), []fntest.Request{
			fntest.Get("/echo/42?tag=a%2Cb&tag=&tag=c+d&tag=%26%3D%2B"),
			fntest.Get("/echo/42?limit=1&limit=2"),
			fntest.Get("/echo/42").Header("X-Many", "a, b").Header("X-Many", "c"),
			fntest.Get("/old/a/b?q=1&q=2"),
		}, fntest.Without("lambda/alb"))
	})
	t.Run("a load balancer itself refuses a body of more than 1 MiB", func(t *testing.T) {
		fntest.Same(t, newApp(), []fntest.Request{
			fntest.Post("/notes").Body("application/json", bytes.Repeat([]byte(" "), 1<<20+1)),
		}, fntest.Without("lambda/alb", "lambda/alb-multi"))
	})
	t.Run("payload 1.0 has the query decoded, so that a malformed one cannot be told", func(t *testing.T) {
		fntest.Same(t, newApp(), []fntest.Request{
			fntest.Get("/echo/42?tag=%zz"), fntest.Get("/echo/42?tag=a;b"),
		}, fntest.Without("lambda/rest-1.0", "lambda/http-1.0"))
	})
	t.Run("a redirect has the stage in front where the client's path has it", func(t *testing.T) {
		fntest.Same(t, newApp(), []fntest.Request{
			fntest.Get("/files"), fntest.Get("//echo/42"), fntest.Get("/echo//42"), fntest.Get("/echo/../echo/42"),
		}, fntest.Without("lambda/http-2.0/stage"))
	})
}

func TestEachRunsOnEveryHostWithAFreshApp(t *testing.T) {
	starts := 0
	app := fn.NewApp[fn.NoConfig]("counter")
	app.Group("count", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		starts++
		return []fn.Function{fn.New("count.one", func(context.Context, struct{}) (int, error) { return starts, nil }, fn.Route("GET /count"))}, nil
	})
	var ran []string
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		ran = append(ran, c.Host())
		if res := c.Do(fntest.Get("/count")); res.String() != fmt.Sprintf("200 %d", len(ran)) {
			t.Errorf("got %v in run %d", res, len(ran))
		}
	})
	if !slices.Equal(ran, fntest.HostNames()) {
		t.Errorf("ran on %q, want %q", ran, fntest.HostNames())
	}
}

func TestCallIsTypedOnEveryHost(t *testing.T) {
	fntest.Each(t, newApp(), func(t *testing.T, c *fntest.Client) {
		limit := 3
		in := echoInput{ID: "4/2", Tags: []string{"a,b", ""}, Limit: &limit, Many: []string{"x"}, Session: "s"}
		out, err := fntest.Call[echoInput, echoOutput](c, "echo.get", in)
		if err != nil || out.ID != "4/2" || len(out.Tags) != 2 || *out.Limit != 3 || out.First.Value != "1" || out.Second != "2" || len(out.Many) != 2 {
			t.Errorf("got %+v, %v", out, err)
		}
		if _, err := fntest.Call[noteInput, note](c, "notes.keep", noteInput{}); fn.CodeOf(err) != fn.InvalidArgument {
			t.Errorf("a broken rule: %v", err)
		}
		if _, err := fntest.Call[noteInput, note](c, "notes.nope", noteInput{}); fn.CodeOf(err) != fn.Unimplemented {
			t.Errorf("an unknown function: %v", err)
		}
	})
}

func TestAProblemIsDecoded(t *testing.T) {
	c := fntest.New(t, newApp())
	p := c.Do(fntest.Post("/notes").JSON(note{""})).Problem()
	if p == nil || p.Code != "invalid_argument" || p.Status != 422 || len(p.Violations) != 1 || p.Violations[0].Location != "body.text" {
		t.Errorf("got %+v", p)
	}
	if p := c.Do(fntest.Get("/fail/code")).Problem(); p == nil || p.Others["kind"] != "code" {
		t.Errorf("details: %+v", p)
	}
	if p := c.Do(fntest.Delete("/notes")).Problem(); p != nil {
		t.Errorf("no problem: %+v", p)
	}
}

func TestARequestThatCannotBeBuiltIsAnError(t *testing.T) {
	c := fntest.New(t, newApp())
	if _, err := c.Try(t.Context(), fntest.Post("/notes").JSON(make(chan int))); err == nil || !strings.Contains(err.Error(), "POST /notes") {
		t.Errorf("got %v", err)
	}
}
