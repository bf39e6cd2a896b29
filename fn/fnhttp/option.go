package fnhttp

import (
	"net"
	"net/http"
	"time"

	"github.com/anygrain/anygrain/fn"
)

// Option is an option of New and ListenAndServe. Those of the server alone
// ([Addr], [Listener], [Grace], [SendTimeout], [Server]) are an error of New.
type Option func(*settings)

// settings are what the options say.
type settings struct {
	start  []fn.StartOption
	mounts []mounted
	health string
	wraps  []func(http.Handler) http.Handler

	authenticate func(*http.Request) error // of calls; nil when the unit takes none
	problems     []error                   // what is wrong with the options themselves

	server     serverSettings
	serverOnly []string // the names of the server's options that were given
}

type serverSettings struct {
	addr      string
	listener  net.Listener
	grace     time.Duration
	send      time.Duration // how long a write may stand still; 0 for ever
	configure []func(*http.Server)
}

const (
	defaultHealth = "/healthz"
	defaultAddr   = "localhost:8080"
	defaultGrace  = 10 * time.Second
)

func newSettings(options []Option) *settings {
	s := &settings{health: defaultHealth, server: serverSettings{grace: defaultGrace, send: defaultSendTimeout}}
	for _, o := range options {
		if o != nil {
			o(s)
		}
	}
	return s
}

// Start passes options on to the app's Start. They are an error when New is
// given a Unit, which has been started already.
func Start(options ...fn.StartOption) Option {
	return func(s *settings) { s.start = append(s.start, options...) }
}

// Mount serves h for the requests that match the pattern, beside the functions
// and without the app's middleware. The pattern is in the grammar of fn.Route;
// one that ends in a slash takes all paths below it, which h sees whole
// (http.StripPrefix takes a prefix off). A pattern that claims the same
// requests as a function's route is an error of New.
//
// A mounted handler exists on the HTTP host alone and has the server's own
// ResponseWriter. As in any handler of net/http, a response that is written before the
// request's body was read waits for a client that does not send it. For one that belongs to
// the app and is to run on Lambda too, use Handle.
func Mount(pattern string, h http.Handler) Option {
	return func(s *settings) { s.mounts = append(s.mounts, mounted{pattern, h}) }
}

// Health is the path that answers GET and HEAD with 200 and "ok" while the
// unit serves: for load balancers and orchestrators. It runs no middleware of
// the app and is not logged. The default is "/healthz", "" switches it off. A
// function or mounted handler that claims the same path wins.
func Health(path string) Option {
	return func(s *settings) { s.health = path }
}

// Wrap puts net/http middleware around everything: functions, mounted handlers
// and the health check. The first is the outermost.
func Wrap(middleware ...func(http.Handler) http.Handler) Option {
	return func(s *settings) { s.wraps = append(s.wraps, middleware...) }
}

// Addr is the address on which ListenAndServe listens, as "host:port":
// "localhost:8080" for this machine alone, ":8080" for all its networks, port
// 0 for a free one. The order is: the Listener option, Addr, the environment
// variable ANYGRAIN_ADDR, "localhost:8080". The empty address counts as not given.
func Addr(addr string) Option {
	return serverOption("Addr", func(s *serverSettings) { s.addr = addr })
}

// Listener makes ListenAndServe accept connections from l instead of
// listening itself. It closes l when it returns.
func Listener(l net.Listener) Option {
	return serverOption("Listener", func(s *serverSettings) { s.listener = l })
}

// Grace is how long ListenAndServe waits for the requests in flight when it is
// told to stop, and once more as long for the unit's goroutines and stop hooks.
// The default is 10 seconds: both fit into the 30 that Kubernetes gives. Zero
// or less means that it does not wait.
func Grace(d time.Duration) Option {
	return serverOption("Grace", func(s *serverSettings) { s.grace = max(d, 0) })
}

// SendTimeout is how long a client may take nothing of an answer that is being
// written to it before its connection is closed. It begins anew with each piece of 256 KiB that
// goes out, and counts only while something waits to be sent: a stream of events may be
// silent. A write deadline of a handler or of Server's WriteTimeout holds instead. The default is 30 seconds; with zero or less there
// is no such time. What the system buffers counts as taken, and a client that took something in
// that time gets as long again: the connection is closed after two to three times as long.
func SendTimeout(d time.Duration) Option {
	return serverOption("SendTimeout", func(s *serverSettings) { s.send = max(d, 0) })
}

// Server lets a program change the http.Server before it serves: its timeouts,
// Protocols for HTTP/2 without TLS, TLSConfig with certificates to serve TLS.
// Its Handler and BaseContext are set by ListenAndServe; see there for the
// other settings.
func Server(configure func(*http.Server)) Option {
	return serverOption("Server", func(s *serverSettings) {
		if configure != nil {
			s.configure = append(s.configure, configure)
		}
	})
}

func serverOption(name string, set func(*serverSettings)) Option {
	return func(s *settings) {
		s.serverOnly = append(s.serverOnly, name)
		set(&s.server)
	}
}
