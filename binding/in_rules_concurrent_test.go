package binding_test

import (
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// Types come to a validator at any time, and from many requests at once.
func TestTypesAreAskedAboutAtTheSameTime(t *testing.T) {
	v := rules(t)
	var types []reflect.Type
	for i := range 20 {
		typ := reflect.StructOf([]reflect.StructField{
			{Name: "P", Type: reflect.TypeFor[*int](), Tag: reflect.StructTag(fmt.Sprintf(`json:"p" validate:"required_without=A,max=%d"`, i))},
			{Name: "A", Type: reflect.TypeFor[any](), Tag: `json:"a" validate:"oneof=a b"`},
		})
		if types = append(types, typ); i%2 == 0 { // the others were not there at the start
			if problems := v.Check(typ); len(problems) > 0 {
				t.Fatal(problems)
			}
		}
	}
	var all sync.WaitGroup
	for _, typ := range types {
		codec, _ := binding.CompileIn(typ)
		for body, want := range map[string]string{
			`{"a":"a"}`:        "",
			`{}`:               "invalid\nbody.p required_without: is required here",
			`{"p":0,"a":true}`: "invalid\nbody.a oneof: must be one of: a, b",
		} {
			all.Go(func() {
				if got := told(codec.BindJSON(t.Context(), reflect.New(typ).Interface(), []byte(body), binding.Limits{}, v)); got != want {
					t.Errorf("%s: got %s, want %s", body, got, want)
				}
			})
		}
	}
	all.Wait()
}
