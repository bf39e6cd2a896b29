// The program compare runs all comparisons and writes their tables.
//
//	go run ./cmd/compare                         everything, about half an hour
//	go run ./cmd/compare -only http -rounds 5    one part
//	go run ./cmd/compare -write                  into docs/benchmarks.md
//
// Contenders take turns, in another order in each round, so that whatever else
// the machine does meets them all. A table has the medians of the rounds, and
// their ratios to the reference of the same run. The lines of the Go benchmarks
// are kept for benchstat, in the file that -raw names.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// settings are the flags.
type settings struct {
	only      string
	rounds    int
	benchtime time.Duration
	raw       string
	write     bool
	dir       string // of this module
	scratch   string
}

// part is a part of the comparison. It returns its tables as Markdown.
type part struct {
	name string
	run  func(ctx context.Context, s *settings) (string, error)
}

var parts = []part{
	{"http", overHTTP},
	{"routes", manyRoutes},
	{"lambda", onLambda},
	{"calls", calls},
	{"cold", coldStart},
	{"steady", steadyState},
	{"macro", macro},
}

func main() {
	s := &settings{}
	flag.StringVar(&s.only, "only", "", "the parts to run, separated by commas: http, routes, lambda, calls, cold, steady, macro")
	flag.IntVar(&s.rounds, "rounds", 10, "how often each contender has its turn; 4 times as often at cold start")
	flag.DurationVar(&s.benchtime, "benchtime", 300*time.Millisecond, "how long one turn of a benchmark takes")
	flag.StringVar(&s.raw, "raw", "", "a file for the lines of the Go benchmarks")
	flag.BoolVar(&s.write, "write", false, "write the tables into docs/benchmarks.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := compare(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func compare(ctx context.Context, s *settings) (err error) {
	if s.dir, err = moduleDir(ctx); err != nil {
		return err
	}
	if s.scratch, err = os.MkdirTemp("", "compare"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(s.scratch) }()
	for _, p := range parts {
		if s.only != "" && !slices.Contains(strings.Split(s.only, ","), p.name) {
			continue
		}
		text, err := p.run(ctx, s)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Printf("\n%s\n\n%s", p.name, text)
		if s.write {
			if err := s.document(p.name, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// moduleDir finds the module, from wherever in the repository this is called.
func moduleDir(ctx context.Context) (string, error) {
	out, err := output(ctx, "", nil, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/anygrain/anygrain/benchmarks")
	return strings.TrimSpace(out), err
}

// document puts the text between the marks of the part in docs/benchmarks.md.
func (s *settings) document(name, text string) error {
	path := filepath.Join(s.dir, "..", "docs", "benchmarks.md")
	doc, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, ok := strings.Cut(string(doc), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return fmt.Errorf("%s has no place between %q and %q", path, strings.TrimSpace(begin), end)
	}
	return os.WriteFile(path, []byte(before+begin+"\n"+text+"\n"+end+after), 0o644)
}
