package fnhttp

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// The settings of the http.Server; Server changes them.
const (
	// A client that has not sent its header by then is not going to: this is
	// what slow-header attacks live from.
	readHeaderTimeout = 5 * time.Second
	// Longer than the idle timeouts of the usual load balancers (60 s), so that
	// they close connections and do not send into one that is being closed.
	idleTimeout = 120 * time.Second
	// Enough for large cookies and tokens, a sixteenth of net/http's default.
	maxHeaderBytes = 64 << 10
	// There is no ReadTimeout and no WriteTimeout (but see SendTimeout): they would end every upload,
	// download and event stream that lasts longer, whatever its speed, and
	// cancel the context of a function that still works. middleware.Timeout
	// bounds what a function takes, its body included.
)

// ListenAndServe starts the app, serves its functions over HTTP and blocks
// until ctx is done or the process is told to stop by SIGINT or SIGTERM. Then
// it accepts no more connections, finishes the requests in flight (see Grace),
// stops the unit, and returns nil. A second signal kills the process at once.
// Given a *fn.Unit, it leaves stopping that to its owner.
//
// It listens on "localhost:8080" unless Listener, Addr or the environment
// variable ANYGRAIN_ADDR say otherwise, in that order, and logs the address.
//
// The server's limits: the header within 5 seconds and 64 KiB, idle connections
// for 120 seconds, clients that take nothing of their answer for 30 (SendTimeout). Reading and
// writing as such have no timeout; middleware.Timeout bounds functions. An answer does not wait for a body that
// nobody has read: when the rest does not come within some milliseconds it is sent,
// and the connection is closed a second later at most. The context of a request is done when
// its client goes away or the grace is over, not when the server begins to stop:
// a handler that does not end by itself (server-sent events) listens to fn.Stopping.
//
// The error is that of the start, says why it cannot listen, that requests had
// to be cut off after the grace, or is that of a stop hook.
func ListenAndServe(ctx context.Context, app fn.Starter, options ...Option) error {
	s := newSettings(options)
	ctx, restore := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer restore()
	context.AfterFunc(ctx, restore) // a second signal ends even a start that does not heed its context

	h, err := newHandler(ctx, app, s)
	if err != nil {
		return errors.Join(err, s.server.closeListener())
	}
	err = h.listenAndServe(ctx, restore, &s.server)
	stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.server.grace)
	defer cancel()
	return errors.Join(err, h.Close(stopCtx))
}

// closeListener keeps the promise of Listener when serving does not begin.
func (s *serverSettings) closeListener() error {
	if s.listener == nil {
		return nil
	}
	return s.listener.Close()
}

// listenAndServe serves until ctx is done and nothing is in flight.
func (h *Handler) listenAndServe(ctx context.Context, restoreSignals func(), s *serverSettings) error {
	if ctx.Err() != nil { // told to stop before there was anything to stop
		return s.closeListener()
	}
	l, err := s.listen(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	if s.send > 0 {
		l = progressListener{l, s.send}
	}
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	stopping := make(chan struct{})
	server := h.newServer(fn.WithStopping(requests, stopping), s)
	h.unit.Logger().Info().Str("app", h.unit.Name()).Str("address", l.Addr().String()).Msg("serving HTTP")

	served := make(chan error, 1)
	go func() { served <- serve(server, l) }()
	select {
	case err := <-served: // Serve returns by itself only when it fails
		return errors.Join(fmt.Errorf("fnhttp: serving ended: %w", err), server.Close())
	case <-ctx.Done():
	}
	restoreSignals()
	close(stopping)
	h.unit.Logger().Info().Dur("grace", s.grace).Msg("stopping: finishing what is in flight; a second signal ends it at once")
	err = shutdown(server, s.grace)
	<-served
	return err
}

// serve serves TLS when a Server option configured it.
func serve(server *http.Server, l net.Listener) error {
	if server.TLSConfig != nil {
		return server.ServeTLS(l, "", "")
	}
	return server.Serve(l)
}

// newServer configures the server; what Server says comes last but for what
// ListenAndServe needs.
func (h *Handler) newServer(requests context.Context, s *serverSettings) *http.Server {
	server := &http.Server{
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          log.New(errorLog{h.unit.Logger()}, "", 0),
	}
	for _, configure := range s.configure {
		configure(server)
	}
	server.Handler = h
	server.BaseContext = func(net.Listener) context.Context { return requests }
	return server
}

// shutdown waits for the requests in flight, then cuts off what is left.
func shutdown(server *http.Server, grace time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if err == nil {
		return nil
	}
	_ = server.Close()
	return fmt.Errorf("fnhttp: requests were still in flight after %v and have been cut off: %w", grace, err)
}

// errorLog writes what net/http has to say into the app's log.
type errorLog struct{ logger *zerolog.Logger }

// Write implements io.Writer.
func (l errorLog) Write(p []byte) (int, error) {
	l.logger.Warn().Str("from", "net/http").Msg(strings.TrimSpace(string(p)))
	return len(p), nil
}
