package binding_test

import (
	"reflect"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// Types that are made of themselves without a struct in between.
type (
	listOfItself    []listOfItself
	pointerToItself *pointerToItself
	mapOfItself     map[string]mapOfItself
	pointsThere     *pointsBack
	pointsBack      []pointsThere
)

// Whether they can be of use or not, compiling and checking them comes to an end.
func TestTypesThatAreMadeOfThemselves(t *testing.T) {
	validator, err := binding.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[listOfItself](), reflect.TypeFor[pointerToItself](), reflect.TypeFor[mapOfItself](), reflect.TypeFor[pointsThere](),
		reflect.TypeFor[struct{ A listOfItself }](), reflect.TypeFor[struct{ A pointerToItself }](), reflect.TypeFor[struct{ A mapOfItself }](), reflect.TypeFor[struct{ A pointsThere }](),
		reflect.TypeFor[struct {
			A listOfItself    `validate:"max=3,dive,max=3"`
			B pointerToItself `validate:"required"`
		}](),
	} {
		t.Run(typ.String(), func(t *testing.T) {
			if in, problems := binding.CompileIn(typ); len(problems) == 0 {
				in.CheckRules(validator)
			}
			if out, problems := binding.CompileOut(typ); len(problems) == 0 {
				if data, err := out.AppendJSON(nil, reflect.New(typ).Interface()); err != nil {
					t.Errorf("%s, %v", data, err)
				}
			}
		})
	}
}
