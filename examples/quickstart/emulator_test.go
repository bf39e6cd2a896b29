package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
)

// TestTheEmulatorRunsTheBinary runs the built binary in AWS's own Runtime
// Interface Emulator. ANYGRAIN_RIE names it; .ci/run emulator fetches it.
func TestTheEmulatorRunsTheBinary(t *testing.T) {
	if os.Getenv("ANYGRAIN_RIE") == "" {
		t.Skip("ANYGRAIN_RIE does not name AWS's Runtime Interface Emulator")
	}
	binary := build(t, "lambda,lambda.norpc,validator_novalidatefn")
	t.Run("one function takes its typed JSON", func(t *testing.T) {
		answer := emulate(t, binary, "orders.price").post(t, `{"items":[{"sku":"espresso","quantity":3}]}`)
		if answer != `{"cents":660,"currency":"EUR"}` {
			t.Errorf("got %s", answer)
		}
	})
	t.Run("a request of an HTTP API gets a response of its format", func(t *testing.T) {
		e := emulate(t, binary, "bootstrap")
		for path, status := range map[string]int{"/": 200, "/nowhere": 404} {
			var answer struct {
				Status int            `json:"statusCode"`
				Rest   map[string]any `json:",embed"`
			}
			text := e.post(t, httpEvent("GET", path, ""))
			if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Status != status {
				t.Errorf("%s: got %s, %v; want the status %d", path, text, err, status)
			}
		}
	})
	t.Run("an event that is no request is an error in words", func(t *testing.T) {
		e := emulate(t, binary, "bootstrap")
		if answer := e.post(t, `{"Records":[{"eventSource":"aws:sqs"}]}`); !strings.Contains(answer, `"errorMessage"`) || !strings.Contains(answer, "aws:sqs") {
			t.Errorf("got %s", answer)
		}
	})
}

// emulator is one that runs.
type emulator struct {
	url    string
	exited context.Context // ends when the process does
}

// emulate starts the emulator with the binary. It ends with the test.
func emulate(t *testing.T, binary, handler string) *emulator {
	t.Helper()
	front, api := freeAddress(t), freeAddress(t)
	cmd := exec.Command(os.Getenv("ANYGRAIN_RIE"),
		"--runtime-interface-emulator-address", front, "--runtime-api-address", api, binary, handler)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.WaitDelay = 10 * time.Second // the function has the same output, and ends after the emulator
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited, exit := context.WithCancel(context.Background())
	go func() {
		defer exit()
		_ = cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-exited.Done()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	return &emulator{url: "http://" + front + "/2015-03-31/functions/function/invocations", exited: exited}
}

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

// post invokes the function once the emulator listens, which it does not
// announce: the connection is tried until then, or until the process is gone.
func (e *emulator) post(t *testing.T, event string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(e.exited, 20*time.Second)
	defer cancel()
	retry := time.NewTicker(20 * time.Millisecond)
	defer retry.Stop()
	for {
		answer, err := postOnce(ctx, e.url, event)
		if err == nil {
			return answer
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			t.Fatalf("the emulator does not answer: %v", err)
		}
	}
}

func postOnce(ctx context.Context, url, body string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	return string(answer), err
}
