//go:build !lambda

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/fn/run"
)

// output runs one of the shop's own commands.
func output(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	if status := run.Command(t.Context(), app, args, run.IO{Out: &out, Err: &errs}); status != 0 {
		t.Fatalf("%q: %d %s", args, status, errs.String())
	}
	return out.Bytes()
}

// TestTheBuildCommandsWorkAsPrinted pastes what units prints into a shell.
func TestTheBuildCommandsWorkAsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("the commands are for a POSIX shell")
	}
	var units []struct {
		Unit, Build string
		Rest        map[string]any `json:",embed"`
	}
	if err := json.Unmarshal(output(t, "units", "--json"), &units, json.MatchCaseInsensitiveNames(true)); err != nil || len(units) != 3 {
		t.Fatalf("%v, %d units", err, len(units))
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		built := filepath.Join(t.TempDir(), u.Unit)
		line := strings.Replace(u.Build, "-o build/"+u.Unit+"/bootstrap", "-o "+built, 1)
		cmd := exec.CommandContext(t.Context(), shell, "-c", line)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
		if info, err := os.Stat(built); err != nil || info.Size() < 1<<20 {
			t.Errorf("%s: %v", u.Unit, err)
		}
	}
}
