package fntest_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// What binding makes of a body, and what the function says of it.
type (
	pushIn struct {
		Ref string `json:"ref"`
	}
	formIn struct {
		Text string       `form:"text"`
		File binding.File `form:"file"`
	}
	textIn struct {
		All string `body:""`
	}
	bytesIn struct {
		All []byte `body:""`
	}
	streamIn struct {
		All io.Reader `body:""`
	}
	said struct {
		Got string `json:"got"`
	}
)

func takePush(_ context.Context, in pushIn) (said, error) { return said{in.Ref}, nil }
func takeForm(_ context.Context, in formIn) (said, error) {
	return said{in.Text + string(in.File.Data)}, nil
}
func takeText(_ context.Context, in textIn) (said, error)   { return said{in.All}, nil }
func takeRaw(_ context.Context, in bytesIn) (said, error)   { return said{string(in.All)}, nil }
func takePlain(_ context.Context, _ struct{}) (said, error) { return said{"nothing"}, nil }

func takeStream(_ context.Context, in streamIn) (said, error) {
	all, err := io.ReadAll(in.All)
	return said{string(all)}, err
}

// takeMounted answers with what an http.Handler reads.
func takeMounted(w http.ResponseWriter, r *http.Request) {
	all, err := io.ReadAll(r.Body)
	_, _ = fmt.Fprintf(w, `{"got":%q,"length":%d,"error":%v}`, all, r.ContentLength, err != nil)
}

// takers are functions of all kinds, with this middleware.
func takers(reads fn.Middleware, more ...fn.FunctionOption) *fn.App[fn.NoConfig] {
	with := func(route string) []fn.FunctionOption {
		return append([]fn.FunctionOption{fn.Route(route), fn.Use(reads)}, more...)
	}
	app := fn.NewApp[fn.NoConfig]("takers", fn.Use(middleware.Default()...))
	app.Add(
		fn.New("take.push", takePush, with("POST /push")...),
		fn.New("take.form", takeForm, with("POST /form")...),
		fn.New("take.text", takeText, with("POST /text")...),
		fn.New("take.raw", takeRaw, with("POST /raw")...),
		fn.New("take.plain", takePlain, with("POST /plain")...),
		fn.New("take.stream", takeStream, with("POST /stream")...),
		fnhttp.Handle("take.mounted", http.HandlerFunc(takeMounted), with("POST /mounted")...),
		fn.Raw("take.untyped", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			all, err := req.Body(ctx)
			return &fn.Reply{Body: all}, err
		}, with("POST /untyped")...),
	)
	return app
}

// bodies are requests to the takers, and what each answers.
func bodies() map[string]fntest.Request {
	return map[string]fntest.Request{
		`{"got":"main"}`:    fntest.Post("/push").JSON(map[string]string{"ref": "main"}),
		`{"got":"a b"}`:     fntest.Post("/form").Form(map[string][]string{"text": {"a b"}}),
		`{"got":"tfile"}`:   fntest.Post("/form").Multipart(map[string][]string{"text": {"t"}}, map[string]binding.File{"file": {Name: "n", Data: []byte("file")}}),
		`{"got":"some"}`:    fntest.Post("/text").Body("text/plain", []byte("some")),
		`{"got":"bytes"}`:   fntest.Post("/raw").Body("application/octet-stream", []byte("bytes")),
		`{"got":"nothing"}`: fntest.Post("/plain").Body("text/plain", []byte("unread")),
		`{"got":"flow"}`:    fntest.Post("/stream").Body("text/plain", []byte("flow")),
		`{"got":"handler","length":7,"error":false}`: fntest.Post("/mounted").Body("text/plain", []byte("handler")),
		`untyped`: fntest.Post("/untyped").Body("text/plain", []byte("untyped")),
	}
}

// readings are ways in which middleware can read a body before the function does.
var readings = map[string]fn.Middleware{
	"not at all": func(next fn.Invoker) fn.Invoker { return next },
	"whole": func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := req.Body(ctx); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	},
	"by its source": func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := io.ReadAll(req.Source().Body()); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	},
	"in part": func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := io.ReadFull(req.Source().Body(), make([]byte, 2)); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	},
	"again and again": func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			first, err := req.Body(ctx)
			if err != nil {
				return nil, err
			}
			for range 3 {
				read, err := io.ReadAll(req.Source().Body())
				if err != nil || !bytes.Equal(read, first) {
					return nil, fmt.Errorf("read %q, %v; want %q", read, err, first)
				}
			}
			reply, err := next(ctx, req)
			after, again := req.Body(ctx)
			if again != nil || !bytes.Equal(after, first) {
				return nil, fmt.Errorf("read %q, %v afterwards; want %q", after, again, first)
			}
			return reply, err
		}
	},
}

func TestMiddlewareReadsTheBodyAndTheFunctionToo(t *testing.T) {
	t.Parallel()
	for name, reads := range readings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fntest.Each(t, takers(reads), func(t *testing.T, c *fntest.Client) {
				for want, r := range bodies() {
					if got := c.Do(r); got.Status != http.StatusOK || string(got.Body) != want {
						t.Errorf("%s: got %d %s, want %s", r, got.Status, got.Body, want)
					}
				}
			})
		})
	}
}

// What a function has as bytes can be read after it; what it has as a stream
// cannot, on any host.
func TestTheBodyAfterTheFunction(t *testing.T) {
	t.Parallel()
	after := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := next(ctx, req); err != nil {
				return nil, err
			}
			all, err := req.Body(ctx)
			return &fn.Reply{Body: all}, err
		}
	}
	fntest.Each(t, takers(after), func(t *testing.T, c *fntest.Client) {
		for path, status := range map[string]int{"/text": 200, "/raw": 200, "/plain": 200, "/untyped": 200, "/stream": 500} {
			got := c.Do(fntest.Post(path).Body("text/plain", []byte("later")))
			if got.Status != status || status == 200 && string(got.Body) != "later" {
				t.Errorf("%s: got %d %s, want %d", path, got.Status, got.Body, status)
			}
		}
	})
}

// A function that is tried again has its input again.
func TestAFunctionThatRunsTwiceHasItsBodyTwice(t *testing.T) {
	t.Parallel()
	twice := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := next(ctx, req); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	}
	fntest.Each(t, takers(twice), func(t *testing.T, c *fntest.Client) {
		for want, r := range bodies() {
			if strings.Contains(want, "handler") || strings.Contains(want, "flow") {
				continue // they take a stream
			}
			if got := c.Do(r); got.Status != http.StatusOK || string(got.Body) != want {
				t.Errorf("%s: got %d %s, want %s", r, got.Status, got.Body, want)
			}
		}
	})
}

// Whoever reads first, a body over the limit is refused as too large, and one
// within it is not.
func TestTheLimitHoldsForMiddlewareToo(t *testing.T) {
	t.Parallel()
	for name, reads := range readings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fntest.Each(t, takers(reads, fn.BodyLimit(16)), func(t *testing.T, c *fntest.Client) {
				for path, refused := range map[string]bool{"/text": true, "/raw": true, "/stream": false, "/untyped": true} {
					fits := c.Do(fntest.Post(path).Body("text/plain", []byte(strings.Repeat("x", 16))))
					if fits.Status != http.StatusOK {
						t.Errorf("%s, 16 bytes: got %d %s, want 200", path, fits.Status, fits.Body)
					}
					got := c.Do(fntest.Post(path).Body("text/plain", []byte(strings.Repeat("x", 17))))
					if refused && got.Status != http.StatusRequestEntityTooLarge || got.Status < 400 {
						t.Errorf("%s, 17 bytes: got %d %s, want 413", path, got.Status, got.Body)
					}
				}
			})
		})
	}
}

func TestARequestWithoutABodyHasNone(t *testing.T) {
	t.Parallel()
	app := fn.NewApp[fn.NoConfig]("none")
	app.Add(fn.Raw("none.ask", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
		all, err := req.Body(ctx)
		return &fn.Reply{Body: fmt.Appendf(nil, "%v %v %v", req.Source().Body() == nil, all == nil, err)}, nil
	}, fn.Route("/none")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, r := range []fntest.Request{fntest.Get("/none"), fntest.Post("/none"), fntest.Post("/none").Body("text/plain", nil)} {
			if got := string(c.Do(r).Body); got != "true true <nil>" {
				t.Errorf("%s: got %s, want none", r, got)
			}
		}
	})
}

// A signature is of the bytes that were sent, whatever the function makes of them.
func TestAWebhookIsVerifiedOnEveryHost(t *testing.T) {
	t.Parallel()
	sign := func(body []byte) string {
		mac := hmac.New(sha256.New, []byte("secret"))
		mac.Write(body)
		return hex.EncodeToString(mac.Sum(nil))
	}
	verify := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			body, err := req.Body(ctx)
			if err != nil {
				return nil, err
			}
			if !hmac.Equal([]byte(req.Header("X-Signature")), []byte(sign(body))) {
				return nil, fn.Errorf(fn.Unauthenticated, "the signature is wrong")
			}
			return next(ctx, req)
		}
	}
	fntest.Each(t, takers(verify), func(t *testing.T, c *fntest.Client) {
		for _, body := range []string{"text=a+b", "text=%C3%A9&", "text=", ""} {
			r := fntest.Post("/form").Body("application/x-www-form-urlencoded", []byte(body))
			if got := c.Do(r.Header("X-Signature", sign([]byte(body)))); got.Status != http.StatusOK {
				t.Errorf("%q: got %d %s, want 200", body, got.Status, got.Body)
			}
			if got := c.Do(r.Header("X-Signature", sign([]byte(body+" ")))); got.Status != http.StatusUnauthorized {
				t.Errorf("%q, wrongly signed: got %d %s, want 401", body, got.Status, got.Body)
			}
		}
	})
}
