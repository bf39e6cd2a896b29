package fnhttp_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
)

// What a call of secret.peek looks like; the function has no route.
const peek = `{"function":"secret.peek","call":{"v":1,"contract":"","path":["a.b"]},"in":{}}`

func newPeek(t *testing.T, options ...fnhttp.Option) (http.Handler, error) {
	app := newApp(t.Output(), nil)
	app.Add(fn.New("secret.peek", func(context.Context, struct{}) (string, error) { return "seen", nil }))
	h, err := fnhttp.New(t.Context(), app, options...)
	return h, err
}

func TestCallsAreForSiblingsAlone(t *testing.T) {
	const secret = "correct horse battery"
	mesh := fnhttp.AuthenticateCalls(func(r *http.Request) error {
		if r.Header.Get("X-Mesh") != "orders" {
			return errors.New("not of this mesh")
		}
		return nil
	})
	tests := map[string]struct {
		options []fnhttp.Option
		method  string
		header  string // "Name: value"
		body    string
		status  int
		want    string
	}{
		"closed by default":              {nil, "POST", "Authorization: Bearer ", peek, 404, "not_found"},
		"closed by an empty secret":      {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(""))}, "POST", "Authorization: Bearer ", peek, 404, "not_found"},
		"the secret":                     {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "POST", "Authorization: Bearer " + secret, peek, 200, `"out":"seen"`},
		"a scheme in other letters":      {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "POST", "Authorization: bearer " + secret, peek, 200, `"out":"seen"`},
		"no secret":                      {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "POST", "X-A: b", peek, 401, "unauthenticated"},
		"another secret":                 {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "POST", "Authorization: Bearer " + secret + "s", peek, 401, "unauthenticated"},
		"another scheme":                 {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "POST", "Authorization: Basic " + secret, peek, 401, "unauthenticated"},
		"another method":                 {[]fnhttp.Option{fnhttp.CallSecret(config.NewSecret(secret))}, "GET", "Authorization: Bearer " + secret, "", 405, "method"},
		"one's own authentication":       {[]fnhttp.Option{mesh}, "POST", "X-Mesh: orders", peek, 200, `"out":"seen"`},
		"one's own authentication fails": {[]fnhttp.Option{mesh}, "POST", "X-Mesh: other", peek, 401, "unauthenticated"},
		"a call that is none":            {[]fnhttp.Option{mesh}, "POST", "X-Mesh: orders", "{}", 200, `"error":{"code":"invalid_argument"`},
		"a call that is too large":       {[]fnhttp.Option{mesh}, "POST", "X-Mesh: orders", strings.Repeat(" ", 7<<20), 413, "resource_exhausted"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h, err := newPeek(t, test.options...)
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest(test.method, fnhttp.CallPath+"secret.peek", strings.NewReader(test.body))
			field, value, _ := strings.Cut(test.header, ": ")
			r.Header.Set(field, value)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			body, _ := io.ReadAll(w.Body)
			if w.Code != test.status || !strings.Contains(strings.ToLower(string(body)), strings.ToLower(test.want)) {
				t.Errorf("got %d %s, want %d with %s", w.Code, body, test.status, test.want)
			}
			if strings.Contains(string(body), "mesh") {
				t.Errorf("the reason is shown: %s", body)
			}
		})
	}
}

func TestAShortSecretIsRefused(t *testing.T) {
	if _, err := newPeek(t, fnhttp.CallSecret(config.NewSecret("hunter2"))); err == nil || !strings.Contains(err.Error(), "7 bytes, want at least 16") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestASecretThatNoHeaderCarriesIsRefused(t *testing.T) {
	for _, secret := range []string{"a secret of a file\n", " a secret with a space", "a secret with a \x00"} {
		if _, err := newPeek(t, fnhttp.CallSecret(config.NewSecret(secret))); err == nil || !strings.Contains(err.Error(), "no header carries") {
			t.Errorf("got %v", err)
		}
	}
}
