package fn_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

func TestMissingConfigStopsTheStartBeforeAnythingIsConstructed(t *testing.T) {
	r := &recorder{}
	_, err := r.app().Start(t.Context(), fn.WithSources(config.Map{}))
	if err == nil || !strings.Contains(err.Error(), "STORE") {
		t.Errorf("got %v", err)
	}
	if len(r.events) != 0 {
		t.Errorf("events %q", r.events)
	}
}

func TestAConfigOfAnotherTypeIsRefused(t *testing.T) {
	_, err := (&recorder{}).app().Start(t.Context(), fn.WithConfig("memory"))
	if err == nil || !strings.Contains(err.Error(), "shopConfig") {
		t.Errorf("got %v", err)
	}
}

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
		"a declaration":                         {app: strict(fn.New("chat.reply", nothing[struct{}], fn.Use(nil))), selector: "*", want: []string{"chat.reply: Use: a middleware is nil", "STORE"}},
		"a function that is none":               {app: strict(fn.Function{}), selector: "*", want: []string{"zero Function", "STORE"}},
		"a declaration that is not selected":    {app: strict(fn.New("chat.reply", nothing[struct{}], fn.Use(nil))), selector: "orders.*", want: []string{"STORE"}},
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

type ruledConfig struct {
	SKU  string   `env:"SKU" envDefault:"s1" validate:"required,sku"`
	SKUs []string `env:"SKUS" validate:"dive,sku"`
	Opt  *string  `env:"OPT" validate:"sku"`
}

// A rule of the app can stand in its config as well.
func TestAConfigUsesTheRulesOfItsApp(t *testing.T) {
	sku := fn.Rule("sku", func(_ context.Context, v reflect.Value, _ string) bool { return strings.HasPrefix(v.String(), "s") }, "must be a known SKU")
	for name, test := range map[string]struct {
		rule   fn.AppOption
		values config.Map
		want   string
	}{
		"a value that keeps it":   {sku, config.Map{"SKU": "s2", "SKUS": "s1,s2"}, ""},
		"nothing but the default": {sku, config.Map{}, ""},
		"a value that breaks it":  {sku, config.Map{"SKU": "x"}, "SKU text must be a known SKU"},
		"an element that does":    {sku, config.Map{"SKUS": "s1,x"}, "SKUS list of text must be a known SKU"},
		"without the rule":        {fn.AllowUnknown(), config.Map{}, `the rule "sku" is not known`},
		"a rule that cannot be":   {fn.Rule("sku", nil, ""), config.Map{}, `rule "sku": its function is nil`},
	} {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[ruledConfig]("shop", test.rule)
			app.Add(fn.New("shop.get", func(context.Context, struct{}) (struct{}, error) { return struct{}{}, nil }))
			_, err := app.Start(t.Context(), fn.WithSources(test.values))
			_, described := app.Describe(t.Context(), fn.WithSources(test.values))
			if test.want == "" {
				if err != nil || described != nil {
					t.Errorf("Start: %v, Describe: %v", err, described)
				}
				return
			}
			if err == nil || !strings.Contains(strings.Join(strings.Fields(err.Error()), " "), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
