package fn_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

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
