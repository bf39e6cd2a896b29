package dev

import (
	"slices"
	"testing"

	"github.com/anygrain/anygrain/fn/grain"
)

// A unit sees no variable that only others read, however often it was inherited.
func TestAUnitDoesNotSeeWhatIsHiddenFromIt(t *testing.T) {
	c := Config{App: "shop", Env: []string{"TOKEN=a", "STORE=s", "TOKEN=b", "TOKENS=c"}, Hidden: map[string][]string{"shows": {"TOKEN"}}}
	for unit, want := range map[string]string{"shows": "", "chat": "b"} {
		env := c.environment(grain.Unit{Name: unit}, "api", "endpoint")
		if got := lookup(env, "TOKEN"); got != want || !slices.Contains(env, "STORE=s") || !slices.Contains(env, "TOKENS=c") {
			t.Errorf("%s: TOKEN is %q in %q", unit, got, env)
		}
	}
}
