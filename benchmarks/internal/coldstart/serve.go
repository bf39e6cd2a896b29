package coldstart

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// Serve starts the program and keeps it running until stop: invoke sends it the
// event of the workload get through the Runtime API, and looks at the first answer.
func (b Binary) Serve(ctx context.Context) (invoke func() error, stop func(), err error) {
	event, err := frontdoor.Event(awsevent.HTTPAPI, get())
	if err != nil {
		return nil, nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	api := runtimeapi.New()
	server := &http.Server{Handler: api, ReadHeaderTimeout: patience}
	go func() { _ = server.Serve(l) }()
	ctx, cancel := context.WithCancel(ctx)
	p, err := start(ctx, b.path, l.Addr().String())
	if err != nil {
		cancel()
		return nil, nil, err
	}
	stop = func() {
		cancel()
		p.end()
		_ = server.Close()
	}
	checked := false
	return func() error {
		result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: event})
		if err != nil {
			return fmt.Errorf("%s: %w", b.Name, err)
		}
		if checked {
			return nil
		}
		checked = true
		return b.check(result.Payload)
	}, stop, nil
}
