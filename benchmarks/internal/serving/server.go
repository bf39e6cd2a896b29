// Package serving runs a server of a contender as a process of its own, and loads
// it from another one.
package serving

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
)

// Server is a server that runs.
type Server struct {
	URL  string
	stop func()
}

// Start runs the program server for the contender, on one processor, until Stop
// or the end of ctx.
func Start(ctx context.Context, binary, contender string) (*Server, error) {
	ctx, cancel := context.WithCancel(ctx)
	cmd := exec.CommandContext(ctx, binary, "-contender", contender)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, err
	}
	stop := func() { cancel(); _ = cmd.Wait() }
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		return nil, fmt.Errorf("%s: %w: %s", contender, err, log.String())
	}
	return &Server{"http://" + strings.TrimSpace(address), stop}, nil
}

// Stop ends the server.
func (s *Server) Stop() { s.stop() }

// Check asks for the workload once and looks whether the answer is right.
func (s *Server) Check(ctx context.Context, w work.Request) error {
	req, err := w.HTTP(ctx, s.URL)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return w.Check(resp.StatusCode, body)
}
