package steady

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/anygrain/anygrain/benchmarks/internal/calling"
	"github.com/anygrain/anygrain/benchmarks/internal/contender"
	"github.com/anygrain/anygrain/benchmarks/internal/frontdoor"
	"github.com/anygrain/anygrain/benchmarks/internal/work"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
)

// Host is a way for requests to get to a function. Within runs body, in which do
// answers one request.
type Host struct {
	Name   string
	Within func(ctx context.Context, body func(do func() error)) error
}

// routes is how many the apps have.
const routes = 50

// Hosts lists them. A load balancer's events take the way of a REST API's.
func Hosts() []Host {
	hosts := []Host{{"http", onHTTP(contender.Anygrain)}, {"http-default", onHTTP(contender.AnygrainDefault)}}
	for _, format := range []awsevent.Format{awsevent.HTTPAPI, awsevent.REST} {
		hosts = append(hosts, Host{string(format), onLambda(format)})
	}
	for _, w := range calling.Ways()[1:] {
		hosts = append(hosts, Host{"call-" + w.Name, w.Within})
	}
	return hosts
}

func get() work.Request { return work.Requests()[0] }

func onHTTP(handler func(routes int) http.Handler) func(context.Context, func(func() error)) error {
	return func(ctx context.Context, body func(do func() error)) error {
		h, w := handler(routes), get()
		body(func() error {
			r := httptest.NewRequestWithContext(ctx, w.Method, w.Target, http.NoBody)
			for name, value := range w.Headers() {
				r.Header.Set(name, value)
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			if !w.Takes(rec.Code) {
				return fmt.Errorf("status %d: %s", rec.Code, rec.Body)
			}
			return nil
		})
		return nil
	}
}

func onLambda(format awsevent.Format) func(context.Context, func(func() error)) error {
	return func(ctx context.Context, body func(do func() error)) error {
		event, err := frontdoor.Event(format, get())
		if err != nil {
			return err
		}
		h := contender.AnygrainLambda(routes)
		body(func() error {
			_, err := h.Invoke(ctx, event)
			return err
		})
		return nil
	}
}
