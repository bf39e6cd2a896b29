package fntest

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/dice"
	"github.com/anygrain/anygrain/internal/randomapp"
	"github.com/anygrain/anygrain/internal/randomreq"
)

var (
	randomApps = flag.Int("random.apps", 25, "how many random apps to compare on all hosts")
	randomSeed = flag.Uint64("random.seed", 1, "the seed of the first of them; each next one has the next")
)

// requestsPerApp is how many requests and invokes a random app gets.
const requestsPerApp = 20

// TestRandomAppsAnswerTheSameEverywhere holds apps and requests that nobody
// thought of to the answers of the host without a platform, and to its effects.
// A difference is cut down and printed as a file for testdata/equivalence.
//
//	go test ./fn/fntest -run RandomApps -random.apps 100000 -random.seed 1000
//
// With -ldflags "-X github.com/anygrain/anygrain/fn.proof=random" all functions are compiled when
// they are first used; the digest of the answers is the same.
func TestRandomAppsAnswerTheSameEverywhere(t *testing.T) {
	compared, good := 0, 0
	digest := sha256.New() // of the right answers, for two builds to be held against each other
	for i := range *randomApps {
		seed := *randomSeed + uint64(i)
		c := drawTrial(t, seed)
		c.digest = digest
		n, ok, found := c.run(append(HostNames(), slices.Sorted(maps.Keys(unlisted))...))
		compared, good = compared+n, good+ok
		if found == nil {
			continue
		}
		small := c.shrink(*found)
		t.Fatalf("seed %d: %s\n\nas a file for testdata/equivalence:\n%s", seed, small.found, small.trial)
	}
	t.Logf("%d answers compared, %d of them good ones; digest %x", compared, good, digest.Sum(nil)[:8])
	if good*8 < compared {
		t.Errorf("of %d answers %d are good ones; the requests have become too bad to test much", compared, good)
	}
}

// trial is an app and what it is sent.
type trial struct {
	app      randomapp.App
	requests []randomreq.Request
	digest   io.Writer // takes the right answers; may be nil
}

// note writes the right answers to the digest.
func (c trial) note(answers []answer) {
	if c.digest == nil {
		return
	}
	for _, a := range answers {
		fmt.Fprintf(c.digest, "%v %v %q", a.code, a.err, a.effects)
		if a.err == nil {
			fmt.Fprintf(c.digest, "%d %q", a.response.Status, a.response.Body)
		}
	}
}

func drawTrial(t *testing.T, seed uint64) trial {
	c := trial{app: randomapp.Draw(dice.New(seed))}
	app, _, err := c.app.Build()
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	client, err := Open(t.Context(), app)
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	defer func() { _ = client.Close(t.Context()) }()
	g := randomreq.New(seed, client.Unit().Functions())
	for i := range requestsPerApp {
		if in, ok := g.Invoke(); ok && i%4 == 0 {
			c.requests = append(c.requests, in)
		}
		c.requests = append(c.requests, g.Request())
	}
	return c
}

// difference is one that was found.
type difference struct {
	host    string
	request int
	text    string
}

func (d difference) String() string {
	return fmt.Sprintf("request %d on %s:\n%s", d.request, d.host, d.text)
}

// answer is what a request led to.
type answer struct {
	response received
	code     fn.Code // of an invoke
	err      error
	own      bool // err is the front door's
	effects  string
	logged   string // errors, to find what was wrong
}

// run sends the requests to the hosts, the first of which is right. It returns
// how many answers it compared and how many of them were good, and the first difference.
func (c trial) run(names []string) (compared, good int, found *difference) {
	var want []answer
	for _, name := range names {
		host, err := c.open(name)
		if err != nil {
			return compared, good, &difference{host: name, text: err.Error()}
		}
		answers := host.sendAll(c.requests)
		if want == nil {
			want = answers
			c.note(want)
			continue
		}
		for i, got := range answers {
			if host.excused(c.requests[i], want[i]) || got.own {
				continue
			}
			compared++
			if want[i].good() {
				good++
			}
			if text := got.differs(want[i]); text != "" {
				return compared, good, &difference{name, i, text}
			}
		}
	}
	return compared, good, nil
}

// good reports whether the function had no complaint.
func (a answer) good() bool { return a.err == nil && a.code == 0 && a.response.Status < 400 }

// running is the app of a trial on a host.
type running struct {
	*Client
	effects *randomapp.Effects
	logged  int // lines
}

func (c trial) open(host string) (*running, error) {
	app, effects, err := c.app.Build()
	if err != nil {
		return nil, err
	}
	client, err := Open(context.Background(), app, Hosts(host))
	if err != nil {
		return nil, err
	}
	return &running{Client: client, effects: effects}, nil
}

// sendAll sends the requests, and stops the app.
func (h *running) sendAll(requests []randomreq.Request) []answer {
	answers := make([]answer, len(requests))
	for i, r := range requests {
		answers[i] = h.send(r)
	}
	_ = h.Close(h.ctx)
	return answers
}

func (h *running) send(r randomreq.Request) answer {
	var a answer
	if r.Function != "" {
		body, err := h.server.invoke(h.ctx, r.Function, r.Body)
		a = answer{response: received{Response: &Response{Body: body}}, code: fn.CodeOf(err)}
	} else {
		a.response, a.err = h.receive(h.ctx, fromRandom(r))
		_, a.own = errors.AsType[*ownAnswer](a.err)
	}
	a.effects = h.effects.Take()
	for _, line := range h.Logs()[h.logged:] {
		h.logged++
		if line["error"] != nil {
			a.logged += fmt.Sprintf("\n    %v %v", line["function"], line["error"])
		}
	}
	return a
}

// excused reports whether the host may answer otherwise.
func (h *running) excused(r randomreq.Request, want answer) bool {
	if r.Function != "" { // a Lambda gets no payload that is no JSON in UTF-8
		return !jsontext.Value(r.Body).IsValid(jsontext.AllowDuplicateNames(true))
	}
	return want.err != nil || h.incomparable(fromRandom(r), want.response.Response)
}

func (a answer) differs(want answer) string {
	var lines []string
	if fmt.Sprint(a.err) != fmt.Sprint(want.err) {
		return fmt.Sprintf("  error: got %v, want %v", a.err, want.err)
	}
	if a.code != want.code {
		lines = append(lines, fmt.Sprintf("  code: got %v, want %v", a.code, want.code))
	}
	if a.err == nil {
		if diff := newSettings(nil).diff(want.response, a.response); diff != "" {
			lines = append(lines, diff)
		}
	}
	if a.effects != want.effects {
		lines = append(lines, fmt.Sprintf("  effects: got %q\n          want %q", a.effects, want.effects))
	}
	if len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("  logged: %s\n  wanted: %s", a.logged, want.logged))
	}
	return strings.Join(lines, "\n")
}
