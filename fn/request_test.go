package fn_test

import (
	"reflect"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// Whatever was changed in a clone is taken over, be it a field that is new.
func TestAdoptTakesOverWhatWasChanged(t *testing.T) {
	t.Parallel()
	r := &fn.Request{}
	clone := r.Clone()
	changed := reflect.ValueOf(clone).Elem()
	for field, value := range changed.Fields() {
		switch {
		case !field.IsExported():
		case value.Kind() == reflect.String:
			value.SetString("changed")
		case field.Name == "From":
			value.Set(reflect.ValueOf(fn.InputFromSource(simplest{})))
		default:
			value.Set(reflect.ValueOf("changed"))
		}
	}
	clone.ReplyHeader().Add("X-Changed", "yes")
	r.Adopt(clone)
	for field, value := range reflect.ValueOf(r).Elem().Fields() {
		if field.IsExported() && value.IsZero() {
			t.Errorf("%s was not taken over", field.Name)
		}
	}
	if r.Source() == nil {
		t.Error("the source was not taken over")
	}
	if got := r.ReplyHeader().Get("X-Changed"); got != "yes" {
		t.Errorf("the reply header was not taken over: %q", got)
	}
}
