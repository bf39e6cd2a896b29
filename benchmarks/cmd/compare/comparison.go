package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/gotool"
)

// comparison is one run of this program.
type comparison struct {
	settings
	dir     string // of the module
	scratch string // for binaries, removed at the end
	raw     *os.File
	lines   *lines // of raw
	tests   string // the test binary of the module, once it is built
}

func open(ctx context.Context, s settings) (*comparison, error) {
	dir, err := gotool.Output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}", gotool.Module)
	if err != nil {
		return nil, fmt.Errorf("call this within the repository: %w", err)
	}
	c := &comparison{settings: s, dir: strings.TrimSpace(dir)}
	if c.raw, err = os.Create(s.raw); err != nil {
		return nil, err
	}
	c.lines = &lines{w: c.raw}
	if c.scratch, err = os.MkdirTemp("", "compare"); err != nil {
		return nil, errors.Join(err, c.raw.Close())
	}
	return c, nil
}

func (c *comparison) close() error { return errors.Join(c.raw.Close(), os.RemoveAll(c.scratch)) }

// measure runs a part, and prints and writes what it says.
func (c *comparison) measure(ctx context.Context, p part) error {
	fmt.Fprintf(os.Stderr, "%s …\n", p.name)
	text, err := p.run(ctx, c)
	if errors.Is(err, errNotRun) {
		fmt.Fprintln(os.Stderr, err)
		return nil
	}
	if err != nil {
		return err
	}
	text += "\n" + machine() + p.basis(c.settings) + ".\n"
	fmt.Printf("## %s\n\n%s\n", p.name, text)
	if !c.write {
		return nil
	}
	return rewrite(c.document(), p.name, text)
}

func (c *comparison) document() string { return filepath.Join(c.dir, "..", "docs", "benchmarks.md") }
