//go:build !lambda

package run

import (
	"context"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// A unit gets what its own groups read, as on Lambda.
func TestDevHidesWhatAUnitDoesNotRead(t *testing.T) {
	type shared struct {
		Currency string `env:"HIDDEN_CURRENCY"`
	}
	type chat struct {
		Token    config.Secret `env:"HIDDEN_TOKEN" validate:"required"`
		Currency string        `env:"HIDDEN_CURRENCY"`
	}
	app := fn.NewApp[shared]("shop")
	f := func(name string) []fn.Function {
		return []fn.Function{fn.New(name, func(context.Context, struct{}) (string, error) { return "", nil })}
	}
	app.Group("shows", func(context.Context, shared) ([]fn.Function, error) { return f("shows.list"), nil })
	fn.AddGroup(app, "chat", func(context.Context, shared, chat) ([]fn.Function, error) { return f("chat.reply"), nil })
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	units, err := grain.Cut(d, grain.ByGroup(d))
	if err != nil {
		t.Fatal(err)
	}
	hidden := (&cut{app: d, units: units}).hidden()
	if !slices.Equal(hidden["shows"], []string{"HIDDEN_TOKEN"}) || hidden["chat"] != nil {
		t.Errorf("got %v", hidden)
	}
}
