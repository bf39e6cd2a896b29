package fn_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
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

func TestASelectorThatMatchesNothingListsWhatThereIs(t *testing.T) {
	tests := map[string][]string{
		"orders.gett": {`"orders.gett"`, "orders.get, orders.list, chat.*"},
		"nobody.*":    {`"nobody.*"`, "orders.*, chat.*"},
		"orders":      {`"orders"`, "orders.get"},
		// A star stands for a whole group, and for nothing less.
		"ord*":              {`"ord*"`, "orders.*, chat.*"},
		"orders*":           {`"orders*"`, "orders.*, chat.*"},
		"orders.g*":         {`"orders.g*"`, "orders.get, orders.list, chat.*"},
		"*.get":             {`"*.get"`, "orders.*, chat.*"},
		"orders.*,ord*":     {`"ord*"`, "orders.get, orders.list, chat.*"},
		"orders.get,chat.r": {`"chat.r"`, "orders.get, orders.list, chat.reply"},
	}
	for selector, want := range tests {
		t.Run(selector, func(t *testing.T) {
			_, err := (&recorder{}).app().Start(t.Context(), store, fn.Select(selector))
			var selection *fn.SelectError
			if !errors.As(err, &selection) {
				t.Fatalf("got %v", err)
			}
			for _, part := range want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}

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

func TestAReplacedGroupIsConstructedInstead(t *testing.T) {
	r := &recorder{}
	fake := fn.ReplaceGroup("chat", func(context.Context, shopConfig) ([]fn.Function, error) {
		return []fn.Function{fn.New("chat.fake", nothing[struct{}])}, nil
	})
	unit, err := r.app().Start(t.Context(), store, fake)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := unit.Lookup("chat.fake"); !ok {
		t.Error("the fake is not served")
	}
	if slices.Contains(r.events, "construct chat") {
		t.Error("the replaced constructor ran")
	}
	_, err = r.app().Start(t.Context(), store, fn.ReplaceGroup("chta", func(context.Context, shopConfig) ([]fn.Function, error) { return nil, nil }))
	if err == nil || !strings.Contains(err.Error(), `"chta"`) {
		t.Errorf("an unknown group: %v", err)
	}
	_, err = r.app().Start(t.Context(), store, fn.ReplaceGroup("chat", func(context.Context, string) ([]fn.Function, error) { return nil, nil }))
	if err == nil || !strings.Contains(err.Error(), "fn_test.shopConfig") {
		t.Errorf("another config type: %v", err)
	}
}

func TestAConfigOfAnotherTypeIsRefused(t *testing.T) {
	_, err := (&recorder{}).app().Start(t.Context(), fn.WithConfig("memory"))
	if err == nil || !strings.Contains(err.Error(), "shopConfig") {
		t.Errorf("got %v", err)
	}
}

func TestAHookOutsideAConstructorPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("OnStart accepted a context that is no constructor's")
		}
	}()
	fn.OnStart(t.Context(), func(context.Context) error { return nil })
}

func TestStopWaitsForGoroutinesOfRequests(t *testing.T) {
	release, finished := make(chan struct{}), false
	unit, _ := start(t, []fn.Function{fn.Raw("work.go", func(_ context.Context, req *fn.Request) (*fn.Reply, error) {
		req.Go(func() { <-release; finished = true })
		return &fn.Reply{Status: 202}, nil
	}, fn.Route("POST /work"))})
	serve(t, unit, "work.go", source{})
	close(release)
	if err := unit.Stop(t.Context()); err != nil || !finished {
		t.Errorf("finished %v, %v", finished, err)
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
