package fn_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

type shopConfig struct {
	Store string `env:"STORE" validate:"required"`
}

// recorder notes what happens to an app of two groups.
type recorder struct {
	events []string
	fail   error // of the second start hook
}

func (r *recorder) note(text string) fn.Hook {
	return func(context.Context) error { r.events = append(r.events, text); return nil }
}

func (r *recorder) app() *fn.App[shopConfig] {
	app := fn.NewApp[shopConfig]("shop")
	app.Group("orders", func(ctx context.Context, cfg shopConfig) ([]fn.Function, error) {
		r.events = append(r.events, "construct orders with "+cfg.Store)
		fn.OnStart(ctx, r.note("start orders"))
		fn.OnStop(ctx, r.note("stop orders"))
		return []fn.Function{fn.New("orders.get", nothing[struct{}]), fn.New("orders.list", nothing[struct{}])}, nil
	})
	app.Group("chat", func(ctx context.Context, _ shopConfig) ([]fn.Function, error) {
		r.events = append(r.events, "construct chat")
		fn.OnStart(ctx, func(context.Context) error { r.events = append(r.events, "start chat"); return r.fail })
		fn.OnStop(ctx, r.note("stop chat"))
		return []fn.Function{fn.New("chat.reply", nothing[struct{}])}, nil
	})
	return app
}

var store = fn.WithSources(config.Map{"STORE": "memory"})

func TestTheLifeOfAUnit(t *testing.T) {
	broken := errors.New("cannot connect")
	tests := map[string]struct {
		options []fn.StartOption
		fail    error
		serves  []string
		events  []string
	}{
		"everything": {
			options: []fn.StartOption{store},
			serves:  []string{"orders.get", "orders.list", "chat.reply"},
			events: []string{"construct orders with memory", "construct chat", "start orders", "start chat",
				"stop chat", "stop orders"},
		},
		"one function constructs its group alone": {
			options: []fn.StartOption{store, fn.Select("orders.list")},
			serves:  []string{"orders.list"},
			events:  []string{"construct orders with memory", "start orders", "stop orders"},
		},
		"a group": {
			options: []fn.StartOption{store, fn.Select("orders.*")},
			serves:  []string{"orders.get", "orders.list"},
			events:  []string{"construct orders with memory", "start orders", "stop orders"},
		},
		"several selectors in one string": {
			options: []fn.StartOption{store, fn.Select("orders.get,chat.*")},
			serves:  []string{"orders.get", "chat.reply"},
			events: []string{"construct orders with memory", "construct chat", "start orders", "start chat",
				"stop chat", "stop orders"},
		},
		"a config that was handed in": {
			options: []fn.StartOption{fn.WithConfig(shopConfig{Store: "given"}), fn.Select("orders.*")},
			serves:  []string{"orders.get", "orders.list"},
			events:  []string{"construct orders with given", "start orders", "stop orders"},
		},
		"a start hook that fails runs the stop hooks": {
			options: []fn.StartOption{store},
			fail:    broken,
			events: []string{"construct orders with memory", "construct chat", "start orders", "start chat",
				"stop chat", "stop orders"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := &recorder{fail: test.fail}
			unit, err := r.app().Start(t.Context(), test.options...)
			if !errors.Is(err, test.fail) {
				t.Fatalf("Start: %v", err)
			}
			if err == nil {
				var names []string
				for _, f := range unit.Functions() {
					names = append(names, f.Name())
				}
				if !slices.Equal(names, test.serves) {
					t.Errorf("the unit serves %q, want %q", names, test.serves)
				}
				if err := errors.Join(unit.Stop(t.Context()), unit.Stop(t.Context())); err != nil {
					t.Error(err)
				}
			}
			if !slices.Equal(r.events, test.events) {
				t.Errorf("events %q, want %q", r.events, test.events)
			}
		})
	}
}

func TestAUnitIsItsOwnStarter(t *testing.T) {
	unit, _ := start(t, []fn.Function{newGreet()})
	same, err := unit.Start(t.Context())
	if err != nil || same != unit {
		t.Errorf("got %v, %v", same, err)
	}
	if got := reflect.TypeOf(same); got != reflect.TypeFor[*fn.Unit]() {
		t.Error(got)
	}
}

// large returns an app of n functions, five in a group, each with a route and
// each calling the one before.
func large(n int) *fn.App[fn.NoConfig] {
	type in struct {
		ID    string   `path:"id" validate:"required,uuid"`
		Tags  []string `query:"tag" validate:"max=5,dive,alphanum"`
		Limit int      `query:"limit" default:"20" validate:"min=1,max=100"`
	}
	type out struct {
		ID    string   `json:"id"`
		Items []string `json:"items"`
	}
	app := fn.NewApp[fn.NoConfig]("large")
	var before fn.Contract[in, out]
	for i := range n {
		c := fn.Define[in, out](fmt.Sprintf("group%d.f%d", i/5, i), fn.Route(fmt.Sprintf("GET /group%d/f%d/{id}", i/5, i)))
		var options []fn.FunctionOption
		if i > 0 {
			options = append(options, fn.Needs(before))
		}
		app.Add(c.With(func(_ context.Context, v in) (out, error) { return out{ID: v.ID}, nil }, options...))
		before = c
	}
	return app
}

// BenchmarkStart declares and starts an app, as a unit does in its init phase.
func BenchmarkStart(b *testing.B) {
	for _, n := range []int{10, 200, 500} {
		b.Run(fmt.Sprintf("%d functions", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := large(n).Start(b.Context(), fn.WithConfig(fn.NoConfig{})); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
