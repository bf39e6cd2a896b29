package fnhttp

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/anygrain/anygrain/fn"
)

// addrVariable is read when neither Listener nor Addr say where to listen.
const addrVariable = "ANYGRAIN_ADDR"

// listen opens the listener that the settings ask for.
func (s *serverSettings) listen(ctx context.Context) (net.Listener, error) {
	if s.listener != nil {
		return s.listener, nil
	}
	addr, from := s.address()
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, fmt.Errorf("fnhttp: the address of %s is not host:port, such as %q or \":8080\": %w", from, defaultAddr, err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("fnhttp: cannot listen on the address of %s: %w. "+
			"If another program has the port, stop that or choose another port; port 0 takes a free one", from, err)
	}
	return l, nil
}

// address returns where to listen and who said so.
func (s *serverSettings) address() (addr, from string) {
	if s.addr != "" {
		return s.addr, "the option Addr"
	}
	if env := os.Getenv(addrVariable); env != "" {
		return env, "the environment variable " + addrVariable
	}
	return defaultAddr, "the default"
}

// strictOnLoopback makes the app strict when the server is for this machine
// alone. What Start says comes later and wins.
func (s *settings) strictOnLoopback(app fn.Starter) *settings {
	if _, given := app.(*fn.Unit); !given && s.server.onLoopback() {
		s.start = append([]fn.StartOption{fn.Strict(true)}, s.start...)
	}
	return s
}

// onLoopback reports whether only this machine can reach the server.
func (s *serverSettings) onLoopback() bool {
	addr, _ := s.address()
	if s.listener != nil {
		addr = s.listener.Addr().String()
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
