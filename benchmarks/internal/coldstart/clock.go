package coldstart

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// clock notes when the runtime's requests arrive, before anything else can wait
// for a processor.
type clock struct {
	api   http.Handler
	begin time.Time

	mu             sync.Mutex
	next, response time.Duration // of the first ones, since begin
}

// ServeHTTP implements http.Handler.
func (c *clock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, runtimeapi.Prefix)
	switch {
	case path == "invocation/next":
		c.note(&c.next)
	case strings.HasSuffix(path, "/response"):
		c.note(&c.response)
	}
	c.api.ServeHTTP(w, r)
}

func (c *clock) note(moment *time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if *moment == 0 {
		*moment = time.Since(c.begin)
	}
}

func (c *clock) read() (next, response time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.next, c.response
}
