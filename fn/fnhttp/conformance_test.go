package fnhttp_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/hosttest"
)

func TestTheServerConforms(t *testing.T) {
	hosttest.Run(t, func(t *testing.T, app fn.Starter) hosttest.Host {
		server := httptest.NewServer(newAppHandler(t, app))
		t.Cleanup(server.Close)
		return hosttest.Host{HTTP: func(r *http.Request) (*http.Response, error) {
			r.URL.Scheme, r.URL.Host, r.RequestURI = "http", server.Listener.Addr().String(), ""
			return server.Client().Transport.RoundTrip(r)
		}}
	})
}
