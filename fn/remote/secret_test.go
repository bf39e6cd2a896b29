package remote_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/remote"
)

// TestASecretThatDoesNotFitIsExplained calls a real server. What the caller's log says
// names the variable, and the code once.
func TestASecretThatDoesNotFitIsExplained(t *testing.T) {
	const secret, other = "correct horse battery", "another horse battery"
	price := fn.Define[struct{}, string]("stock.price")
	for name, test := range map[string]struct {
		here, there string
		path        string
		code        fn.Code
		want        string
	}{
		"the same":            {secret, secret, "", 0, ""},
		"different ones":      {other, secret, "", fn.Internal, "ANYGRAIN_CALL_SECRET differs between this unit and the server; set the same for both"},
		"none here":           {"", secret, "", fn.Internal, "ANYGRAIN_CALL_SECRET is not set here; set the one of the server"},
		"none there":          {secret, "", "", fn.Unimplemented, "it takes no calls there: ANYGRAIN_CALL_SECRET may not be set for it, or it is another server or path"},
		"another path":        {secret, secret, "/v2", fn.Unimplemented, "or it is another server or path"},
		"none, and none here": {"", "", "", fn.Unimplemented, "ANYGRAIN_CALL_SECRET may not be set for it"},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			callee := fn.NewApp[fn.NoConfig]("stock", fn.Logger(zerolog.New(&log)))
			callee.Add(price.With(func(context.Context, struct{}) (string, error) { return "3", nil }))
			h, err := fnhttp.New(t.Context(), callee, fnhttp.CallSecret(config.NewSecret(test.there)))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(h)
			defer server.Close()
			tr, err := remote.New("*="+server.URL+test.path, remote.Secret(config.NewSecret(test.here)))
			if err != nil {
				t.Fatal(err)
			}
			defer tr.Close()
			checkExplained(t, callPrice(t, tr, price), test.code, test.want)
			refused := strings.Contains(log.String(), `"function":"stock.price","request_id":"r-7"`) && strings.Contains(log.String(), "a call was refused")
			if refused != (test.code == fn.Internal) {
				t.Errorf("the callee's log: %s", log.String())
			}
		})
	}
}

// callPrice calls the function from one of another unit, in a request of the id r-7.
func callPrice(t *testing.T, tr *remote.Transport, price fn.Contract[struct{}, string]) (err error) {
	t.Helper()
	caller := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(io.Discard)))
	caller.Add(fn.New("shop.total", func(ctx context.Context, _ struct{}) (string, error) {
		var out string
		out, err = price.Call(ctx, struct{}{})
		return out, nil
	}, fn.Needs(price)))
	unit, startErr := caller.Start(t.Context(), fn.WithTransport(tr))
	if startErr != nil {
		t.Fatal(startErr)
	}
	_, _ = unit.Host("test").Invoke(t.Context(), "shop.total", &fn.Request{Kind: fn.KindDirect, ID: "r-7", From: fn.InputFromJSON([]byte("{}"))})
	return err
}

func checkExplained(t *testing.T, err error, code fn.Code, want string) {
	t.Helper()
	if fn.CodeOf(err) != code {
		t.Fatalf("got %v, want the code %v", err, code)
	}
	if err == nil {
		return
	}
	text := err.Error()
	if !strings.Contains(text, want) || strings.Count(text, code.String()) != 1 || strings.Contains(text, "horse") {
		t.Errorf("got %s\nwant %s once, and: %s", text, code, want)
	}
}

func TestTheRequestIDOfACallIsInItsHeader(t *testing.T) {
	for name, test := range map[string]struct{ call, want string }{
		"a call":                  {`{"function":"a.b","id":"r-7","call":{"v":1},"in":{}}`, "r-7"},
		"a call without one":      {`{"function":"a.b","call":{"v":1,"id":"x"},"in":{"id":"x"}}`, ""},
		"what is no call":         {"the call", ""},
		"what is no whole object": {`{"function":"a.b","id"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			tr, err := remote.New("*=https://example.test", remote.RoundTripper(roundTrip(func(r *http.Request) (*http.Response, error) {
				got = r.Header.Get("X-Request-Id")
				return nil, io.EOF
			})))
			if err != nil {
				t.Fatal(err)
			}
			_, _ = tr.Carry(t.Context(), "a.b", []byte(test.call))
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
