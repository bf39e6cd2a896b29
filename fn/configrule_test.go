package fn_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

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
