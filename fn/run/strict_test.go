//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

type libraryConfig struct {
	Store string `env:"RUN_TEST_STORE" validate:"required"`
}

// library is an app whose constructors refuse a config without a store, and
// note that they ran.
func library(constructed *[]string) *fn.App[libraryConfig] {
	app := fn.NewApp[libraryConfig]("library")
	find := fn.Define[struct{}, string]("books.find", fn.Route("GET /books"))
	register := func(group string, f fn.Function) {
		app.Group(group, func(_ context.Context, cfg libraryConfig) ([]fn.Function, error) {
			*constructed = append(*constructed, group)
			if cfg.Store == "" {
				return nil, errors.New("the store is empty")
			}
			return []fn.Function{f}, nil
		})
	}
	register("books", find.With(func(context.Context, struct{}) (string, error) { return "Moby-Dick", nil }))
	register("loans", fn.New("loans.next", func(ctx context.Context, _ struct{}) (string, error) {
		book, err := find.Call(ctx, struct{}{})
		return "lend " + book, err
	}, fn.Needs(find)))
	register("rooms", fn.New("rooms.list", nothing))
	return app
}

func TestCommandsOfAnAppWithoutItsConfig(t *testing.T) {
	const missing = "1 problem in the config:\n  RUN_TEST_STORE  text  is missing"
	everything := []string{"books", "books", "loans", "loans", "rooms", "rooms"} // without a value, then with a sample
	tests := map[string]struct {
		args        []string
		status      int
		want        []string
		constructed []string
	}{
		"config":               {[]string{"config"}, 0, []string{"RUN_TEST_STORE  text  (required)"}, nil},
		"invoke":               {[]string{"invoke", "loans.next"}, 1, []string{"library invoke: " + missing}, nil},
		"invoke with an event": {[]string{"invoke", "--event", "-"}, 1, []string{"library invoke: " + missing}, nil},
		"serve":                {[]string{"serve"}, 1, []string{"library serve: " + missing}, nil},
		"serve, a wrong group": {[]string{"serve", "--only", "book.*"}, 1, []string{`nothing matches the selector "book.*"`, missing}, nil},
		"routes":               {[]string{"routes"}, 0, []string{"books.find", "loans.next"}, everything},
		"check":                {[]string{"check"}, 1, nil, slices.Concat(everything, []string{"books", "books", "books", "loans", "loans", "loans", "rooms", "rooms", "rooms"})},
		"units":                {[]string{"units"}, 0, []string{"functions  books.find\n  variables  RUN_TEST_STORE"}, everything},
		"graph":                {[]string{"graph"}, 0, []string{"→ books.find"}, everything},
		"dev":                  {[]string{"dev"}, 1, []string{missing}, everything},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var constructed []string
			var out bytes.Buffer
			status := run.Command(t.Context(), library(&constructed), test.args, run.IO{In: strings.NewReader("{}"), Out: &out, Err: &out})
			if status != test.status || !slices.Equal(constructed, test.constructed) {
				t.Errorf("status %d, constructed %q", status, constructed)
			}
			for _, part := range test.want {
				if part = strings.Replace(part, "%s", test.args[0], 1); strings.Count(out.String(), part) != 1 {
					t.Errorf("%q is not there once:\n%s", part, out.String())
				}
			}
		})
	}
}

// An invoke is a real run: what it needs is constructed, once.
func TestAnInvokeConstructsOnceWhatItNeeds(t *testing.T) {
	t.Setenv("RUN_TEST_STORE", "memory")
	tests := map[string]struct {
		args []string
		out  string
		want []string
	}{
		"a function alone":        {[]string{"rooms.list"}, `""`, []string{"rooms"}},
		"a function and a callee": {[]string{"loans.next"}, `"lend Moby-Dick"`, []string{"loans", "books"}},
		"an event":                {[]string{"loans.next", "--event", "-"}, `"lend Moby-Dick"`, []string{"loans", "books"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var constructed []string
			var out bytes.Buffer
			status := run.Command(t.Context(), library(&constructed), append([]string{"invoke"}, test.args...), run.IO{In: strings.NewReader("{}"), Out: &out, Err: &out})
			if status != 0 || out.String() != test.out+"\n" || !slices.Equal(constructed, test.want) {
				t.Errorf("%d %s, constructed %q", status, out.String(), constructed)
			}
		})
	}
}

func TestConfigOfAnAppThatReadsNone(t *testing.T) {
	if status, text := of(t, "shop", []fn.Function{fn.New("orders.get", nothing)}, "config"); status != 0 || text != "shop has no config: it reads no variables\n" {
		t.Errorf("%d %s", status, text)
	}
}

// What a group's constructor said is said again to who calls once more.
func TestAnInvokeDoesNotTryAConstructorAgain(t *testing.T) {
	find := fn.Define[struct{}, string]("books.find", fn.Idempotent())
	constructed := 0
	app := fn.NewApp[fn.NoConfig]("library")
	app.Group("books", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		constructed++
		return nil, errors.New("the store is down")
	})
	app.Add(fn.New("loans.next", func(ctx context.Context, _ struct{}) (string, error) { return find.Call(ctx, struct{}{}) }, fn.Needs(find)))
	var out bytes.Buffer
	status := run.Command(t.Context(), app, []string{"invoke", "loans.next"}, run.IO{In: strings.NewReader("{}"), Out: &out, Err: &out})
	if status == 0 || constructed != 1 || !strings.Contains(out.String(), "the store is down") {
		t.Errorf("%d after %d constructions: %s", status, constructed, out.String())
	}
}
