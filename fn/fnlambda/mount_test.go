package fnlambda_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

func TestMountedHTTPHandlerRunsBehindFrontDoors(t *testing.T) {
	mounted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
		fmt.Fprintf(w, "%s %s %s %s %q %v", r.Method, r.URL, r.Host, r.Header.Get("X-A"), body, err)
	})
	h := newHandler(t, io.Discard, fnhttp.Handle("admin.pages", mounted, fn.Route("/things/")))
	for name, url := range map[string]string{
		"REST": "/things/a%2Fb?q=x+y", "HTTP API": "/things/a/b?q=x+y", "Function URL": "/things/a%2Fb?q=x+y", "load balancer": "/things/a%2Fb?q=x+y",
	} {
		r := invoke(t, h, nativeEvents[name])
		if want := "POST " + url + ` h 1 "\x00\xff" <nil>`; r.StatusCode != 200 || r.Body != want {
			t.Errorf("behind %s: got %d %s, want %s", name, r.StatusCode, r.Body, want)
		}
	}
}
