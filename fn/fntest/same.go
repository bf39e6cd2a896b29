package fntest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// Same sends the requests, in their order, to the app on every host and fails
// the test where an answer is not that of the host "direct": another status,
// header, body or Content-Length, or a connection that is cut. A request that is not
// answered in time ends it; see Within. Fields that a function fills anew for each request differ for
// good reason; Ignoring leaves them out. Where the front door itself did not
// pass on all of a request, the failure says so; Without leaves its host out.
//
// The app's log is not written to the test's output: a failure shows what was
// logged for its request.
func Same(t *testing.T, app fn.Starter, requests []Request, options ...Option) {
	t.Helper()
	within := newSettings(options).within
	want := answers(newClient(t, app, io.Discard, slices.Concat(options, []Option{on(Direct)})), requests, within)
	each(t, options, func(t *testing.T, options []Option) {
		t.Helper()
		newClient(t, app, io.Discard, options).compare(requests, want, newSettings(options))
	})
}

// outcome is what came of a request: a response, or a connection that was cut.
// Both are missing where a front door answers a random request by itself.
type outcome struct {
	received
	cut *cutError
	log []byte // what the app logged meanwhile
}

func (o outcome) missing() bool { return o.Response == nil && o.cut == nil }

// compare fails the test where an answer is not the wanted one.
func (c *Client) compare(requests []Request, want []outcome, s *settings) {
	c.tb.Helper()
	for i, got := range answers(c, requests, s.within) {
		if got.missing() || want[i].missing() || c.incomparable(requests[i], want[i].Response) {
			continue
		}
		diff := c.diff(s, want[i], got)
		if diff == "" {
			continue
		}
		for _, loss := range c.server.losses(requests[i]) {
			diff += fmt.Sprintf("\n  the front door cannot help it: %s; leave it out by fntest.Without(%q)", loss, c.host)
		}
		c.tb.Errorf("%s is answered otherwise on %s than on %s:\n%s%s", requests[i], c.host, Direct, diff, logged(got.log))
	}
}

// logged is the log as a part of a failure's text.
func logged(log []byte) string {
	if len(log) == 0 {
		return ""
	}
	return "\n  logged:\n    " + strings.ReplaceAll(strings.TrimSpace(string(log)), "\n", "\n    ")
}

// Ignoring leaves the header fields out of the comparison of Same. X-Request-Id
// is always left out: it is made anew for each request.
func Ignoring(fields ...string) Option {
	return func(s *settings) { s.ignored = append(s.ignored, fields...) }
}

// answers sends the requests.
func answers(c *Client, requests []Request, within time.Duration) []outcome {
	c.tb.Helper()
	s := newSender(c, within)
	defer s.stop()
	all := make([]outcome, len(requests))
	for i, r := range requests {
		before := c.logs.size()
		got, err := s.send(r)
		a := outcome{received: got, log: c.logs.since(before)}
		if err != nil && !errors.As(err, &a.cut) {
			c.unanswered(r, err, a.log)
		}
		all[i] = a
	}
	return all
}

// unanswered fails the test, unless the front door answers a random request by itself.
func (c *Client) unanswered(r Request, err error, log []byte) {
	c.tb.Helper()
	_, own := errors.AsType[*ownAnswer](err)
	_, late := errors.AsType[*lateError](err)
	switch {
	case late || err == errEnded:
		c.tb.Fatalf("%s on %s, for %s: %v%s", r, c.host, c.functionFor(r), err, logged(log))
	case !r.random:
		c.tb.Fatalf("%s on %s: %v%s", r, c.host, err, logged(log))
	case !own:
		c.tb.Errorf("%s on %s: %v%s", r, c.host, err, logged(log))
	}
}

// functionFor names the function whose route takes the request.
func (c *Client) functionFor(r Request) string {
	routes, err := routerOf(c.unit)
	if err != nil {
		return "no function"
	}
	path, query := r.split()
	if m := routes.Match(r.method, path, query); m.Found {
		return m.Value
	}
	return "no function"
}

// diff says in which ways two answers differ. A platform that sends answers
// whole can only say that one has failed where a server cuts the connection.
func (c *Client) diff(s *settings, want, got outcome) string {
	switch {
	case want.cut != nil && got.cut != nil:
		return ""
	case got.cut != nil:
		return fmt.Sprintf("  %v; want the answer %v", got.cut, want.Response)
	case want.cut == nil:
		return s.diff(want.received, got.received)
	case !cuts(c.server) && (got.Status == http.StatusInternalServerError || got.Status == fn.Canceled.HTTPStatus()):
		return ""
	}
	return fmt.Sprintf("  got %v; want no whole answer: %v", got.Response, want.cut)
}

// diff says in which ways two responses differ, a line each, "" when in none.
func (s *settings) diff(want, got received) string {
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
	if want.length != "" && got.length != "" && want.length != got.length {
		lines = append(lines, fmt.Sprintf("  Content-Length: got %s, want %s", got.length, want.length))
	}
	if !bytes.Equal(want.Body, got.Body) {
		lines = append(lines, fmt.Sprintf("  body: got %s\n       want %s", shorten(got.Body), shorten(want.Body)))
	}
	return strings.Join(lines, "\n")
}

// fields lists the header fields of both that are compared, sorted.
func (s *settings) fields(a, b received) []string {
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
