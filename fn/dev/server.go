package dev

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// anyPort is where what only this machine's processes need is served.
const anyPort = "127.0.0.1:0"

// readHeaderTimeout is how long a client may take to send its header.
const readHeaderTimeout = 5 * time.Second

func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		if errors.Is(err, addressInUse) {
			return nil, fmt.Errorf("dev: cannot listen on %q: %w; stop the program that has the port or choose another port; port 0 takes a free one", addr, err)
		}
		return nil, fmt.Errorf("dev: cannot listen on %q, want host:port such as %q: %w", addr, defaultAddr, err)
	}
	return l, nil
}

// listenForAll opens a listener for each unit's Runtime API, or none.
func listenForAll(ctx context.Context, n int) ([]net.Listener, error) {
	var all []net.Listener
	for range n {
		l, err := listen(ctx, anyPort)
		if err != nil {
			for _, l := range all {
				err = errors.Join(err, l.Close())
			}
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// urlOf is the address of the listener for people: with the host that was asked
// for, where that is one.
func urlOf(addr string, l net.Listener) string {
	host, _, _ := net.SplitHostPort(addr)
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return "http://" + l.Addr().String()
	}
	return "http://" + net.JoinHostPort(or(host, "localhost"), port)
}

// serve serves the handler until the server is closed.
func (d *Deployment) serve(l net.Listener, h http.Handler, headerBytes int) *http.Server {
	server := &http.Server{Handler: h, ReadHeaderTimeout: readHeaderTimeout, MaxHeaderBytes: headerBytes, ErrorLog: log.New(io.Discard, "", 0)}
	new(fresh).attach(server)
	d.serving.Go(func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			d.fail(fmt.Errorf("dev: serving on %v ended: %w", l.Addr(), err))
		}
	})
	return server
}

// fail tells Run that it cannot go on. The first reason counts.
func (d *Deployment) fail(err error) {
	select {
	case d.failed <- err:
	default:
	}
}

// shutdown waits for the requests in flight, then cuts off what is left.
func shutdown(server *http.Server, grace time.Duration) error {
	if server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if err == nil {
		return nil
	}
	return errors.Join(fmt.Errorf("dev: requests were still in flight after %v and have been cut off: %w", grace, err), server.Close())
}
