package dev

import (
	"slices"
	"testing"

	"github.com/anygrain/anygrain/fn/grain"
)

// A call that is not declared fails where a developer sees it.
func TestTheUnitsAreStrict(t *testing.T) {
	env := (&Config{Env: []string{"ANYGRAIN_STRICT=false"}}).environment(grain.Unit{}, "", "")
	if !slices.Contains(env, "ANYGRAIN_STRICT=true") || slices.Contains(env, "ANYGRAIN_STRICT=false") {
		t.Errorf("got %q", env)
	}
}
