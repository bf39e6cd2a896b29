package fn_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

var errNoStore = errors.New("the store's address is empty")

// strict is an app whose constructor refuses a config without a store.
func strict(more ...fn.Function) *fn.App[shopConfig] {
	app := fn.NewApp[shopConfig]("shop")
	app.Group("orders", func(_ context.Context, cfg shopConfig) ([]fn.Function, error) {
		if cfg.Store == "" {
			return nil, errNoStore
		}
		return []fn.Function{fn.New("orders.get", nothing[struct{}])}, nil
	})
	app.Add(more...)
	return app
}

// What no config can mend is said together with what is wrong with the config.
func TestAStartWithoutAConfigSaysWhatElseIsWrong(t *testing.T) {
	tests := map[string]struct {
		app      *fn.App[shopConfig]
		selector string
		want     []string
	}{
		"the config alone":                      {app: strict(), selector: "orders.gett", want: []string{"STORE"}},
		"a group that is not there":             {app: strict(), selector: "order.get", want: []string{`nothing matches the selector "order.get"; this binary has: orders.*`, "STORE"}},
		"a function that is not there":          {app: strict(fn.New("chat.reply", nothing[struct{}])), selector: "chat.replay", want: []string{`"chat.replay"; this binary has: chat.reply, orders.*`, "STORE"}},
		"no group":                              {app: fn.NewApp[shopConfig]("shop"), selector: "*", want: []string{"no group is linked in (this binary was built ", "STORE"}},
		"a declaration":                         {app: strict(fn.New("chat.reply", nothing[struct{}], nil)), selector: "*", want: []string{"chat.reply: an option is nil", "STORE"}},
		"a function that is none":               {app: strict(fn.Function{}), selector: "*", want: []string{"zero Function", "STORE"}},
		"a declaration that is not selected":    {app: strict(fn.New("chat.reply", nothing[struct{}], nil)), selector: "orders.*", want: []string{"STORE"}},
		"everything is selected and is correct": {app: strict(fn.New("chat.reply", nothing[struct{}])), selector: "*", want: []string{"STORE"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.app.Start(t.Context(), fn.WithSources(config.Map{}), fn.Select(test.selector))
			var missing *config.Error
			if !errors.As(err, &missing) {
				t.Fatalf("the config is not in: %v", err)
			}
			if len(test.want) == 1 && err.Error() != missing.Error() {
				t.Errorf("got more than the config: %v", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
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
