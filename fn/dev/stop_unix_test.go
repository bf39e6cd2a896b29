//go:build unix

package dev_test

import (
	"errors"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/dev"
)

// TestNoProcessIsLeft: one that ends when it is told to, and one whose stop
// hook hangs.
func TestNoProcessIsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	for _, hang := range []string{"false", "true"} {
		t.Run("hangs: "+hang, func(t *testing.T) {
			out := newOutput()
			c := crash(t)
			c.Addr, c.Out, c.Env, c.Grace = "localhost:0", out, append(os.Environ(), "CRASH_HANG="+hang), time.Second
			d, err := dev.Start(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			pid, err := strconv.Atoi(get(t, d.URL()+"/pid").body)
			if err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(pid, 0); err != nil {
				t.Fatalf("it does not run: %v", err)
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
			if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
				t.Errorf("it runs: %v", err)
			}
			out.wait(t, "the stop hook runs")
		})
	}
}
