package coldstart

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// Running is a program that is kept running behind a Runtime API of its own.
type Running struct {
	binary  Binary
	api     *runtimeapi.Server
	event   []byte
	asked   work.Request
	process *process
	stop    func()
}

// Serve starts the program and keeps it running until Stop. Its first answer has
// been found right then.
func (b Binary) Serve(ctx context.Context) (*Running, error) {
	event, asked, err := b.event()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	api := runtimeapi.New()
	server := &http.Server{Handler: api, ReadHeaderTimeout: patience}
	go func() { _ = server.Serve(l) }()
	ctx, cancel := context.WithCancel(ctx)
	stop := func() {
		cancel()
		_ = server.Close()
	}
	p, err := start(ctx, b.path, l.Addr().String())
	if err != nil {
		stop()
		return nil, err
	}
	r := &Running{b, api, event, asked, p, stop}
	answer, err := r.invoke(ctx)
	if err == nil {
		err = b.check(asked, answer)
	}
	if err != nil {
		r.Stop()
		return nil, fmt.Errorf("%s: %w", b.Name, err)
	}
	return r, nil
}

// Stop ends the program.
func (r *Running) Stop() {
	r.stop()
	r.process.end()
}

// Took is what requests took: until the answer, and of the processors.
type Took struct{ Time, CPU time.Duration }

// Invoke sends n requests, one after the other.
func (r *Running) Invoke(ctx context.Context, n int) (Took, error) {
	before, err := processorTimeOf(r.process.cmd.Process.Pid)
	if err != nil {
		return Took{}, err
	}
	begin := time.Now()
	for range n {
		if _, err := r.invoke(ctx); err != nil {
			return Took{}, fmt.Errorf("%s: %w", r.binary.Name, err)
		}
	}
	took := time.Since(begin)
	after, err := processorTimeOf(r.process.cmd.Process.Pid)
	return Took{took, after - before}, err
}

func (r *Running) invoke(ctx context.Context) ([]byte, error) {
	result, err := r.api.Invoke(ctx, runtimeapi.Invocation{Payload: r.event})
	return result.Payload, err
}
