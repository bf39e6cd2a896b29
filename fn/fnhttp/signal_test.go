//go:build unix

package fnhttp_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/anygrain/anygrain/fn/fnhttp"
)

func TestSignalsStopTheServer(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			var s slow
			app := s.app(io.Discard)
			l := newPipes()
			done := make(chan error, 1)
			go func() { done <- fnhttp.ListenAndServe(t.Context(), app, fnhttp.Listener(l)) }()
			answer := getLater(l, "/slow")
			<-s.began // by now the signals are caught
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				t.Fatal(err)
			}
			if err := self.Signal(signal); err != nil {
				t.Fatal(err)
			}
			<-l.closed
			close(s.end)
			if r := <-answer; r.status != http.StatusOK {
				t.Errorf("%+v", r)
			}
			if err := <-done; err != nil || !s.stopped {
				t.Errorf("%v, hook ran: %v", err, s.stopped)
			}
		})
	}
}

const helperVariable = "FNHTTP_TEST_SERVE"

// TestServeForever is the process that TestSecondSignalKills signals: a server
// with a request that does not end.
func TestServeForever(t *testing.T) {
	if os.Getenv(helperVariable) == "" {
		return
	}
	var s slow
	app := s.app(os.Stdout)
	l := newPipes()
	_ = getLater(l, "/slow")
	go func() {
		<-s.began
		fmt.Println("in flight")
	}()
	err := fnhttp.ListenAndServe(t.Context(), app, fnhttp.Listener(l))
	t.Fatalf("it ended: %v", err)
}

func TestSecondSignalKills(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServeForever$")
	cmd.Env = append(os.Environ(), helperVariable+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "in flight") || strings.Contains(lines.Text(), "stopping") {
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}
	}
	exit, ok := errors.AsType[*exec.ExitError](cmd.Wait())
	if !ok {
		t.Fatal("it ended by itself")
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGTERM {
		t.Errorf("it was not killed by the signal: %v", exit)
	}
}
