package dev

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/anygrain/anygrain/fn/grain"
)

// binary is one that has to be built: units with the same tags share it.
type binary struct {
	tags  string
	path  string
	units []string
}

// suffix is what a program's file needs in its name.
var suffix = map[string]string{"windows": ".exe"}[runtime.GOOS]

// binaries lists what the units need, each to be put into dir.
func binaries(units []grain.Unit, dir string) []*binary {
	var all []*binary
	known := map[string]*binary{}
	for _, u := range units {
		tags := strings.Join(u.Tags, ",")
		b := known[tags]
		if b == nil {
			b = &binary{tags: tags, path: filepath.Join(dir, u.Name+suffix)}
			known[tags] = b
			all = append(all, b)
		}
		b.units = append(b.units, u.Name)
	}
	return all
}

// buildsAtOnce bounds the go commands that run at the same time: each is
// parallel itself, apart from its linker.
const buildsAtOnce = 4

// build builds all binaries and returns the paths by the names of the units.
// The error has what every one of them says.
func (c *Config) build(ctx context.Context, dir string) (map[string]string, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, fmt.Errorf("dev: the go command, which builds the units, cannot be run: %w; install Go, or add it to PATH", err)
	}
	all := binaries(c.Units, dir)
	problems := make([]error, len(all))
	problems[0] = c.buildOne(ctx, all[0]) // alone: it fills the build cache for the others
	var rest sync.WaitGroup
	room := make(chan struct{}, buildsAtOnce)
	for i := 1; i < len(all); i++ {
		room <- struct{}{}
		rest.Go(func() {
			problems[i] = c.buildOne(ctx, all[i])
			<-room
		})
	}
	rest.Wait()
	paths := map[string]string{}
	for _, b := range all {
		for _, unit := range b.units {
			paths[unit] = b.path
		}
	}
	return paths, errors.Join(problems...)
}

func (c *Config) buildOne(ctx context.Context, b *binary) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-tags", b.tags, "-o", b.path, c.Package)
	cmd.Dir = c.Dir
	cmd.Env = with(c.Env, "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH, "CGO_ENABLED=0")
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return fmt.Errorf("dev: the build of %s (-tags %s) failed: %w\n%s", strings.Join(b.units, ", "), b.tags, err, strings.TrimSpace(string(out)))
}
