//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

type shopConfig struct {
	Currency string        `env:"RUN_TEST_CURRENCY" envDefault:"EUR" validate:"len=3" doc:"of all prices"`
	Key      config.Secret `env:"RUN_TEST_KEY" envDefault:"hunter22"`
}

type priceInput struct {
	SKU      string `path:"sku"   validate:"required"`
	Quantity int    `query:"quantity" default:"1" validate:"min=1"`
}

type priceOutput struct {
	Cents    int    `json:"cents"`
	Currency string `json:"currency"`
}

var priceGet = fn.Define[priceInput, priceOutput]("prices.get", fn.Route("GET /prices/{sku}"), fn.Doc("Tells a price."))

// newShop returns an app of two groups that logs to the writer.
func newShop(log *bytes.Buffer) *fn.App[shopConfig] {
	app := fn.NewApp[shopConfig]("shop", fn.Logger(zerolog.New(zerolog.SyncWriter(log))))
	app.Group("prices", func(_ context.Context, cfg shopConfig) ([]fn.Function, error) {
		get := func(_ context.Context, in priceInput) (priceOutput, error) {
			if in.SKU == "tulips" {
				return priceOutput{}, fn.Errorf(fn.NotFound, "there are no tulips")
			}
			return priceOutput{Cents: 220 * in.Quantity, Currency: cfg.Currency}, nil
		}
		return []fn.Function{priceGet.With(get)}, nil
	})
	app.Group("chat", func(context.Context, shopConfig) ([]fn.Function, error) {
		cheapest := func(ctx context.Context, _ struct{}) (string, error) {
			out, err := priceGet.Call(ctx, priceInput{SKU: "tea", Quantity: 1})
			return fmt.Sprintf("tea at %d", out.Cents), err
		}
		return []fn.Function{
			fn.New("chat.ping", func(context.Context, struct{}) (string, error) { return "pong", nil }),
			fn.New("chat.best", cheapest, fn.Needs(priceGet)),
		}, nil
	})
	return app
}

// command runs one command line.
func command(t *testing.T, stdin string, args ...string) (status int, out, errs string) {
	t.Helper()
	var stdout, stderr, log bytes.Buffer
	status = run.Command(t.Context(), newShop(&log), args, run.IO{In: strings.NewReader(stdin), Out: &stdout, Err: &stderr})
	return status, stdout.String(), stderr.String()
}

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "in.json")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

const albEvent = `{"requestContext":{"elb":{"targetGroupArn":"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/x/1"}},` +
	`"httpMethod":"GET","path":"/prices/tea","queryStringParameters":{"quantity":"2"},"headers":{"accept":"*/*"},"body":"","isBase64Encoded":false}`

func TestCommands(t *testing.T) {
	tests := map[string]struct {
		args   []string
		stdin  string
		status int
		out    []string // parts of what goes to standard output
		errs   []string // parts of what goes to standard error
	}{
		"routes": {args: []string{"routes"}, out: []string{
			"FUNCTION", "prices.get  prices  GET /prices/{sku}  path.sku* query.quantity=1", "run/command_test.go:", "chat.ping   chat    direct"}},
		"routes of one group":          {args: []string{"routes", "--only", "chat.*"}, out: []string{"chat.ping"}},
		"routes as JSON":               {args: []string{"routes", "--json"}, out: []string{`"function": "prices.get"`, `"doc": "Tells a price."`, `"query.quantity=1"`}},
		"config":                       {args: []string{"config"}, out: []string{"RUN_TEST_CURRENCY", "EUR", "of all prices", "[secret]"}},
		"config as JSON":               {args: []string{"config", "--json"}, out: []string{`"name": "RUN_TEST_CURRENCY"`}},
		"invoke with JSON":             {args: []string{"invoke", "prices.get", "--in", `{"sku":"tea","quantity":2}`}, out: []string{`{"cents":440,"currency":"EUR"}`}},
		"invoke, flags first":          {args: []string{"invoke", "--in", `{"sku":"tea"}`, "prices.get"}, out: []string{`"cents":220`}},
		"invoke from standard input":   {args: []string{"invoke", "prices.get", "--in", "-"}, stdin: `{"sku":"tea"}`, out: []string{`"cents":220`}},
		"invoke without an input":      {args: []string{"invoke", "chat.ping"}, out: []string{`"pong"`}},
		"invoke an event":              {args: []string{"invoke", "--event", "-"}, stdin: albEvent, out: []string{`"statusCode":200`, `\"cents\":440`}},
		"invoke an event by name":      {args: []string{"invoke", "chat.ping", "--event", "-"}, stdin: albEvent, out: []string{`"statusCode":404`}},
		"invoke a function that calls": {args: []string{"invoke", "chat.best"}, out: []string{`"tea at 220"`}},
		"invoke an event, narrowed":    {args: []string{"invoke", "--only", "chat.*", "--event", "-"}, stdin: albEvent, out: []string{`"statusCode":404`}},
		"an event that fails":          {args: []string{"invoke", "prices.get", "--event", "-"}, stdin: `{"sku":"tulips"}`, status: 1, errs: []string{"shop invoke: not_found: there are no tulips\n"}},
		"a call of another group":      {args: []string{"invoke", "chat.best"}, out: []string{`"tea at 220"`}},
		"an event that calls a group":  {args: []string{"invoke", "chat.best", "--event", "-"}, stdin: "{}", out: []string{`"tea at 220"`}},
		"--only of config":             {args: []string{"config", "--only", "chat.*"}, status: 2, errs: []string{"-only"}},
		"an event that is no request":  {args: []string{"invoke", "--event", "-"}, stdin: `{"Records":[{"eventSource":"aws:sqs"}]}`, status: 1, errs: []string{"aws:sqs"}},
		"an event that is not there":   {args: []string{"invoke", "--event", "/nowhere/event.json"}, status: 1, errs: []string{"/nowhere/event.json"}},
		"an input that is no JSON":     {args: []string{"invoke", "prices.get", "--in", "{"}, status: 1, errs: []string{`"status":400`}},
		"routes of nothing":            {args: []string{"routes", "--only", "chta.*"}, status: 1, errs: []string{`"chta.*"`}},
		"an argument too many, config": {args: []string{"config", "x"}, status: 2, errs: []string{`unexpected argument "x"`, "Usage: shop config"}},
		"an argument too many, serve":  {args: []string{"serve", "x"}, status: 2, errs: []string{`unexpected argument "x"`, "Usage: shop serve"}},
		"flags of another command":     {args: []string{"routes", "--event", "x"}, status: 2, errs: []string{"-event", "Usage: shop routes"}},
		"an error of the function":     {args: []string{"invoke", "prices.get", "--in", `{"sku":"tulips"}`}, status: 1, errs: []string{"not_found: there are no tulips", `"status":404`}},
		"a broken rule":                {args: []string{"invoke", "prices.get", "--in", `{"sku":"tea","quantity":0}`}, status: 1, errs: []string{"query.quantity", "must be at least 1"}},
		"a function that is not there": {args: []string{"invoke", "prices.gett"}, status: 1, errs: []string{`"prices.gett"`, "prices.get, chat.*"}},
		"no name":                      {args: []string{"invoke"}, status: 2, errs: []string{"the NAME of a function is missing", "Usage: shop invoke"}},
		"two names":                    {args: []string{"invoke", "a.b", "c.d"}, status: 2, errs: []string{"one NAME is expected"}},
		"in and event":                 {args: []string{"invoke", "a.b", "--in", "{}", "--event", "x"}, status: 2, errs: []string{"exclude each other"}},
		"a file that is not there":     {args: []string{"invoke", "prices.get", "--in", "@/nowhere/in.json"}, status: 1, errs: []string{"/nowhere/in.json"}},
		"the call graph":               {args: []string{"graph"}, out: []string{"chat.best\n  → prices.get\n"}},
		"the call graph of a grain":    {args: []string{"graph", "--grain", "group"}, out: []string{"chat.best [chat]\n  → prices.get (remote)\n"}},
		"the call graph of one unit":   {args: []string{"graph", "--grain", "app"}, out: []string{"→ prices.get (local)"}},
		"the call graph for mermaid":   {args: []string{"graph", "--format", "mermaid"}, out: []string{"flowchart LR"}},
		"the call graph for Graphviz":  {args: []string{"graph", "--format=dot"}, out: []string{`digraph "shop"`}},
		"a format that is none":        {args: []string{"graph", "--format", "svg"}, status: 2, errs: []string{`"svg" is none of text, mermaid and dot`}},
		"units":                        {args: []string{"units"}, out: []string{"prices\n  functions  prices.get\n", "lambda,lambda.norpc,validator_novalidatefn,quickrules,only,prices", "ANYGRAIN_CALLEES='*=lambda:shop-{group}'"}},
		"units of functions":           {args: []string{"units", "--grain", "function"}, out: []string{"chat-best\n  functions  chat.best\n", "as chat-ping: build/chat-ping/bootstrap"}},
		"units as JSON":                {args: []string{"units", "--grain", "app", "--json"}, out: []string{`"handler": "bootstrap"`, `"binary": "build/shop/bootstrap"`, `"callees": "*=lambda:shop-shop"`}},
		"units as JSON, one build":     {args: []string{"units", "--grain", "function", "--json"}, out: []string{`"sameAs": "chat-ping"`, `"callees": "*=lambda:shop-{name}"`}},
		"a grain that is none":         {args: []string{"units", "--grain", "tiny"}, status: 1, errs: []string{`"tiny" is none of app, group and function`}},
		"a check without the tags":     {args: []string{"check", "--grain", "app"}, status: 1, errs: []string{`the group "chat" is linked into every unit`}},
		"an unknown command":           {args: []string{"sreve"}, status: 2, errs: []string{`no command "sreve"`, "Commands:"}},
		"an unknown flag":              {args: []string{"routes", "--jsno"}, status: 2, errs: []string{"-jsno", "Usage: shop routes"}},
		"an argument too many":         {args: []string{"routes", "x"}, status: 2, errs: []string{`unexpected argument "x"`}},
		"help":                         {args: []string{"help"}, out: []string{"Usage: shop", "routes", "invoke NAME"}},
		"help of a command":            {args: []string{"serve", "-h"}, out: []string{"-addr", "ANYGRAIN_ADDR"}},
		"an address that is none":      {args: []string{"serve", "--addr", "nonsense"}, status: 1, errs: []string{"nonsense"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			status, out, errs := command(t, test.stdin, test.args...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			for _, part := range test.out {
				if !strings.Contains(out, part) {
					t.Errorf("%q is not in standard output:\n%s", part, out)
				}
			}
			for _, part := range test.errs {
				if !strings.Contains(errs, part) {
					t.Errorf("%q is not in standard error:\n%s", part, errs)
				}
			}
			if strings.Contains(out+errs, "hunter22") {
				t.Error("a secret is shown")
			}
		})
	}
}

func TestInvokeReadsAFile(t *testing.T) {
	if status, out, errs := command(t, "", "invoke", "prices.get", "--in", "@"+file(t, `{"sku":"tea"}`)); status != 0 || out != `{"cents":220,"currency":"EUR"}`+"\n" {
		t.Errorf("%d %s %s", status, out, errs)
	}
}

// A partition is a file with a unit a line.
func TestPartitionsAreFiles(t *testing.T) {
	name := file(t, "front: chat.best prices.*\nrest: chat.ping\n")
	if status, out, errs := command(t, "", "units", "--grain", name); status != 0 || !strings.Contains(out, "handler    prices.*,chat.best") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	name = file(t, "front: chat.* prices.gte\n")
	for _, sub := range []string{"check", "units", "graph"} {
		if status, out, errs := command(t, "", sub, "--grain", name); status != 1 || !strings.Contains(errs, name+": ") || !strings.Contains(errs, `line 1, unit "front": "prices.gte" matches no function`) {
			t.Errorf("%s: %d %s %s", sub, status, out, errs)
		}
	}
	name = file(t, "front chat.*\n")
	if status, out, errs := command(t, "", "check", "--grain", name); status != 1 || !strings.Contains(errs, "line 1: ") || !strings.Contains(errs, name) {
		t.Errorf("%d %s %s", status, out, errs)
	}
}

// The flags may stand before the NAME and behind it.
func TestInvokeReadsAnEventFromAFile(t *testing.T) {
	name := file(t, albEvent)
	for _, args := range [][]string{{"--event", name}, {"--event", name, "prices.get"}, {"prices.get", "--event", name}, {"prices.get", "--event=" + name}} {
		status, out, errs := command(t, "", append([]string{"invoke"}, args...)...)
		if status != 0 || !strings.Contains(out, `"statusCode":200`) || !strings.Contains(out, `\"cents\":440`) {
			t.Errorf("%q: %d %s %s", args[0], status, out, errs)
		}
	}
}

// What --only leaves out is in no output.
func TestOnlyLeavesOutTheOtherGroups(t *testing.T) {
	for _, args := range [][]string{{"routes", "--only", "chat.*"}, {"routes", "--json", "--only", "chat.ping"}} {
		if status, out, errs := command(t, "", args...); status != 0 || strings.Contains(out, "prices") || !strings.Contains(out, "chat.ping") {
			t.Errorf("%q: %d %s %s", args, status, out, errs)
		}
	}
}

// addressWriter passes on the address that the server logs.
type addressWriter struct {
	once    sync.Once
	address chan string
}

func (w *addressWriter) Write(line []byte) (int, error) {
	var logged struct {
		Address string         `json:"address"`
		Rest    map[string]any `json:",embed"`
	}
	if json.Unmarshal(line, &logged) == nil && logged.Address != "" {
		w.once.Do(func() { w.address <- logged.Address })
	}
	return len(line), nil
}

// serving runs the serve command until its stop is called, which returns the
// exit status.
func serving(t *testing.T, args ...string) (url string, stop func() int) {
	t.Helper()
	w := &addressWriter{address: make(chan string, 1)}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Logger(zerolog.New(w)))
	for _, group := range []string{"chat", "news"} {
		app.Group(group, func(context.Context, fn.NoConfig) ([]fn.Function, error) {
			ping := func(context.Context, struct{}) (string, error) { return "pong", nil }
			return []fn.Function{fn.New(group+".ping", ping, fn.Route("GET /"+group))}, nil
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		status <- run.Command(ctx, app, args, run.IO{Out: io.Discard, Err: &errs})
	}()
	select {
	case address := <-w.address:
		return "http://" + address, func() int { cancel(); return <-status }
	case got := <-status:
		cancel()
		t.Fatalf("it ended with the status %d: %s", got, errs.String())
		return "", nil
	}
}

func TestServeAnswersUntilItIsStopped(t *testing.T) {
	tests := map[string]struct {
		args       []string
		chat, news int // the statuses of the two groups
	}{
		"by default":  {[]string{"--addr", "localhost:0"}, 200, 200},
		"by its name": {[]string{"serve", "-addr=localhost:0"}, 200, 200},
		"one group":   {[]string{"serve", "--only", "chat.*", "--addr", "localhost:0"}, 200, 404},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			url, stop := serving(t, test.args...)
			for path, want := range map[string]int{"/chat": test.chat, "/news": test.news} {
				resp, err := http.Get(url + path)
				if err != nil {
					t.Fatal(err)
				}
				_ = resp.Body.Close()
				if resp.StatusCode != want {
					t.Errorf("%s: got %d, want %d", path, resp.StatusCode, want)
				}
			}
			if status := stop(); status != 0 {
				t.Errorf("status %d", status)
			}
			if resp, err := http.Get(url + "/chat"); err == nil {
				_ = resp.Body.Close()
				t.Errorf("it answers %d after it was stopped", resp.StatusCode)
			}
		})
	}
}

// How is a function invoked from a program's own command line?
func ExampleCommand() {
	app := newShop(&bytes.Buffer{})
	var out, errs bytes.Buffer
	status := run.Command(context.Background(), app, []string{"invoke", "prices.get", "--in", `{"sku":"tea","quantity":3}`},
		run.IO{Out: &out, Err: &errs})
	fmt.Print(status, " ", out.String())
	// Output:
	// 0 {"cents":660,"currency":"EUR"}
}
