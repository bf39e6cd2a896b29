package fnhttp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
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
		return nil, fmt.Errorf("fnhttp: the address %q%s is not host:port, such as %q or \":8080\": %w", addr, from, defaultAddr, err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("fnhttp: cannot listen on %q%s: %w%s", addr, from, err, adviceFor(err))
	}
	return l, nil
}

// adviceFor says what to do when the system refuses an address, as another program
// has it or this one may not; what is no address says so itself.
func adviceFor(err error) string {
	if call, ok := errors.AsType[*os.SyscallError](err); !ok || call.Syscall != "bind" {
		return ""
	}
	if errors.Is(err, fs.ErrPermission) {
		return "; choose a port over 1023"
	}
	return "; if another program has the port, stop that or choose another port; port 0 takes a free one"
}

// address returns where to listen, and who said so unless the caller did.
func (s *serverSettings) address() (addr, from string) {
	if s.addr != "" {
		return s.addr, ""
	}
	if env := os.Getenv(addrVariable); env != "" {
		return env, " of the environment variable " + addrVariable
	}
	return defaultAddr, ", the default"
}
