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

func TestCheckTellsWhatMayNotBeMeant(t *testing.T) {
	type paging struct {
		Day string `path:"day"`
	}
	type in struct {
		paging
		ID string `path:"id"`
	}
	type none struct{}
	app := fn.NewApp[fn.NoConfig]("library")
	app.Add(fn.New("books.get", func(context.Context, in) (string, error) { return "", nil }, fn.Route("GET /books/{id}/{day}")),
		fn.New("books.list", func(context.Context, none) (string, error) { return "", nil }, fn.Route("GET /shelves/{shelf}/books/{rest...}")),
		fn.New("books.root", func(context.Context, none) (string, error) { return "", nil }, fn.Route("GET /{$}")))
	t.Chdir(t.TempDir())
	if err := os.WriteFile(".env", []byte("KEY=pa$7hunter22\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	run.Command(t.Context(), app, []string{"check"}, run.IO{Out: &out, Err: &errs})
	for _, want := range []string{
		"warning: .env:1: KEY has a $ that names nothing which is set",
		`books.list: no field takes the wildcard {shelf} of the route "GET /shelves/{shelf}/books/{rest...}"; give the In a field with path:"shelf"`,
		"books.list: no field takes the wildcard {rest}",
	} {
		if strings.Count(errs.String(), want) != 1 {
			t.Errorf("%q is not there once:\n%s", want, errs.String())
		}
	}
	if strings.Contains(errs.String(), "books.get") || strings.Contains(errs.String(), "books.root") || strings.Contains(errs.String(), "hunter22") {
		t.Errorf("got %s", errs.String())
	}
}
