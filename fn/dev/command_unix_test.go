//go:build unix

package dev_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// crashCommand runs the command dev of the crash app's own binary in a directory
// with a .env file.
func crashCommand(t *testing.T, dotEnv string) (out *os.File, wait func() error, temp string) {
	t.Helper()
	work, err := filepath.Abs("../../go.work")
	if _, statErr := os.Stat(work); err != nil || statErr != nil {
		t.Skip("there is no go.work, by which the sources are found from elsewhere")
	}
	dir := t.TempDir()
	binary := filepath.Join(dir, "crash")
	if out, err := exec.Command("go", "build", "-o", binary, "./testdata/crash").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte(dotEnv), 0o600); err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	temp = t.TempDir()
	cmd := exec.CommandContext(t.Context(), binary, "dev", "--grain", "app", "--addr", "localhost:0")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, w, os.Stderr
	cmd.Env = append(os.Environ(), "GOWORK="+work, "TMPDIR="+temp, "CRASH_HANG=false")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	return r, cmd.Wait, temp
}

// Units read no .env file, so dev hands them what it has; and it cleans up
// although a write to a closed standard output ends a process by default.
func TestTheCommandReadsDotEnvAndEndsWithItsReader(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	out, wait, temp := crashCommand(t, "CRASH_REQUIRED=.env\nCRASH_HANG=true\nUNRELATED=x\n")
	lines := bufio.NewReader(out)
	address := regexp.MustCompile(`^  (http://localhost:\d+)\n`)
	var read strings.Builder
	url := ""
	for url == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("%v, after\n%s", err, read.String())
		}
		read.WriteString(line)
		if found := address.FindStringSubmatch(line); found != nil {
			url = found[1]
		}
	}
	if !strings.HasPrefix(read.String(), "the units get CRASH_REQUIRED from .env\n") {
		t.Errorf("got\n%s", read.String())
	}
	for name, want := range map[string]string{"CRASH_REQUIRED": ".env", "CRASH_HANG": "false", "UNRELATED": ""} {
		if got := get(t, url+"/env/"+name); got.status != 200 || got.body != want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	get(t, url+"/exit") // of which dev says something
	if err := wait(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
