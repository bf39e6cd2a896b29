package fnlambda_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

var update = flag.Bool("update", false, "write what the wire cases give into their files")

// The wire cases are files of testdata/wire: what was wrong in other adapters,
// an event, what the function saw of it, and the response. Sections:
//
//	routes    one pattern a line; the functions are t.f0, t.f1, …
//	options   base path
//	headers   the names that the function looks up
//	reply     status, header lines, an empty line, the body as a Go string
//	event     the payload
//	seen      what the function saw; nothing when none was called
//	response  the response, indented
func TestWire(t *testing.T) {
	files, err := filepath.Glob("testdata/wire/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no wire cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			c := readWireCase(t, file)
			seen, response := c.run(t)
			if *update {
				c.set("seen", seen)
				c.set("response", response)
				c.write(t, file)
				return
			}
			if want := c.get("seen"); seen != want {
				t.Errorf("%s\nthe function saw\n%swant\n%s", c.comment, seen, want)
			}
			if want := c.get("response"); response != want {
				t.Errorf("%s\nthe response is\n%swant\n%s", c.comment, response, want)
			}
		})
	}
}

// run hands the event to an app with the routes and returns what was seen.
func (c *wireCase) run(t *testing.T) (seen, response string) {
	t.Helper()
	var b strings.Builder
	app := fn.NewApp[fn.NoConfig]("wire", fn.Logger(zerolog.New(io.Discard)), fn.BasePath(strings.TrimSpace(c.get("options"))))
	headers := strings.Fields(c.get("headers"))
	for i, route := range strings.Split(strings.TrimSpace(c.get("routes")), "\n") {
		app.Add(fn.Raw(fmt.Sprintf("t%d.f", i), func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
			describeRequest(&b, req, headers)
			return c.reply(t), nil
		}, fn.Route(route)))
	}
	h, err := fnlambda.New(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	out, err := h.Invoke(t.Context(), []byte(c.get("event")))
	if err != nil {
		return b.String(), "error: " + err.Error() + "\n"
	}
	return b.String(), indented(t, out)
}

func describeRequest(b *strings.Builder, req *fn.Request, headers []string) {
	fmt.Fprintf(b, "route %s\nrequest %s %s\nquery %s\nfrom %s, %s://%s\n",
		req.Route, req.Method, req.Path, req.Source().RawQuery(), req.RemoteAddr, req.Scheme, req.Authority)
	for _, name := range wildcardNames(req.Route) {
		fmt.Fprintf(b, "path.%s %q\n", name, req.Source().PathValue(name))
	}
	for _, name := range headers {
		fmt.Fprintf(b, "header.%s %q\n", name, req.Source().HeaderValues(name))
	}
	if body := req.Source().Body(); body != nil {
		all, err := io.ReadAll(body)
		fmt.Fprintf(b, "body %q %v\n", all, err)
	}
}

func wildcardNames(route string) []string {
	var names []string
	for part := range strings.SplitSeq(route, "{") {
		if name, _, ok := strings.Cut(part, "}"); ok && name != "$" {
			names = append(names, strings.TrimSuffix(name, "..."))
		}
	}
	return names
}

// reply reads the reply section; without one it is an empty 204.
func (c *wireCase) reply(t *testing.T) *fn.Reply {
	t.Helper()
	text := c.get("reply")
	if text == "" {
		return &fn.Reply{Status: 204}
	}
	head, body, _ := strings.Cut(text, "\n\n")
	status, fields, _ := strings.Cut(head, "\n")
	reply := &fn.Reply{Status: number(t, strings.TrimSpace(status))}
	for line := range strings.Lines(fields) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		reply.Header.Add(name, value)
	}
	if body = strings.TrimSpace(body); body != "" {
		unquoted, err := strconv.Unquote(body)
		if err != nil {
			t.Fatalf("the body %s of the reply: %v", body, err)
		}
		reply.Body = []byte(unquoted)
	}
	return reply
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func indented(t *testing.T, response []byte) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(json.RawMessage(response)); err != nil {
		t.Fatalf("the response is not JSON: %v\n%s", err, response)
	}
	return b.String()
}

// wireCase is a file of named sections, in the manner of txtar.
type wireCase struct {
	comment string
	names   []string
	content map[string]string
}

func readWireCase(t *testing.T, file string) *wireCase {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &wireCase{content: map[string]string{}}
	name := ""
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\r\n", "\n")) {
		if mark, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(mark, " --\n") {
			name = strings.TrimSuffix(mark, " --\n")
			c.names = append(c.names, name)
			continue
		}
		if name == "" {
			c.comment += line
			continue
		}
		c.content[name] += line
	}
	if c.get("routes") == "" || c.get("event") == "" {
		t.Fatal(errors.New("a wire case needs the sections routes and event"))
	}
	return c
}

func (c *wireCase) get(name string) string { return c.content[name] }

func (c *wireCase) set(name, content string) {
	if !slices.Contains(c.names, name) {
		c.names = append(c.names, name)
	}
	c.content[name] = content
}

func (c *wireCase) write(t *testing.T, file string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(c.comment)
	for _, name := range c.names {
		b.WriteString("-- " + name + " --\n" + c.content[name])
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
