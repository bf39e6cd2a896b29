//go:build unix

package fnlambda_test

import (
	"strings"
	"syscall"
	"testing"
)

func testTerminated(t *testing.T, binary string) {
	f := start(t, binary)
	if err := f.api.Ready(within(t)); err != nil {
		t.Fatal(err)
	}
	if err := f.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := f.wait(t); code != 0 {
		t.Errorf("the exit code is %d", code)
	}
	if !strings.Contains(f.stderr.String(), "the stop hook ran") {
		t.Errorf("the stop hook did not run: %s", f.stderr.String())
	}
}
