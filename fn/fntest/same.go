package fntest

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// Same sends the requests, in their order, to the app on every host and fails
// the test where an answer is not that of the host "direct": another status,
// header or body. Fields that a function fills anew for each request differ for
// good reason; Ignoring leaves them out.
func Same(t *testing.T, app fn.Starter, requests []Request, options ...Option) {
	t.Helper()
	want := answers(New(t, app, slices.Concat(options, []Option{on(Direct)})...), requests)
	Each(t, app, func(t *testing.T, c *Client) {
		for i, got := range answers(c, requests) {
			if diff := newSettings(options).diff(want[i], got); diff != "" {
				t.Errorf("%s is answered otherwise on %s than on %s:\n%s", requests[i], c.Host(), Direct, diff)
			}
		}
	}, options...)
}

// Ignoring leaves the header fields out of the comparison of Same. X-Request-Id
// is always left out: it is made anew for each request.
func Ignoring(fields ...string) Option {
	return func(s *settings) { s.ignored = append(s.ignored, fields...) }
}

func answers(c *Client, requests []Request) []*Response {
	c.tb.Helper()
	all := make([]*Response, len(requests))
	for i, r := range requests {
		all[i] = c.Do(r)
	}
	return all
}

// diff says in which ways two responses differ, a line each, "" when in none.
func (s *settings) diff(want, got *Response) string {
	var lines []string
	if want.Status != got.Status {
		lines = append(lines, fmt.Sprintf("  status: got %d, want %d", got.Status, want.Status))
	}
	for _, name := range s.fields(want, got) {
		w, g := slices.Clone(want.Header.Values(name)), slices.Clone(got.Header.Values(name))
		if name == "Set-Cookie" { // the order of cookies means nothing
			slices.Sort(w)
			slices.Sort(g)
		}
		if strings.Join(w, ", ") != strings.Join(g, ", ") { // front doors may fold fields into one
			lines = append(lines, fmt.Sprintf("  header %s: got %q, want %q", name, g, w))
		}
	}
	if !bytes.Equal(want.Body, got.Body) {
		lines = append(lines, fmt.Sprintf("  body: got %s\n       want %s", shorten(got.Body), shorten(want.Body)))
	}
	return strings.Join(lines, "\n")
}

// fields lists the header fields of both that are compared, sorted.
func (s *settings) fields(a, b *Response) []string {
	names := map[string]bool{}
	for name := range maps.Keys(a.Header) {
		names[name] = true
	}
	for name := range maps.Keys(b.Header) {
		names[name] = true
	}
	delete(names, "X-Request-Id")
	for _, name := range s.ignored {
		delete(names, name)
	}
	return slices.Sorted(maps.Keys(names))
}

// shorten keeps a failure readable.
func shorten(body []byte) string {
	const most = 400
	if len(body) <= most {
		return fmt.Sprintf("%q", body)
	}
	return fmt.Sprintf("%q… (%d bytes)", body[:most], len(body))
}
