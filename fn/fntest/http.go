package fntest

import (
	"context"
	"net/http"
	"net/http/httptest"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// overHTTP is the HTTP host, in memory.
type overHTTP struct{ handler *fnhttp.Handler }

func openHTTP(ctx context.Context, unit *fn.Unit) (server, error) {
	h, err := fnhttp.New(ctx, unit, fnhttp.CallSecret(config.NewSecret(splitSecret)))
	if err != nil {
		return nil, err
	}
	return &overHTTP{h}, nil
}

// roundTrip answers a call of another unit.
func (o *overHTTP) roundTrip(r *http.Request) *http.Response {
	rec := httptest.NewRecorder()
	o.handler.ServeHTTP(rec, r)
	return rec.Result()
}

func (o *overHTTP) do(ctx context.Context, r Request) (*Response, error) {
	req, err := r.http()
	if err != nil {
		return nil, &ownAnswer{err}
	}
	rec := httptest.NewRecorder()
	o.handler.ServeHTTP(rec, req.WithContext(ctx))
	res := rec.Result()
	body := rec.Body.Bytes()
	if _, typed := res.Header["Content-Type"]; !typed && len(body) > 0 { // as net/http's server does
		res.Header.Set("Content-Type", http.DetectContentType(body))
	}
	if len(body) == 0 || r.method == http.MethodHead {
		body = nil
	}
	return newResponse(res.StatusCode, res.Header, body), nil
}

// invoke goes to the unit: HTTP has no direct invokes.
func (o *overHTTP) invoke(ctx context.Context, name string, in []byte) ([]byte, error) {
	return invokeUnit(ctx, o.handler.Unit(), name, in)
}

func (*overHTTP) losses(Request) []string { return nil }
