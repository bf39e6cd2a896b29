//go:build !lambda

package run_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// What may not be meant is told, with its place, and stops nothing.
func TestCheckWarnsOfRequiredOnWhatCanBeZero(t *testing.T) {
	type in struct {
		Active bool `json:"active" validate:"required"`
		Count  int  `json:"count" validate:"required,min=1"`
	}
	set := func(context.Context, in) (struct{}, error) { return struct{}{}, nil }
	functions := []fn.Function{fn.New("shop.set", set), fn.New("shop.reset", set)}
	status, text := of(t, "shop", functions, "check")
	if status != 0 || strings.Count(text, "warning: ") != 1 || strings.Contains(text, "in.Count") {
		t.Errorf("status %d:\n%s", status, text)
	}
	for _, want := range []string{"warnings_test.go:", `shop.set: in.Active: has the rule "required", which refuses false`, "*bool"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in:\n%s", want, text)
		}
	}
}
