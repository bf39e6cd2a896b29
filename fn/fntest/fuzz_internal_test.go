package fntest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// seen is what a function saw of a request, from each place something.
type seen struct {
	Path    string   `json:"path"`
	Query   []string `json:"query"`
	Header  string   `json:"header"`
	Cookie  string   `json:"cookie"`
	Body    []byte   `json:"body"`
	Handler string   `json:"handler"`
}

type place struct {
	ID     string   `path:"id"`
	Query  []string `query:"q"`
	Header string   `header:"X-Text"`
	Cookie string   `cookie:"c"`
	Body   []byte   `body:""`
}

type rest struct {
	Rest  string   `path:"rest"`
	Query []string `query:"q"`
}

func seer() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("seer", fn.Logger(zerolog.Nop()))
	app.Add(
		fn.New("seen.one", func(_ context.Context, in place) (seen, error) {
			return seen{in.ID, in.Query, in.Header, in.Cookie, in.Body, "one"}, nil
		}, fn.Route("POST /one/{id}")),
		fn.New("seen.rest", func(_ context.Context, in rest) (seen, error) {
			return seen{Path: in.Rest, Query: in.Query, Handler: "rest"}, nil
		}, fn.Route("/rest/{rest...}")),
		fn.New("seen.root", func(context.Context, struct{}) (seen, error) { return seen{Handler: "root"}, nil }, fn.Route("/{$}")),
	)
	return app
}

// FuzzHostsAgree holds all hosts against the direct one, for requests that
// their front doors pass on whole.
func FuzzHostsAgree(f *testing.F) {
	f.Add("/one/a%2Fb", "q=1&q=%20+", "text, more", "c=1", "text/plain", []byte("body"))
	f.Add("/rest/a//b/../%2e", "q", "", "c=%41; d", "", []byte{0xff})
	f.Add("/one/%", "q=%00&q=a;b&%71=%26&q=%E2%82%AC", "ä€", "c=\"1\"; c=2; =; c", "application/x-www-form-urlencoded", []byte("a=1"))
	f.Add("/one/{id}/", "=&&q=+%2B", ",", "c", "multipart/form-data", []byte(nil))
	f.Add("/rest/live/%2F/%25", "q=/?q", "a,, b", "a=b=c", "TEXT/HTML; charset=latin1", []byte("\r\n"))
	f.Add("/live/one/1", "Q=1", "\"", "c=%", "image/png", []byte("PNG"))
	f.Add("/", "", "", "", "application/json", []byte("{}"))
	clients := make([]*Client, 0, len(hosts))
	for _, name := range HostNames() {
		c, err := Open(f.Context(), seer(), Hosts(name))
		if err != nil {
			f.Fatal(err)
		}
		clients = append(clients, c)
	}
	f.Fuzz(func(t *testing.T, path, query, text, cookie, kind string, body []byte) {
		if !sendable(path, query, text, cookie, kind) {
			return
		}
		r := Post(path+"?"+query).Header("X-Text", text).Header("Cookie", cookie).Body(kind, body)
		want, err := clients[0].receive(t.Context(), r)
		if err != nil || want.Status/100 == 3 { // a redirect repeats the query, which maps write in their own way
			return
		}
		for _, c := range clients[1:] {
			if len(c.server.losses(r)) > 0 {
				continue
			}
			got, err := c.receive(t.Context(), r)
			if _, own := errors.AsType[*ownAnswer](err); own {
				continue // net/http's server answers 400 before it asks a handler
			}
			if err != nil {
				t.Errorf("%s: %v", c.Host(), err)
				continue
			}
			if diff := newSettings(nil).diff(want, got); diff != "" {
				t.Errorf("%q on %s:\n%s", r, c.Host(), diff)
			}
		}
	})
}

// sendable reports whether a client could send the request in these words: no
// spaces around values, no control characters, UTF-8.
func sendable(path string, texts ...string) bool {
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?# ") || strings.ContainsAny(texts[0], "# ") {
		return false
	}
	for _, text := range append(texts, path) {
		if text != strings.TrimSpace(text) || strings.ToValidUTF8(text, "") != text || strings.ContainsFunc(text, control) {
			return false
		}
	}
	return true
}

func control(c rune) bool { return c < ' ' || c >= 0x7f && c < 0xa0 }
