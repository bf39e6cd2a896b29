package grain_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

type (
	simple struct {
		ID    string            `path:"id" validate:"required,uuid"`
		Mail  string            `json:"mail" validate:"omitempty,email"`
		Lines []line            `json:"lines" validate:"min=1,dive"`
		Notes map[string]string `json:"notes" validate:"dive,max=40"`
	}
	line struct {
		SKU string `json:"sku" validate:"required,max=40"`
	}
	sameAs struct {
		A string `json:"a" validate:"eqfield=B"`
		B string `json:"b"`
	}
	anything struct {
		Any any `json:"any"`
	}
	own struct {
		SKU string `json:"sku" validate:"sku"`
	}
	simpleConfig struct {
		URL string `env:"URL" validate:"omitempty,url"`
	}
	zoned struct {
		Zone string `env:"ZONE" validate:"omitempty,timezone"`
	}
)

func take[In any](context.Context, In) (string, error) { return "", nil }

// quickUnits returns the units of an app that are built with the tag quickrules.
func quickUnits[C any](t *testing.T) string {
	t.Helper()
	app := fn.NewApp[C]("shop", fn.Rule("sku", func(context.Context, reflect.Value, string) bool { return true }, "must be a SKU"))
	app.Add(fn.New("simple.get", take[simple], fn.Route("PUT /simple/{id}")), fn.New("list.get", take[[]line]), fn.New("none.get", take[struct{}]),
		fn.New("same.get", take[sameAs]), fn.New("any.get", take[anything]), fn.New("own.get", take[own]),
		fn.New("mixed.simple", take[line]), fn.New("mixed.own", take[[]own]))
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	units, err := grain.Cut(d, grain.ByFunction(d))
	if err != nil {
		t.Fatal(err)
	}
	var quick []string
	for _, u := range units {
		if slices.Contains(u.Tags, "quickrules") {
			quick = append(quick, u.Name)
		}
	}
	return strings.Join(quick, " ")
}

// A unit is built without go-playground/validator where nothing that is linked into it asks
// for that.
func TestUnitsOfSimpleRulesLeaveValidatorOut(t *testing.T) {
	if got, want := quickUnits[simpleConfig](t), "simple-get list-get none-get"; got != want {
		t.Errorf("with a simple config: %s, want %s", got, want)
	}
	if got := quickUnits[zoned](t); got != "" {
		t.Errorf("with a config that asks for time zones: %s", got)
	}
}
