package main

import (
	"bytes"
	"context"
	"debug/elf"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/internal/runtimeapi"
)

// build compiles the quickstart with the tags for Lambda's system.
func build(t *testing.T, tags string, env ...string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bootstrap")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-tags", tags, "-o", binary, ".")
	cmd.Env = append(os.Environ(), append(env, "CGO_ENABLED=0")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build -tags %s: %v\n%s", tags, err, out)
	}
	return binary
}

// ownPackage is a package of the quickstart in a symbol of its own or of others: in that of a generic
// function, which names the types that it was made for, a group's section among them.
var ownPackage = regexp.MustCompile(`github\.com/anygrain/anygrain/examples/quickstart/\w+`)

// packages returns the import paths that have a symbol in the binary, and those of the quickstart
// that any symbol names.
func packages(t *testing.T, binary string) []string {
	t.Helper()
	f, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	symbols, err := f.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range symbols {
		for _, pkg := range ownPackage.FindAllString(s.Name, -1) {
			seen[pkg] = true
		}
		dir, name := filepath.Split(s.Name)
		if pkg, _, ok := strings.Cut(name, "."); ok {
			seen[dir+pkg] = true
		}
	}
	var list []string
	for pkg := range seen {
		list = append(list, pkg)
	}
	return list
}

// TestAUnitContainsOnlyWhatItsGroupsNeed builds every single group and looks
// into the binaries: the catalogue alone renders HTML and images, the chat alone has a
// secret in its section, and no Lambda contains the local commands.
func TestAUnitContainsOnlyWhatItsGroupsNeed(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	const quickstart = "github.com/anygrain/anygrain/examples/quickstart/"
	tests := map[string]struct{ has, lacks []string }{
		"lambda,lambda.norpc,validator_novalidatefn": {
			has:   []string{quickstart + "catalogue", quickstart + "orders", quickstart + "chat", "html/template", "image/png"},
			lacks: []string{"text/tabwriter", "github.com/anygrain/anygrain/fn/fnhttp"},
		},
		"lambda,lambda.norpc,validator_novalidatefn,only,catalogue": {
			has:   []string{quickstart + "catalogue", "html/template", "image/png"},
			lacks: []string{quickstart + "orders", quickstart + "chat", "text/tabwriter"},
		},
		"lambda,lambda.norpc,validator_novalidatefn,only,orders": {
			has:   []string{quickstart + "orders"},
			lacks: []string{quickstart + "catalogue", quickstart + "chat", "html/template", "image/png", "text/tabwriter"},
		},
		"lambda,lambda.norpc,validator_novalidatefn,only,chat": { // calls orders by its contract, without its code
			has:   []string{quickstart + "chat", quickstart + "ordersapi"},
			lacks: []string{quickstart + "orders", quickstart + "stock", quickstart + "catalogue"},
		},
		"lambda,lambda.norpc,validator_novalidatefn,only,orders,chat": {
			has:   []string{quickstart + "orders", quickstart + "chat"},
			lacks: []string{quickstart + "catalogue", "html/template", "image/png"},
		},
		"lambda,lambda.norpc,validator_novalidatefn,quickrules,only,orders": {
			has:   []string{quickstart + "orders", "github.com/anygrain/anygrain/internal/rules/quick"},
			lacks: []string{"github.com/go-playground/validator/v10", "github.com/gabriel-vasile/mimetype"},
		},
	}
	for tags, test := range tests {
		t.Run(tags, func(t *testing.T) {
			binary := build(t, tags, "GOOS=linux", "GOARCH=amd64")
			linked := packages(t, binary)
			whole, err := os.ReadFile(binary)
			if err != nil {
				t.Fatal(err)
			}
			if chat := slices.Contains(test.has, quickstart+"chat"); bytes.Contains(whole, []byte("CHAT_SECRET")) != chat {
				t.Errorf("the variable of the group chat is in a unit with it: %v; in this one it is otherwise", chat)
			}
			for _, pkg := range test.has {
				if !slices.Contains(linked, pkg) {
					t.Errorf("%s is not linked in", pkg)
				}
			}
			for _, pkg := range test.lacks {
				if slices.Contains(linked, pkg) {
					t.Errorf("%s is linked in", pkg)
				}
			}
		})
	}
}

// lambda starts the binary against a stand-in for the Runtime API.
func lambda(t *testing.T, binary, handler string) *runtimeapi.Server {
	t.Helper()
	api := runtimeapi.New()
	server := httptest.NewServer(api)
	cmd := exec.Command(binary)
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(server.URL, "http://"), "_HANDLER=" + handler}
	var log strings.Builder
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		server.Close()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	return api
}

func invokeLambda(t *testing.T, api *runtimeapi.Server, event string) (answer struct {
	Status  int               `json:"statusCode"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	Rest    jsontext.Value    `json:",embed"`
}) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	result, err := api.Invoke(ctx, runtimeapi.Invocation{Payload: []byte(event)})
	if err != nil {
		t.Fatal(err)
	}
	if result.ErrorType != "" {
		t.Fatalf("the function failed: %s", result.Payload)
	}
	if err := json.Unmarshal(result.Payload, &answer); err != nil {
		t.Fatalf("%v in %s", err, result.Payload)
	}
	return answer
}

func httpEvent(method, path, body string) string {
	event, _ := json.Marshal(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
		"headers":        map[string]string{"content-type": "application/json", "x-tenant": "acme", "host": "shop.example"},
		"requestContext": map[string]any{"stage": "$default", "http": map[string]string{"method": method, "path": path, "sourceIp": "192.0.2.1"}},
		"body":           body, "isBase64Encoded": false,
	})
	return string(event)
}

// TestTheSameSourceIsALambda runs the built binary over the wire that AWS has.
func TestTheSameSourceIsALambda(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary")
	}
	for _, tags := range []string{"lambda,lambda.norpc,validator_novalidatefn", "lambda,lambda.norpc,validator_novalidatefn,quickrules"} {
		t.Run(tags, func(t *testing.T) {
			api := lambda(t, build(t, tags), "bootstrap")
			created := invokeLambda(t, api, httpEvent("POST", "/orders", `{"items":[{"sku":"espresso","quantity":2}]}`))
			if created.Status != 201 || created.Body != `{"id":"o-1","currency":"EUR","cents":440,"items":[{"sku":"espresso","quantity":2}]}` {
				t.Fatalf("create: %+v", created)
			}
			if got := invokeLambda(t, api, httpEvent("GET", "/orders/o-1", "")); got.Status != 200 || got.Body != created.Body {
				t.Errorf("get: %+v", got)
			}
			const broken = `{"location":"body.items","rule":"min","message":"must have at least 1 item"}`
			if got := invokeLambda(t, api, httpEvent("POST", "/orders", `{"items":[]}`)); got.Status != 422 || !strings.Contains(got.Body, broken) {
				t.Errorf("a broken rule: %+v", got)
			}
		})
	}
}

// TestHandlerSelectsFunctions narrows one binary by Lambda's Handler setting.
func TestHandlerSelectsFunctions(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary")
	}
	binary := build(t, "lambda,lambda.norpc,validator_novalidatefn")
	t.Run("one function takes its typed JSON", func(t *testing.T) {
		api := lambda(t, binary, "orders.price")
		result, err := api.Invoke(t.Context(), runtimeapi.Invocation{Payload: []byte(`{"items":[{"sku":"espresso","quantity":3}]}`)})
		if err != nil || string(result.Payload) != `{"cents":660,"currency":"EUR"}` {
			t.Errorf("got %s, %v", result.Payload, err)
		}
	})
	t.Run("a group leaves out the others", func(t *testing.T) {
		if got := invokeLambda(t, lambda(t, binary, "chat.*"), httpEvent("GET", "/products", "")); got.Status != 404 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("a selector that matches nothing stops the start", func(t *testing.T) {
		cmd := exec.CommandContext(t.Context(), binary)
		cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "_HANDLER=orders.gett"}
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "orders.get, orders.cancel") {
			t.Errorf("%v: %s", err, out)
		}
	})
}
