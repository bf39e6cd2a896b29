//go:build !quickrules

package rules

import (
	"reflect"
	"testing"
)

// TestWhatSaysNothingOfATypeNeverPasses holds the refusal of rules about text on numbers
// against validator.
func TestWhatSaysNothingOfATypeNeverPasses(t *testing.T) {
	set, err := New()
	if err != nil {
		t.Fatal(err)
	}
	p := set
	refused := 0
	for name := range formats {
		for _, value := range []any{0, 1, -1, 8080, 4242424242424242, 1.5, true, false, uint8(3), float32(0)} {
			if !saysNothingOf(reflect.TypeOf(value), name) {
				continue
			}
			refused++
			passes := func() (passes bool) {
				defer func() { _ = recover() }()
				return p.library.validate().Var(value, name) == nil
			}
			if passes() {
				t.Errorf("the rule %q is refused on %T, and %v passes", name, value, value)
			}
		}
	}
	if refused < 500 {
		t.Errorf("only %d refusals were looked at", refused)
	}
}
