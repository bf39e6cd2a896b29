package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// output runs a command and returns what it prints. The error has the rest.
func output(ctx context.Context, dir string, env []string, name string, arguments ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(arguments, " "), err, out, stderr.String())
	}
	return string(out), nil
}

// build builds a program of this module as it would be deployed.
func (s *settings) build(ctx context.Context, pkg, tags string) (string, error) {
	binary := filepath.Join(s.scratch, filepath.Base(pkg))
	_, err := output(ctx, s.dir, []string{"CGO_ENABLED=0"}, "go", "build", "-trimpath", "-ldflags", "-s -w", "-tags", tags, "-o", binary, pkg)
	return binary, err
}
