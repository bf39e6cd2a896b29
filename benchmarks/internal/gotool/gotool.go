// Package gotool runs the go command, and the programs that it builds.
package gotool

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Module is the path of the module of the benchmarks.
const Module = "github.com/anygrain/anygrain/benchmarks"

// Output runs a command in dir and returns what it prints. The error has all of it.
func Output(ctx context.Context, dir, name string, arguments ...string) (string, error) {
	return output(exec.CommandContext(ctx, name, arguments...), dir)
}

// Path is where a program of that name goes in dir: Windows knows programs by ".exe".
func Path(dir, name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(dir, name)
}

// Build builds a package of the module as it would be deployed: static, stripped
// and without paths. The package is named by its directory in the module.
func Build(ctx context.Context, binary, pkg, tags string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-tags", tags, "-o", binary, Module+"/"+pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	_, err := output(cmd, "")
	return err
}

func output(cmd *exec.Cmd, dir string) (string, error) {
	var stderr strings.Builder
	cmd.Dir, cmd.Stderr = dir, &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s%s", strings.Join(cmd.Args, " "), err, out, stderr.String())
	}
	return string(out), nil
}
