package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/grain"
)

// Config says what is run, and how.
type Config struct {
	App     *fn.Description // the whole app
	Units   []grain.Unit    // what it is cut into
	Package string          // what is built: an import path, or "." for the current directory
	Addr    string          // of the gateway; "" means localhost:8080
	Events  awsevent.Format // of the gateway: awsevent.HTTPAPI ("", payload 2.0), awsevent.HTTPAPIv1 or awsevent.REST
	Log     io.Writer       // what the units and dev itself have to say
	Colour  bool            // whether names of units are coloured in it
}

// DefaultAddr is where the gateway listens, for this machine alone.
const DefaultAddr = "localhost:8080"

// How long a unit may take to begin, and to end when it is told to.
const (
	startTime = 30 * time.Second
	stopTime  = 3 * time.Second
)

// Run builds the units, starts them and serves until ctx ends; then it stops
// them and returns nil. A unit that ends is started again.
//
// The error says what cannot be built, or that the gateway cannot listen. A unit
// that does not begin is no error: its log says why, and it is tried again.
func Run(ctx context.Context, c Config) (err error) {
	if err := c.complete(); err != nil {
		return err
	}
	logs := newLogs(c.Log, c.Units, c.Colour)
	dir, err := os.MkdirTemp("", "anygrain-dev-")
	if err != nil {
		return fmt.Errorf("dev: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binaries, err := build(ctx, c, dir, logs)
	if err != nil {
		return err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("dev: the gateway cannot listen on %s: %w", c.Addr, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	units, err := startUnits(ctx, &running, c, binaries, logs)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	gateway, err := newGateway(c, units, logs)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	gateway.announce(l.Addr().String())
	return serve(ctx, l, gateway)
}

func (c *Config) complete() error {
	if c.Addr == "" {
		c.Addr = DefaultAddr
	}
	if c.Events == "" {
		c.Events = awsevent.HTTPAPI
	}
	switch {
	case c.App == nil || len(c.Units) == 0 || c.Log == nil:
		return errors.New("dev: Config needs App, Units and Log")
	case c.Events != awsevent.HTTPAPI && c.Events != awsevent.HTTPAPIv1 && c.Events != awsevent.REST:
		return fmt.Errorf("dev: the gateway sends events of %s, %s or %s, not %q", awsevent.HTTPAPI, awsevent.HTTPAPIv1, awsevent.REST, c.Events)
	}
	return nil
}

// serve serves until ctx ends, and finishes what is in flight.
func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		if server.Shutdown(grace) != nil {
			_ = server.Close()
		}
	})
	err := server.Serve(l)
	if stop() {
		return fmt.Errorf("dev: the gateway ended: %w", err)
	}
	<-stopped
	return nil
}
