package shape_test

import (
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/internal/shape"
)

type (
	tree struct {
		Name     string  `json:"name"`
		Children []*tree `json:"children"`
	}
	otherTree struct {
		Kids  []*otherTree `json:"children"`
		Label string       `json:"name"`
	}
	deeper struct {
		Name     string `json:"name"`
		Children []*struct {
			Name     string  `json:"name"`
			Children []*tree `json:"children"`
		} `json:"children"`
	}
	embedded struct{ *tree }
	text     string
)

func TestFingerprint(t *testing.T) {
	same := func(a, b any) bool {
		return shape.Fingerprint(reflect.TypeOf(a)) == shape.Fingerprint(reflect.TypeOf(b))
	}
	tests := map[string]struct {
		a, b any
		same bool
	}{
		"a type and itself":     {tree{}, tree{}, true},
		"other names and order": {tree{}, otherTree{}, true},
		"a named string":        {text(""), "", true},
		"validation does not count": {struct{ A int }{}, struct {
			A int `validate:"min=1"`
		}{}, true},
		"unexported does not count": {struct{ A int }{}, struct{ A, b int }{}, true},
		"left out does not count": {struct{ A int }{}, struct {
			A int
			B int `json:"-"`
		}{}, true},
		"another kind": {struct{ A int }{}, struct{ A int64 }{}, false},
		"another name": {struct{ A int }{}, struct {
			A int `json:"a"`
		}{}, false},
		"another place": {struct {
			A int `query:"a"`
		}{}, struct {
			A int `header:"a"`
		}{}, false},
		"one field more":             {struct{ A int }{}, struct{ A, B int }{}, false},
		"a pointer":                  {struct{ A int }{}, struct{ A *int }{}, false},
		"lists and arrays":           {[]int{}, [2]int{}, false},
		"maps":                       {map[string]int{}, map[string]string{}, false},
		"recursion at another level": {tree{}, deeper{}, false},
		"types with their own form":  {time.Time{}, netip.Addr{}, false},
	}
	for name, test := range tests {
		if same(test.a, test.b) != test.same {
			t.Errorf("%s: the fingerprints of %T and %T: same is %v", name, test.a, test.b, !test.same)
		}
	}
	if in, out := reflect.TypeFor[int](), reflect.TypeFor[string](); shape.Fingerprint(in, out) == shape.Fingerprint(out, in) {
		t.Error("In and Out can be exchanged")
	}
}

func TestHolds(t *testing.T) {
	type inner struct{ Key *text }
	wanted := reflect.TypeFor[text]()
	for want, value := range map[string]any{
		"": tree{}, "Key": inner{}, "List.Key": struct {
			Name string
			List []map[string]inner
		}{},
	} {
		if got := shape.Holds(reflect.TypeOf(value), wanted); got != want {
			t.Errorf("%T: got %q, want %q", value, got, want)
		}
	}
}
