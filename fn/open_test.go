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

// opening is an app whose constructor opens a, b and c; what is in fail does not open.
func opening(notes *[]string, fail error, kept *[]*fn.Opened[string]) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Group("orders", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		for _, name := range []string{"a", "b", "c"} {
			close := func(value string) error { *notes = append(*notes, "close "+value); return nil }
			if name == "b" {
				close = nil
			}
			*kept = append(*kept, fn.Open(ctx, func(context.Context) (string, error) {
				*notes = append(*notes, "open "+name)
				if name == "c" {
					return "", fail
				}
				return name, nil
			}, close))
		}
		fn.OnStart(ctx, func(context.Context) error { *notes = append(*notes, "start"); return nil })
		return []fn.Function{fn.New("orders.get", nothing[struct{}])}, nil
	})
	return app
}

func TestWhatIsOpenedIsOpenFromStartToStop(t *testing.T) {
	var notes []string
	var kept []*fn.Opened[string]
	app := opening(&notes, nil, &kept)
	if _, err := app.Describe(t.Context()); err != nil || notes != nil {
		t.Errorf("describing opened %q, %v", notes, err)
	}
	if _, err := kept[0].Get(); err == nil || !strings.Contains(err.Error(), "fn.Open at fn/open_test.go:") || !strings.Contains(err.Error(), "not open yet") {
		t.Errorf("before the start: %v", err)
	}
	kept = nil
	unit := app.MustStart(t.Context())
	if value, err := kept[1].Get(); value != "b" || err != nil {
		t.Errorf("got %q, %v", value, err)
	}
	if err := unit.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []string{"open a", "open b", "open c", "start", "close ", "close a"}; !slices.Equal(notes, want) {
		t.Errorf("got %q, want %q", notes, want)
	}
	if _, err := kept[0].Get(); err == nil || !strings.Contains(err.Error(), "the unit has stopped") {
		t.Errorf("after the stop: %v", err)
	}
}

func TestWhatDoesNotOpenFailsTheStart(t *testing.T) {
	var notes []string
	var kept []*fn.Opened[string]
	refused := errors.New("refused")
	_, err := opening(&notes, refused, &kept).Start(t.Context())
	if !errors.Is(err, refused) || !strings.Contains(err.Error(), "what is opened at fn/open_test.go:") {
		t.Errorf("got %v", err)
	}
	if want := []string{"open a", "open b", "open c", "close a"}; !slices.Equal(notes, want) {
		t.Errorf("got %q, want %q", notes, want)
	}
}

func TestOpenInTheWrongPlaceIsAnError(t *testing.T) {
	open := func(context.Context) (int, error) { return 1, nil }
	var none *fn.Opened[int]
	for want, opened := range map[string]*fn.Opened[int]{
		"the context was not the one": fn.Open(t.Context(), open, nil),
		"a nil or zero Opened":        none,
		"make it by fn.Open":          {},
	} {
		if _, err := opened.Get(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	app := fn.NewApp[shopConfig]("shop")
	app.Group("orders", func(ctx context.Context, _ shopConfig) ([]fn.Function, error) {
		fn.Open[config.Secret](ctx, nil, nil)
		return []fn.Function{fn.New("orders.get", nothing[struct{}], fn.Needs(nil))}, nil
	})
	_, err := app.Start(t.Context(), store)
	for _, want := range []string{"2 problems", "fn/open_test.go:", "Open: the function that opens is nil; pass a func(context.Context) (config.Secret, error)", "a need is nil"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}
