package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/series"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// program is a Lambda function of its own.
type program struct {
	name, binary string
	size, zip    int
}

// coldStart runs the programs, each time from exec, over a stand-in of the Runtime API.
func coldStart(ctx context.Context, s *settings) (string, error) {
	var programs []*program
	for _, name := range []string{"byhand", "anygrain", "novalidator", "hello"} {
		p, err := s.program(ctx, name)
		if err != nil {
			return "", err
		}
		programs = append(programs, p)
	}
	w := work.Requests()[0]
	header := http.Header{}
	for name, value := range w.Header {
		header.Set(name, value)
	}
	event, err := awsevent.New(awsevent.HTTPAPI, awsevent.Request{Method: w.Method, Target: w.Target, Header: header, Route: "/things/{id}"})
	if err != nil {
		return "", err
	}
	t := &cold{times: series.Table{Reference: "byhand"}, sizes: series.Table{Reference: "byhand"}}
	for _, p := range programs {
		t.sizes.Add("stripped binary", p.name, float64(p.size))
		t.sizes.Add("zip", p.name, float64(p.zip))
	}
	for range 4 * s.rounds {
		rand.Shuffle(len(programs), func(i, j int) { programs[i], programs[j] = programs[j], programs[i] })
		for _, p := range programs {
			if err := p.start(ctx, event, t); err != nil {
				return "", fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	names := []string{"byhand", "anygrain", "novalidator", "hello"}
	t.times.Order(nil, names)
	t.sizes.Order(nil, names)
	return t.times.Markdown("exec to", duration) + "\n" + t.sizes.Markdown("size", megabytes), nil
}

// cold is what is measured of a cold start.
type cold struct{ times, sizes series.Table }

func megabytes(bytes float64) string { return fmt.Sprintf("%.2f MB", bytes/1e6) }

func (s *settings) program(ctx context.Context, name string) (*program, error) {
	binary, err := s.build(ctx, "./cold/"+name, "lambda,lambda.norpc")
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if f, err := z.Create("bootstrap"); err == nil {
		_, _ = f.Write(data)
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return &program{name, binary, len(data), b.Len()}, nil
}

// start runs the program once: until it asks for an event, until it has answered one.
func (p *program) start(ctx context.Context, event []byte, t *cold) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	defer server.Close()
	cmd := exec.CommandContext(ctx, p.binary)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(server.URL, "http://"), "AWS_LAMBDA_FUNCTION_NAME=things", "_HANDLER=bootstrap"}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if err := api.Ready(ctx); err != nil {
		return fmt.Errorf("%w: %s", err, log.String())
	}
	t.times.Add("the first next", p.name, float64(time.Since(begin)))
	result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: event})
	if err != nil {
		return fmt.Errorf("%w: %s", err, log.String())
	}
	t.times.Add("the first response", p.name, float64(time.Since(begin)))
	if resident, ok := residentMemory(cmd.Process.Pid); ok {
		t.sizes.Add("resident memory", p.name, resident)
	}
	return p.right(result)
}

// right looks whether the answer is one to the event.
func (p *program) right(r runtimeapi.Result) error {
	if p.name == "hello" {
		return nil
	}
	got, err := awsevent.ReadResponse(awsevent.HTTPAPI, r.Payload)
	if err != nil {
		return err
	}
	var out, want work.GetOutput
	if err := json.Unmarshal(got.Body, &out); err != nil {
		return fmt.Errorf("%w in %s", err, got.Body)
	}
	if err := json.Unmarshal([]byte(work.Requests()[0].Want), &want); err != nil {
		return err
	}
	if got.Status != http.StatusOK || fmt.Sprint(out) != fmt.Sprint(want) {
		return fmt.Errorf("answered %d %s", got.Status, got.Body)
	}
	return nil
}

var vmRSS = regexp.MustCompile(`VmRSS:\s+([0-9]+) kB`)

// residentMemory is in bytes. Only Linux says it in this way.
func residentMemory(pid int) (float64, bool) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(f)
	m := vmRSS.FindSubmatch(text)
	if err != nil || m == nil {
		return 0, false
	}
	return number(string(m[1])) * 1024, true
}
