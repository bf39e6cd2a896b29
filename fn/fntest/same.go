package fntest

import (
	"bytes"
	"errors"
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
// good reason; Ignoring leaves them out. Where the front door itself did not
// pass on all of a request, the failure says so; Without leaves its host out.
func Same(t *testing.T, app fn.Starter, requests []Request, options ...Option) {
	t.Helper()
	want := answers(New(t, app, slices.Concat(options, []Option{on(Direct)})...), requests)
	Each(t, app, func(t *testing.T, c *Client) {
		t.Helper()
		c.compare(requests, want, newSettings(options))
	}, options...)
}

// compare fails the test where an answer is not the wanted one.
func (c *Client) compare(requests []Request, want []*Response, s *settings) {
	c.tb.Helper()
	for i, got := range answers(c, requests) {
		if got == nil || want[i] == nil || c.incomparable(requests[i], want[i]) {
			continue
		}
		diff := s.diff(want[i], got)
		if diff == "" {
			continue
		}
		for _, loss := range c.server.losses(requests[i]) {
			diff += fmt.Sprintf("\n  the front door cannot help it: %s; leave it out by fntest.Without(%q)", loss, c.host)
		}
		c.tb.Errorf("%s is answered otherwise on %s than on %s:\n%s", requests[i], c.host, Direct, diff)
	}
}

// Ignoring leaves the header fields out of the comparison of Same. X-Request-Id
// is always left out: it is made anew for each request.
func Ignoring(fields ...string) Option {
	return func(s *settings) { s.ignored = append(s.ignored, fields...) }
}

// answers are the responses to the requests, nil where the front door answers a
// random one by itself.
func answers(c *Client, requests []Request) []*Response {
	c.tb.Helper()
	all := make([]*Response, len(requests))
	for i, r := range requests {
		if r.random {
			all[i] = c.try(r)
			continue
		}
		all[i] = c.Do(r)
	}
	return all
}

func (c *Client) try(r Request) *Response {
	c.tb.Helper()
	res, err := c.Try(c.ctx, r)
	if _, own := errors.AsType[*ownAnswer](err); err != nil && !own {
		c.tb.Errorf("%s on %s: %v", r, c.host, err)
	}
	return res
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
