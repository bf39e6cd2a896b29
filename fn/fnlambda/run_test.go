package fnlambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// TestRun builds a Lambda function and runs it with the real runtime client
// against a stand-in for the Runtime API.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	binary := buildProgram(t)
	t.Run("requests are answered", func(t *testing.T) { testAnswers(t, binary) })
	t.Run("the Handler setting selects functions", func(t *testing.T) { testSelects(t, binary) })
	t.Run("a selector without a match is a failed init", func(t *testing.T) { testInitError(t, binary) })
	t.Run("whatever goes wrong in the init phase is reported", func(t *testing.T) { testInitReports(t, binary) })
	t.Run("requests are served concurrently", func(t *testing.T) { testConcurrency(t, binary) })
	t.Run("outside of Lambda it says what it is", func(t *testing.T) { testOutside(t, binary) })
	t.Run("SIGTERM stops the unit", func(t *testing.T) { testTerminated(t, binary) })
}

func buildProgram(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bootstrap.exe") // Windows wants the suffix, nobody else minds
	build := exec.Command("go", "build", "-tags", "lambda.norpc,validator_novalidatefn", "-o", binary, "./testdata/program")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// function is a running Lambda function.
type function struct {
	api    *runtimeapi.Server
	cmd    *exec.Cmd
	stderr bytes.Buffer // to be read after wait
	ended  chan error
}

// start runs the binary until the test ends.
func start(t *testing.T, binary string, env ...string) *function {
	t.Helper()
	f := &function{api: runtimeapi.New(), cmd: exec.Command(binary), ended: make(chan error, 1)}
	server := httptest.NewServer(f.api)
	f.cmd.Env = append(os.Environ(), "AWS_LAMBDA_RUNTIME_API="+strings.TrimPrefix(server.URL, "http://"))
	f.cmd.Env = append(f.cmd.Env, env...)
	f.cmd.Stderr = &f.stderr
	if err := f.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { f.ended <- f.cmd.Wait() }()
	t.Cleanup(func() {
		_ = f.cmd.Process.Kill()
		server.CloseClientConnections()
		server.Close()
	})
	return f
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// invoke returns the response to an event.
func (f *function) invoke(t *testing.T, invocation runtimeapi.Invocation) response {
	t.Helper()
	result, err := f.api.Invoke(within(t), invocation)
	if err != nil || result.ErrorType != "" {
		t.Fatalf("invoke: %v, %s %s", err, result.ErrorType, result.Payload)
	}
	var r response
	if err := json.Unmarshal(result.Payload, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// wait waits for the process to end and returns its exit code.
func (f *function) wait(t *testing.T) int {
	t.Helper()
	select {
	case err := <-f.ended:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
	case <-within(t).Done():
		t.Fatal("the function did not end")
	}
	return f.cmd.ProcessState.ExitCode()
}

func testAnswers(t *testing.T, binary string) {
	f := start(t, binary, "_HANDLER=bootstrap")
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/orders/7"))}); r.Body != "order 7" {
		t.Errorf("got %+v", r)
	}
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/orders/8")), Deadline: time.UnixMilli(0)}); r.Body != "order 8" {
		t.Errorf("with a deadline in the past: got %+v", r)
	}
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/huge"))}); r.StatusCode != 500 {
		t.Errorf("a response that is too large: got %+v", r)
	}
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/panic"))}); r.StatusCode != 500 {
		t.Errorf("a panic: got %+v", r)
	}
	result, err := f.api.Invoke(within(t), runtimeapi.Invocation{Payload: []byte(`{"Records":[{"eventSource":"aws:sqs"}]}`)})
	if err != nil || result.ErrorType == "" || !strings.Contains(string(result.Payload), `aws:sqs`) || !strings.Contains(string(result.Payload), `"errorType":"unimplemented"`) {
		t.Errorf("an unknown event: %v, %s", err, result.Payload)
	}
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/orders/9"))}); r.Body != "order 9" {
		t.Errorf("after all that: got %+v", r)
	}
}

func testSelects(t *testing.T, binary string) {
	f := start(t, binary, "_HANDLER=chat.*,orders.get")
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/orders/7"))}); r.StatusCode != 200 {
		t.Errorf("orders.get is selected: got %+v", r)
	}
	if r := f.invoke(t, runtimeapi.Invocation{Payload: []byte(get("/huge"))}); r.StatusCode != 404 {
		t.Errorf("orders.huge is not selected: got %+v", r)
	}
}

func testInitError(t *testing.T, binary string) {
	f := start(t, binary, "_HANDLER=orders.nope")
	var report *runtimeapi.InitError
	if err := f.api.Ready(within(t)); !errors.As(err, &report) {
		t.Fatalf("the runtime reported %v", err)
	}
	if code := f.wait(t); code == 0 {
		t.Error("the exit code is 0")
	}
	for _, want := range []string{`"errorType":"Init.Select"`, "orders.nope", "orders.get", "chat.*"} {
		if !strings.Contains(string(report.Payload), want) {
			t.Errorf("the report misses %s: %s", want, report.Payload)
		}
	}
	var line map[string]string
	if err := json.Unmarshal(f.stderr.Bytes(), &line); err != nil || !strings.Contains(line["error"], "orders.get") {
		t.Errorf("the log is not one readable JSON line: %v\n%s", err, f.stderr.String())
	}
}

func testInitReports(t *testing.T, binary string) {
	for fails, want := range map[string][]string{
		"panic":  {`"errorType":"Init.Panic"`, "panic at ", "main.go:", "no table �", "main.init.func"},
		"nil":    {`"errorType":"Init.Panic"`, "panic at ", "main.go:", "nil map"},
		"bytes":  {`"errorType":"Init.Start"`, "not UTF-8: �"},
		"long":   {`"errorType":"Init.Start"`, "long: éé", "bytes more in the log"},
		"broken": {`"errorType":"Init.Start"`, "orders"},
	} {
		t.Run(fails, func(t *testing.T) {
			f := start(t, binary, "PROGRAM_FAILS="+fails)
			var report *runtimeapi.InitError
			if err := f.api.Ready(within(t)); !errors.As(err, &report) {
				t.Fatalf("the runtime reported %v", err)
			}
			if code := f.wait(t); code != 1 {
				t.Errorf("the exit code is %d", code)
			}
			text := string(report.Payload)
			for _, part := range want {
				if !strings.Contains(text, part) {
					t.Errorf("the report misses %q: %.400s", part, text)
				}
			}
			if !json.Valid(report.Payload) || len(text) > 100_000 {
				t.Errorf("the report has %d bytes: %.100s", len(text), text)
			}
			if !strings.Contains(f.stderr.String(), "the function cannot start") {
				t.Errorf("the log is %.400s", f.stderr.String())
			}
		})
	}
}

func testConcurrency(t *testing.T, binary string) {
	f := start(t, binary, "AWS_LAMBDA_MAX_CONCURRENCY=4")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			result, err := f.api.Invoke(within(t), runtimeapi.Invocation{Payload: []byte(get("/meet"))})
			if err != nil || !strings.Contains(string(result.Payload), "met") {
				t.Errorf("got %s, %v", result.Payload, err)
			}
		})
	}
	all.Wait()
}

func testOutside(t *testing.T, binary string) {
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), "AWS_LAMBDA_RUNTIME_API=")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) {
		t.Fatalf("it ended with %v", err)
	}
	for _, want := range []string{"AWS Lambda function", "without the tag lambda", "AWS_LAMBDA_RUNTIME_API"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("the log misses %q: %s", want, stderr.String())
		}
	}
}
