package runtimeapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// runtime asks for one event and posts the answer to it.
func runtime(t *testing.T, base, kind, answer string) (event string) {
	t.Helper()
	resp, err := http.Get(base + runtimeapi.Prefix + "invocation/next")
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = resp.Body.Close() }()
	body, _ := io.ReadAll(resp.Body)
	id := resp.Header.Get("Lambda-Runtime-Aws-Request-Id")
	post(t, base+runtimeapi.Prefix+"invocation/"+id+"/"+kind, answer)
	return string(body)
}

func post(t *testing.T, url, body string) int {
	t.Helper()
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

func TestAnEventGoesToTheRuntimeAndItsAnswerBack(t *testing.T) {
	tests := map[string]struct {
		kind string
		want runtimeapi.Result
	}{
		"a response":       {"response", runtimeapi.Result{Payload: []byte(`"out"`)}},
		"a function error": {"error", runtimeapi.Result{Payload: []byte(`"out"`), ErrorType: "Unhandled"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			api := runtimeapi.New()
			server := httptest.NewServer(api)
			defer server.Close()
			got := make(chan string, 1)
			go func() { got <- runtime(t, server.URL, test.kind, `"out"`) }()
			if err := api.Ready(t.Context()); err != nil {
				t.Fatal(err)
			}
			result, err := api.Invoke(t.Context(), runtimeapi.Invocation{Payload: []byte(`"in"`)})
			if err != nil {
				t.Fatal(err)
			}
			if event := <-got; event != `"in"` {
				t.Errorf("the runtime got %s", event)
			}
			if string(result.Payload) != string(test.want.Payload) || result.ErrorType != test.want.ErrorType {
				t.Errorf("got %+v, want %+v", result, test.want)
			}
		})
	}
}

func TestAnInitErrorReachesWhoeverWaits(t *testing.T) {
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	defer server.Close()
	post(t, server.URL+runtimeapi.Prefix+"init/error", `{"errorMessage":"no config"}`)
	var failed *runtimeapi.InitError
	if err := api.Ready(t.Context()); !errors.As(err, &failed) || !strings.Contains(failed.Error(), "no config") {
		t.Errorf("Ready: %v", err)
	}
	if _, err := api.Invoke(t.Context(), runtimeapi.Invocation{}); !errors.As(err, &failed) {
		t.Errorf("Invoke: %v", err)
	}
}

func TestAnInvokeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := runtimeapi.New().Invoke(ctx, runtimeapi.Invocation{}); !errors.Is(err, context.Canceled) || !errors.Is(err, runtimeapi.ErrNotTaken) {
		t.Errorf("got %v", err)
	}
}

func TestAnEventThatWasTakenIsNotReportedAsFree(t *testing.T) {
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		resp, err := http.Get(server.URL + runtimeapi.Prefix + "invocation/next")
		if err != nil {
			t.Error(err)
			return
		}
		_ = resp.Body.Close()
		cancel() // the runtime has the event and never answers
	}()
	if _, err := api.Invoke(ctx, runtimeapi.Invocation{}); !errors.Is(err, context.Canceled) || errors.Is(err, runtimeapi.ErrNotTaken) {
		t.Errorf("got %v", err)
	}
}

func TestWhatHappenedBeforeTheEndOfTheContextCounts(t *testing.T) {
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := api.Ready(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("before: %v", err)
	}
	post(t, server.URL+runtimeapi.Prefix+"init/error", `{}`)
	for range 20 {
		if _, ok := errors.AsType[*runtimeapi.InitError](api.Ready(ctx)); !ok {
			t.Fatal("the report is lost")
		}
	}
}

func TestARuntimeRegistersItselfAsAnExtension(t *testing.T) {
	server := httptest.NewServer(runtimeapi.New())
	defer server.Close()
	resp, err := http.Post(server.URL+"/2020-01-01/extension/register", "application/json", strings.NewReader(`{"events":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Lambda-Extension-Identifier") == "" {
		t.Errorf("got %d %v", resp.StatusCode, resp.Header)
	}
	if got := post(t, server.URL+"/2020-01-01/extension/init/error", `{}`); got != http.StatusNotFound {
		t.Errorf("an unknown call: %d", got)
	}
}

func TestAnAnswerThatNobodyWaitsForIsRefused(t *testing.T) {
	server := httptest.NewServer(runtimeapi.New())
	defer server.Close()
	for path, want := range map[string]int{
		"invocation/unknown/response": http.StatusBadRequest,
		"invocation/unknown":          http.StatusNotFound,
		"something/else/response":     http.StatusNotFound,
	} {
		if got := post(t, server.URL+runtimeapi.Prefix+path, "{}"); got != want {
			t.Errorf("%s: status %d, want %d", path, got, want)
		}
	}
}

func TestAResponseOverTheLimitIsAnErrorOfTheFunction(t *testing.T) {
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	defer server.Close()
	go runtime(t, server.URL, "response", strings.Repeat("x", 6<<20+101))
	result, err := api.Invoke(t.Context(), runtimeapi.Invocation{})
	if err != nil || result.ErrorType != "Function.ResponseSizeTooLarge" {
		t.Errorf("got %q, %v", result.ErrorType, err)
	}
}
