package fntest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// Option is an option of Each, New and Same.
type Option func(*settings)

type settings struct {
	start      []fn.StartOption
	hosts      []string
	without    []string
	ignored    []string      // header fields
	background []string      // functions whose goroutines may stay
	within     time.Duration // of a request of Same
}

// Start passes options to the app's Start: a config (fn.WithConfig), fakes
// (fn.ReplaceGroup), a selection (fn.Select), a logger (fn.WithLogger).
func Start(options ...fn.StartOption) Option {
	return func(s *settings) { s.start = append(s.start, options...) }
}

// Hosts limits the test to these hosts; see HostNames.
func Hosts(names ...string) Option {
	return func(s *settings) { s.hosts = append(s.hosts, names...) }
}

// Without leaves out the hosts of these names and their variants:
// "lambda/rest-1.0" is also "lambda/rest-1.0/proxy". It is for platforms that
// cannot carry what the test is about.
func Without(names ...string) Option {
	return func(s *settings) { s.without = append(s.without, names...) }
}

func newSettings(options []Option) *settings {
	s, _ := readSettings(options)
	return s
}

// readSettings also says which names are of no host: a test that runs on other hosts
// than it says passes, and means nothing.
func readSettings(options []Option) (*settings, error) {
	s := &settings{within: defaultWithin}
	for _, o := range options {
		if o != nil {
			o(s)
		}
	}
	var problems []error
	for _, name := range s.hosts {
		if _, err := openerOf(name); err != nil {
			problems = append(problems, err)
		}
	}
	for _, name := range s.without {
		if !slices.ContainsFunc(HostNames(), func(host string) bool { return isOrVaries(host, name) }) {
			problems = append(problems, fmt.Errorf("fntest.Without: there is no host %q; there are %s", name, strings.Join(HostNames(), ", ")))
		}
	}
	if len(s.hosts) == 0 {
		s.hosts = HostNames()
	}
	s.hosts = slices.DeleteFunc(s.hosts, func(name string) bool {
		return slices.ContainsFunc(s.without, func(w string) bool { return isOrVaries(name, w) })
	})
	return s, errors.Join(problems...)
}

// isOrVaries reports whether a host is the one of that name, or a variant of it.
func isOrVaries(host, name string) bool { return host == name || strings.HasPrefix(host, name+"/") }

// Each runs the test body once on every host, as a subtest of the host's name.
// Each run starts the app anew, so that no state passes from one to the next,
// and stops it when the subtest ends. A goroutine that is left behind then
// fails the subtest.
func Each(t *testing.T, app fn.Starter, body func(t *testing.T, c *Client), options ...Option) {
	t.Helper()
	each(t, options, func(t *testing.T, options []Option) {
		t.Helper()
		body(t, New(t, app, options...))
	})
}

// each runs a subtest for each host, with options for that host alone.
func each(t *testing.T, options []Option, body func(t *testing.T, options []Option)) {
	t.Helper()
	s, err := readSettings(options)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range s.hosts {
		t.Run(name, func(t *testing.T) {
			t.Helper() // what fails in here fails at the caller's line
			body(t, slices.Concat(options, []Option{on(name)}))
		})
	}
}

// on replaces the hosts by one.
func on(name string) Option { return func(s *settings) { s.hosts = []string{name} } }

// New starts the app on one host, "direct" unless Hosts names another first,
// and stops it when the test ends; a goroutine that is left behind then fails
// it. What the app logs goes to the test's output and to [Client.Logs].
func New(tb testing.TB, app fn.Starter, options ...Option) *Client {
	tb.Helper()
	return newClient(tb, app, tb.Output(), options)
}

// newClient is New with the output of the log.
func newClient(tb testing.TB, app fn.Starter, output io.Writer, options []Option) *Client {
	tb.Helper()
	var c *Client
	checkGoroutines(tb, newSettings(options).background, func() []string { return c.goroutines() })
	c, err := open(tb.Context(), app, output, options)
	if err != nil {
		tb.Fatal(err)
	}
	c.tb = tb
	tb.Cleanup(func() {
		if err := c.Close(context.WithoutCancel(tb.Context())); err != nil {
			tb.Errorf("stop the app: %v", err)
		}
	})
	return c
}

// goroutines are those that ran functions in the test's stead.
func (c *Client) goroutines() []string {
	if c == nil {
		return nil
	}
	return append(serving(c.server), c.senders...)
}
