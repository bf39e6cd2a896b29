package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// freeAddress returns a loopback address that nothing listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// TestTheEmulatorRunsTheBinary runs the built binary in AWS's own Runtime
// Interface Emulator. ANYGRAIN_RIE names it; .ci/run emulator fetches it.
func TestTheEmulatorRunsTheBinary(t *testing.T) {
	emulator := os.Getenv("ANYGRAIN_RIE")
	if emulator == "" {
		t.Skip("ANYGRAIN_RIE does not name AWS's Runtime Interface Emulator")
	}
	front, api := freeAddress(t), freeAddress(t)
	cmd := exec.Command(emulator, "--runtime-interface-emulator-address", front, "--runtime-api-address", api,
		build(t, "lambda,lambda.norpc"), "orders.price")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	answer := postUntilAnswered(t, "http://"+front+"/2015-03-31/functions/function/invocations", `{"items":[{"sku":"espresso","quantity":3}]}`)
	if answer != `{"cents":660,"currency":"EUR"}` {
		t.Errorf("got %s", answer)
	}
}

// postUntilAnswered posts until the emulator listens, for at most 20 seconds.
func postUntilAnswered(t *testing.T, url, body string) string {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		resp, err := http.Post(url, "application/json", strings.NewReader(body))
		if err != nil && time.Now().Before(deadline) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(answer)
	}
}
