package fnhttp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// failing is a reader that panics.
type failing struct{}

func (failing) Read([]byte) (int, error) { panic("a stream") }

// A stream is answered by what its first read says, and nothing that it does ends the
// server.
func TestStreamsThatEndEarly(t *testing.T) {
	for name, c := range map[string]struct {
		stream io.Reader
		status int
		body   string // "" and cut for a connection that ends
		cut    bool
		logged string
	}{
		"empty":                     {strings.NewReader(""), 200, "", false, ""},
		"nothing at first":          {&pauses{r: strings.NewReader("abc")}, 200, "abc", false, ""},
		"an error at once":          {broken{}, 500, "", false, "the reply's stream failed; the client gets 500"},
		"a panic at once":           {failing{}, 500, "", false, "the reply's stream failed; the client gets 500"},
		"an error behind the first": {io.MultiReader(pieces("abc"), broken{}), 200, "abc", true, "the disk is gone"},
		"a panic behind the first":  {io.MultiReader(pieces("abc"), failing{}), 200, "abc", true, "a stream"},
	} {
		t.Run(name, func(t *testing.T) {
			var log buffer
			f := fn.Raw("a.stream", func(context.Context, *fn.Request) (*fn.Reply, error) {
				return &fn.Reply{Status: 200, Stream: c.stream}, nil
			}, fn.Route("/"))
			l := serveRaw(t, newAppHandler(t, newApp(&log, []fn.Function{f, text("a.next", "next", fn.Route("/next"))})))
			status, body, err := get(l.client(), "/")
			if status != c.status || (err != nil) != c.cut || c.status == 200 && body != c.body {
				t.Errorf("got %d %q, %v; want %d %q, cut %v", status, body, err, c.status, c.body, c.cut)
			}
			if !strings.Contains(log.String(), c.logged) || c.logged == "" && log.String() != "" {
				t.Errorf("logged %s, want %q", &log, c.logged)
			}
			if status, body, err := get(l.client(), "/next"); status != 200 || body != "next" || err != nil {
				t.Errorf("afterwards: %d %q, %v", status, body, err)
			}
		})
	}
}

// pauses returns nothing every other time, as an io.Reader may.
type pauses struct {
	r    io.Reader
	even bool
}

func (p *pauses) Read(b []byte) (int, error) {
	if p.even = !p.even; p.even {
		return 0, nil
	}
	return p.r.Read(b)
}

// A length that a reply declares in vain is not sent.
func TestALengthThatIsNotThatOfTheBodyIsNotSent(t *testing.T) {
	for name, reply := range map[string]*fn.Reply{
		"short":      {Status: 200, Body: []byte("abc")},
		"long":       {Status: 200, Body: []byte(strings.Repeat("x", 5000))},
		"no content": {Status: 204},
	} {
		reply.Header.Set("Content-Length", "99")
		f := fn.Raw("a.b", func(context.Context, *fn.Request) (*fn.Reply, error) { return reply, nil }, fn.Route("/"))
		res, err := serveRaw(t, newHandler(t, []fn.Function{f})).client().Get("http://test/")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || string(body) != string(reply.Body) || res.StatusCode != reply.Status {
			t.Errorf("%s: %d %d bytes, %v", name, res.StatusCode, len(body), err)
		}
	}
}

// Early hints have the header as it is then, without what the handler has removed, as from
// net/http alone.
func TestEarlyHintsHaveTheHeaderOfTheirTime(t *testing.T) {
	hints := fnhttp.Handle("a.hints", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "</style.css>; rel=preload")
		w.Header().Del("X-Gone")
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Del("Link")
		w.Header().Set("X-Final", "yes")
		_, _ = io.WriteString(w, "x")
	}), fn.Route("/"))
	around := fnhttp.Wrap(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Around", "yes")
			w.Header().Set("X-Gone", "yes")
			next.ServeHTTP(w, r)
		})
	})
	var early []textproto.MIMEHeader
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got1xxResponse: func(code int, header textproto.MIMEHeader) error {
		if early = append(early, header); code != http.StatusEarlyHints {
			return errors.New("another status")
		}
		return nil
	}})
	request, err := http.NewRequestWithContext(ctx, "GET", "http://test/", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := serveRaw(t, newHandler(t, []fn.Function{hints}, around)).client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if len(early) != 1 || early[0].Get("Link") == "" || early[0].Get("X-Around") != "yes" || early[0].Get("X-Gone")+early[0].Get("X-Final") != "" {
		t.Errorf("the hints are %v", early)
	}
	for name, want := range map[string][]string{"X-Around": {"yes"}, "X-Final": {"yes"}, "Link": nil, "X-Gone": nil} {
		if values := res.Header.Values(name); !slices.Equal(values, want) {
			t.Errorf("%s of the answer is %q, want %q", name, values, want)
		}
	}
}
