// Package gotool runs the go command, and the programs that it builds.
package gotool

import (
	"context"
	"encoding/json"
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

// File is a file that is built instead of the one of that path in the module.
type File struct {
	Path string
	Text []byte
}

// How is how a package is built.
type How struct {
	Tags  string
	Link  string // flags of the linker, beside those that strip
	Files []File
}

// Build builds a package of the module as it would be deployed: static, stripped
// and without paths. The package is named by its directory in the module.
func Build(ctx context.Context, binary, pkg string, how How) error {
	arguments := []string{"build", "-trimpath", strings.TrimSpace("-ldflags=-s -w " + how.Link), "-tags", how.Tags, "-o", binary}
	if len(how.Files) > 0 {
		dir, err := os.MkdirTemp("", "overlay")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		list, err := overlay(ctx, dir, how.Files)
		if err != nil {
			return err
		}
		arguments = append(arguments, "-overlay", list)
	}
	cmd := exec.CommandContext(ctx, "go", append(arguments, Module+"/"+pkg)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	_, err := output(cmd, "")
	return err
}

// overlay writes the files into dir, and the list that tells the go command what they
// stand for (go help build, -overlay).
func overlay(ctx context.Context, dir string, files []File) (list string, err error) {
	module, err := Output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}", Module)
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for i, f := range files {
		instead := filepath.Join(dir, fmt.Sprintf("%d.go", i))
		if err := os.WriteFile(instead, f.Text, 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(strings.TrimSpace(module), filepath.FromSlash(f.Path))] = instead
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list = filepath.Join(dir, "overlay.json")
	return list, os.WriteFile(list, text, 0o600)
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
