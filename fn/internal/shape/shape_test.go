package shape_test

import (
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/internal/shape"
	"github.com/anygrain/anygrain/internal/model"
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
	treeMap  map[string]treeMap
	treeList []treeList
	circle   struct{ Next *circle }
)

// modelOf is what a type says, whatever is wrong with it as an input.
func modelOf(t reflect.Type) *model.Model {
	m, _ := model.Input(t)
	return m
}

func fingerprint(types ...reflect.Type) string {
	models := make([]*model.Model, len(types))
	for i, t := range types {
		models[i] = modelOf(t)
	}
	return shape.Fingerprint(models...)
}

func TestFingerprint(t *testing.T) {
	same := func(a, b any) bool {
		return fingerprint(reflect.TypeOf(a)) == fingerprint(reflect.TypeOf(b))
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
		"a circle that begins later": {tree{}, deeper{}, true},
		"types with their own form":  {time.Time{}, netip.Addr{}, false},
		"a map of itself":            {treeMap{}, treeMap{}, true},
		"maps of themselves":         {treeMap{}, treeList{}, false},
		"unrolled once":              {treeMap{}, map[string]treeMap{}, true},
		"one type or two of a form": {struct{ A, B tree }{}, struct {
			A tree
			B otherTree
		}{}, true},
		"something else deep within": {struct{ A [][]int }{}, struct{ A [][]string }{}, false},
		"another circle": {circle{}, struct {
			Next *struct {
				Next *circle
				Text string
			}
		}{}, false},
	}
	for name, test := range tests {
		if same(test.a, test.b) != test.same {
			t.Errorf("%s: the fingerprints of %T and %T: same is %v", name, test.a, test.b, !test.same)
		}
	}
	if in, out := reflect.TypeFor[int](), reflect.TypeFor[string](); fingerprint(in, out) == fingerprint(out, in) {
		t.Error("In and Out can be exchanged")
	}
}

// Types as those of a syntax tree refer to one another in all directions.
type (
	n0 struct {
		A *n1
		B *n2
		C *n3
		D *n4
		E *n5
		F *n6
		G *n7
	}
	n1 struct {
		A  *n0
		B  *n2
		C  *n3
		D  *n4
		E  *n5
		F  *n6
		G  *n7
		X1 int
	}
	n2 struct {
		A  *n0
		B  *n1
		C  *n3
		D  *n4
		E  *n5
		F  *n6
		G  *n7
		X2 int
	}
	n3 struct {
		A  *n0
		B  *n1
		C  *n2
		D  *n4
		E  *n5
		F  *n6
		G  *n7
		X3 int
	}
	n4 struct {
		A  *n0
		B  *n1
		C  *n2
		D  *n3
		E  *n5
		F  *n6
		G  *n7
		X4 int
	}
	n5 struct {
		A  *n0
		B  *n1
		C  *n2
		D  *n3
		E  *n4
		F  *n6
		G  *n7
		X5 int
	}
	n6 struct {
		A  *n0
		B  *n1
		C  *n2
		D  *n3
		E  *n4
		F  *n5
		G  *n7
		X6 int
	}
	n7 struct {
		A  *n0
		B  *n1
		C  *n2
		D  *n3
		E  *n4
		F  *n5
		G  *n6
		X7 int
	}
)

type twice[T any] struct{ A, B *T }

func TestFingerprintsOfTypesThatShareManyParts(t *testing.T) {
	a, b := fingerprint(reflect.TypeFor[n0]()), fingerprint(reflect.TypeFor[n1]())
	if a == b || len(a) != 16 {
		t.Errorf("got %s and %s", a, b)
	}
	type t4[T any] = twice[twice[twice[twice[T]]]]
	type t16[T any] = t4[t4[t4[t4[T]]]]
	if a, b := fingerprint(reflect.TypeFor[t16[t16[int]]]()), fingerprint(reflect.TypeFor[t16[t16[string]]]()); a == b {
		t.Errorf("got %s for both", a)
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
