package fn_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

func TestDescribingNeedsNoConfigAndRunsNoHook(t *testing.T) {
	r := &recorder{}
	description, err := r.app().Describe(t.Context(), fn.WithSources(config.Map{}))
	if err != nil {
		t.Fatal(err)
	}
	if len(description.Functions) != 3 || len(description.Config) != 1 || description.Config[0].Name != "STORE" {
		t.Errorf("got %+v", description)
	}
	if want := []string{"construct orders with ", "construct chat"}; !slices.Equal(r.events, want) {
		t.Errorf("events %q, want %q", r.events, want)
	}
}

func TestAConstructorThatDescribingFailsIsToldApart(t *testing.T) {
	_, err := strict().Describe(t.Context(), fn.WithSources(config.Map{}))
	var missing *config.Error
	if !errors.Is(err, errNoStore) || !errors.As(err, &missing) || !strings.Contains(err.Error(), "The constructor got a config that is not valid") {
		t.Errorf("got %v", err)
	}
	if _, err = strict().Start(t.Context(), fn.WithConfig(shopConfig{})); !errors.Is(err, errNoStore) || errors.As(err, &missing) {
		t.Errorf("with a config of its own: %v", err)
	}
	if _, err = strict().Describe(t.Context(), store); err != nil {
		t.Errorf("with a config: %v", err)
	}
}

func TestTheConfigIsListedWithoutAConstructor(t *testing.T) {
	variables, err := strict().Config(t.Context(), fn.WithSources(config.Map{}))
	var missing *config.Error
	if len(variables) != 1 || variables[0].Name != "STORE" || !errors.As(err, &missing) {
		t.Errorf("without a value: %v, %v", variables, err)
	}
	if variables, err = strict().Config(t.Context(), store); len(variables) != 1 || err != nil {
		t.Errorf("with one: %v, %v", variables, err)
	}
	type wrong struct{ Store chan int }
	if variables, err = fn.NewApp[wrong]("shop").Config(t.Context()); variables != nil || !errors.As(err, &missing) {
		t.Errorf("a field that is no variable: %v, %v", variables, err)
	}
}

// A constructor that cannot do without values gets made-up ones, and says so if those do not help.
func TestAConstructorThatNeedsValuesGetsSamples(t *testing.T) {
	app := func(construct func(shopConfig) error) *fn.App[shopConfig] {
		app := fn.NewApp[shopConfig]("shop")
		app.Group("orders", func(_ context.Context, cfg shopConfig) ([]fn.Function, error) {
			return []fn.Function{fn.New("orders.get", nothing[struct{}])}, construct(cfg)
		})
		return app
	}
	refuses := func(cfg shopConfig) error {
		if cfg.Store == "" {
			return errNoStore
		}
		return nil
	}
	panics := func(cfg shopConfig) error { _ = cfg.Store[0]; return nil }
	for _, construct := range []func(shopConfig) error{refuses, panics} {
		if d, err := app(construct).Describe(t.Context()); err != nil || len(d.Functions) != 1 {
			t.Errorf("got %v, %v", d, err)
		}
	}
	_, err := app(func(cfg shopConfig) error { return errors.New("no store " + cfg.Store) }).Describe(t.Context())
	for _, want := range []string{`group "orders" (fn/describe_test.go:`, "no store \n", "With sample values it says: ", "no store sample\n", "fn.Open"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	_, err = app(panics).Describe(t.Context(), fn.WithConfig(shopConfig{}))
	if err == nil || !strings.Contains(err.Error(), "the constructor panicked: runtime error") || strings.Contains(err.Error(), "sample") {
		t.Errorf("with a config of its own: %v", err)
	}
}
