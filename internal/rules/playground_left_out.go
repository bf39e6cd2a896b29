//go:build quickrules

package rules

import (
	"context"
	"reflect"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/validation"
)

// linked says that go-playground/validator is in this build. The tag quickrules is of builds
// of which somebody has seen that nothing would ask it: its package takes a third of what a
// program needs to start.
const linked = false

// playground stands where go-playground/validator would be asked. Set.Check has refused what
// only that could judge, so that nothing comes here but a value whose type nobody has checked:
// it is not valid.
type playground struct{}

func newPlayground(map[string]validation.Rule) *playground { return new(playground) }

// register has nothing to do: types with custom rules are refused.
func (*playground) register(validation.Rule) error { return nil }

func (*playground) known(string) bool { return false }

func (*playground) announce(reflect.Type) {}

func (*playground) tell(_ context.Context, v any, to Taker) {
	if t := reflect.TypeOf(v); t == nil || gotype.Indirect(t).Kind() != reflect.Struct {
		to.Take(notAStruct)
		return
	}
	to.Take(validation.Failure{Rule: "quickrules", Message: "cannot be judged by a program that was built with the tag quickrules"})
}

// Nothing is tried on it, see ruleCheck.structure.
func (*playground) try(any, string) string            { return "" }
func (*playground) tryOn(reflect.Type, string) string { return "" }
func (*playground) tryStruct(any) string              { return "" }

// refuses is asked for warnings, of which this build has none.
func (*playground) refuses(any, string) bool { return true }
