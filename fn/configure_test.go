package fn_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// noting is middleware that writes its name.
func noting(notes *[]string, name string) fn.Option {
	return fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			*notes = append(*notes, name)
			return next(ctx, req)
		}
	})
}

func TestMiddlewareIsMadeFromTheConfig(t *testing.T) {
	var notes []string
	app := fn.NewApp[shopConfig]("shop", noting(&notes, "app"))
	app.Configure(func(ctx context.Context, cfg shopConfig) ([]fn.AppOption, error) {
		notes = append(notes, "configure "+cfg.Store)
		fn.OnStart(ctx, func(context.Context) error { notes = append(notes, "start"); return nil })
		return []fn.AppOption{noting(&notes, "first "+cfg.Store), nil, fn.Needs(bucket{"table", "SESSIONS"}.read())}, nil
	})
	app.Configure(func(context.Context, shopConfig) ([]fn.AppOption, error) {
		return []fn.AppOption{noting(&notes, "second")}, nil
	})
	app.Group("orders", func(context.Context, shopConfig) ([]fn.Function, error) {
		notes = append(notes, "construct")
		return []fn.Function{fn.New("orders.get", nothing[struct{}], noting(&notes, "function"))}, nil
	})
	for _, store := range []string{"a", "b"} { // an app that is started again begins anew
		notes = nil
		unit := app.MustStart(t.Context(), fn.WithConfig(shopConfig{store}))
		if _, err := fn.Call[struct{}, struct{}](t.Context(), unit, "orders.get", struct{}{}); err != nil {
			t.Fatal(err)
		}
		want := []string{"configure " + store, "construct", "start", "app", "first " + store, "second", "function"}
		if !slices.Equal(notes, want) {
			t.Errorf("got %q, want %q", notes, want)
		}
	}
	d, err := app.Describe(t.Context())
	if err != nil || fmt.Sprint(d.Needs) != "[read of table SESSIONS]" {
		t.Errorf("described with %v, %v", d, err)
	}
}

func TestWhatIsWrongWithConfigureNamesThePlace(t *testing.T) {
	refused := errors.New("no key")
	tests := map[string]struct {
		configure func(context.Context, shopConfig) ([]fn.AppOption, error)
		want      []string
	}{
		"nil":      {nil, []string{"fn/configure_test.go:", "Configure: the function is nil; pass a func(context.Context, fn_test.shopConfig) ([]fn.AppOption, error)"}},
		"an error": {func(context.Context, shopConfig) ([]fn.AppOption, error) { return nil, refused }, []string{"Configure (fn/configure_test.go:", "no key"}},
		"an option that is wrong": {func(context.Context, shopConfig) ([]fn.AppOption, error) {
			return []fn.AppOption{fn.Needs(nil), fn.Use(nil)}, nil
		},
			[]string{"Configure: Needs: a need is nil", "Configure: Use: a middleware is nil", "fn/configure_test.go:"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[shopConfig]("shop")
			app.Configure(test.configure)
			app.Add(fn.New("orders.get", nothing[struct{}]))
			_, err := app.Start(t.Context(), store)
			_, again := app.Start(t.Context(), store)
			for _, part := range test.want {
				if err == nil || !strings.Contains(err.Error(), part) || again.Error() != err.Error() {
					t.Errorf("%q is not in both of\n%v\n%v", part, err, again)
				}
			}
		})
	}
}
