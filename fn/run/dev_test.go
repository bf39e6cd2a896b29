//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

func TestWhatDevDoesNotUnderstand(t *testing.T) {
	for name, test := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"a format":    {[]string{"dev", "--format", "3.0"}, 2, `the format "3.0" is none of 2.0, 1.0 and rest`},
		"an argument": {[]string{"dev", "orders"}, 2, `unexpected argument "orders"`},
		"a grain":     {[]string{"dev", "--grain", "atom"}, 1, `the grain "atom" is none of`},
		"an address":  {[]string{"dev", "--addr", "nowhere"}, 1, `cannot listen on "nowhere", want host:port`},
		"help":        {[]string{"dev", "-h"}, 0, "payload 2.0 or 1.0 of an HTTP API, or rest"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, log bytes.Buffer
			status := run.Command(t.Context(), newShop(&log), test.args, run.IO{Out: &out, Err: &out})
			if status != test.status || !strings.Contains(out.String(), test.want) {
				t.Errorf("%d: %s", status, out.String())
			}
		})
	}
}

// What no unit could start with is said before anything is built, once.
func TestDevDoesNotBuildWhatCannotStart(t *testing.T) {
	lenient := fn.NewApp[libraryConfig]("library")
	lenient.Group("books", func(context.Context, libraryConfig) ([]fn.Function, error) {
		return []fn.Function{fn.New("books.find", nothing)}, nil
	})
	wrong := fn.NewApp[libraryConfig]("library")
	wrong.Add(fn.New("books", nothing))
	type lambdas struct {
		Region string `env:"AWS_REGION" validate:"required"`
		Store  string `env:"RUN_TEST_STORE" validate:"required"`
	}
	onLambda := fn.NewApp[lambdas]("library")
	onLambda.Add(fn.New("books.find", nothing))
	const remedy = "Set them in the environment, or in .env on your machine; the command \"config\" lists all.\n"
	tests := map[string]struct {
		app  run.App
		path string
		want string // all that is printed; a * at the end stands for the rest
	}{
		"a config without a value":   {lenient, os.Getenv("PATH"), "library dev: 1 problem in the config:\n  RUN_TEST_STORE  text  is missing\n" + remedy},
		"what Lambda sets":           {onLambda, os.Getenv("PATH"), "library dev: 1 problem in the config:\n  RUN_TEST_STORE  text  is missing\n" + remedy},
		"a declaration and a config": {wrong, os.Getenv("PATH"), "library dev: 1 problem in the declaration*is missing\n" + remedy},
		"no go command": {lenient, "", "library dev: 1 problem in the config:\n  RUN_TEST_STORE  text  is missing\n" + remedy +
			"the go command, which finds the source, cannot be run: *install Go, or add it to PATH\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("PATH", test.path)
			t.Setenv("AWS_REGION", "")
			var out bytes.Buffer
			status := run.Command(t.Context(), test.app, []string{"dev"}, run.IO{Out: &out, Err: &out})
			begin, end, _ := strings.Cut(test.want, "*")
			if status != 1 || !strings.HasPrefix(out.String(), begin) || !strings.HasSuffix(out.String(), end) || len(end) == 0 && out.String() != begin {
				t.Errorf("%d: %s", status, out.String())
			}
		})
	}
}

func TestDevOutsideItsModule(t *testing.T) {
	t.Chdir(t.TempDir())
	status, text := of(t, "shop", []fn.Function{fn.New("orders.get", nothing), fn.New("chat.reply", nothing)}, "dev")
	if status != 1 || strings.Count(text, "the go command does not find the source of .; run this command in its module") != 1 || strings.Contains(text, "building") {
		t.Errorf("%d: %s", status, text)
	}
}
