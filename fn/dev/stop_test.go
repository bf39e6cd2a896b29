package dev_test

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/grain"
)

func TestABuildThatFailsNamesTheUnits(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	c := crash(t)
	c.Package, c.Addr, c.Env = "./testdata/nowhere", "localhost:0", os.Environ()
	c.Units[0].Tags = []string{"lambda", "only", "ping"}
	_, err := dev.Start(t.Context(), c)
	for _, want := range []string{
		"the build of ping (-tags lambda,only,ping) failed: exit status 1", "the build of pong, exit, late, early (-tags lambda,lambda.norpc,validator_novalidatefn) failed", "nowhere",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(temp, "anygrain-dev-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAnAddressThatIsTakenIsSaidBeforeTheBuild(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	c := crash(t)
	c.Addr, c.Package = l.Addr().String(), "./testdata/nowhere"
	if _, err := dev.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), "cannot listen") || strings.Contains(err.Error(), "build") {
		t.Errorf("got %v", err)
	}
}

func TestAnAddressThatIsNone(t *testing.T) {
	c := crash(t)
	for _, addr := range []string{"nowhere", "localhost:99999", "localhost:http:"} {
		c.Addr = addr
		if _, err := dev.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), `"`+addr+`", want host:port`) || strings.Contains(err.Error(), "another program") {
			t.Errorf("got %v", err)
		}
	}
}

func TestWithoutGoTheBuildIsOneError(t *testing.T) {
	t.Setenv("PATH", "")
	c := crash(t)
	c.Addr, c.Units[0].Tags = "localhost:0", []string{"lambda", "only", "ping"}
	if _, err := dev.Start(t.Context(), c); err == nil || strings.Count(err.Error(), "install Go, or add it to PATH") != 1 || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}

// What no later try could change ends it, and is said once.
func TestUnitsThatCanNeverStart(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	out := newOutput()
	c := crash(t)
	c.Addr, c.Out, c.Env = "localhost:0", out, os.Environ()
	c.Units[0].Handler, c.Units[1].Handler = "pnig.*", "pnig.*"
	_, err := dev.Start(t.Context(), c)
	if err == nil || !strings.HasPrefix(err.Error(), `dev: ping, pong cannot start: nothing matches the selector "pnig.*"`) {
		t.Errorf("got %v", err)
	}
	if text, _ := out.read(); strings.Contains(text, "ping cannot start") {
		t.Errorf("it is tried again:\n%s", text)
	}
}

// As in "dev | head".
func TestRunEndsWhenNobodyReads(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	r, w := io.Pipe()
	c := crash(t)
	c.Addr, c.Out, c.Env = "localhost:0", w, os.Environ()
	done := make(chan error, 1)
	go func() { done <- dev.Run(t.Context(), c) }()
	if _, err := r.Read(make([]byte, 100)); err != nil { // "building 1 program"
		t.Fatal(err)
	}
	_ = r.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(temp, "anygrain-dev-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestWhatIsWrongWithTheConfigIsSaidAtOnce(t *testing.T) {
	_, err := dev.Start(t.Context(), dev.Config{Format: "alb", Units: []grain.Unit{{}, {Name: "a"}, {Name: "a"}}})
	for _, want := range []string{"Config.App is empty", `Format is "alb"`, "Units[0] has no name", `"a" has no function`, `"a" twice`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	c := crash(t)
	c.Units = append(c.Units, grain.Unit{Name: "again", Functions: c.Units[0].Functions})
	c.Addr = "localhost:0"
	if _, err := dev.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), `"GET /ping"`) {
		t.Errorf("a route in two units: %v", err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, done := newOutput(), make(chan error, 1)
	c := crash(t)
	c.Addr, c.Out, c.Env = "localhost:0", out, os.Environ()
	go func() { done <- dev.Run(ctx, c) }()
	out.wait(t, "(Lambda Invoke")
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	out.wait(t, "the stop hook runs")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	c.Out = io.Discard
	if err := dev.Run(cancelled, c); err != nil {
		t.Errorf("told to stop before it began: %v", err)
	}
}

func TestARequestInFlightIsCutOffAfterTheGrace(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	c := crash(t)
	c.Grace, c.Addr, c.Env = 100*time.Millisecond, "localhost:0", os.Environ()
	d, err := dev.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(conn, make([]byte, 25)); err != nil { // "100 Continue": it is in flight
		t.Fatal(err)
	}
	if err := d.Close(); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("got %v", err)
	}
}

func TestAConnectionWithoutARequestDoesNotDelayTheStop(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	c := crash(t)
	c.Grace, c.Addr, c.Env = time.Second, "localhost:0", os.Environ() // net/http alone would wait for 5
	d, err := dev.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	get(t, d.URL()+"/nowhere") // accepted after it
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
