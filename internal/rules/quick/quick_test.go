package quick_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/internal/rules/quick"
)

type (
	node struct {
		Name string  `validate:"required,max=5"`
		Next *node   `validate:"omitempty"`
		Kids []*node `validate:"max=2,dive"`
	}
	hidden struct {
		B string `validate:"min=2"`
	}
	embedder struct {
		hidden
		*node
		skipped string `validate:"required"` //nolint:unused
	}
)

// spokenFor has validator look at another value than its own.
type spokenFor string

func (spokenFor) ValidatorValue() any { return "more than three" }

// secret is a text that validator asks for.
type secret struct{ text *string }

func (s secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

func (s secret) ValidatorValue() any { return s.Reveal() }

// words are told apart by all that they are given.
func words(rule, param string, kind reflect.Kind, t reflect.Type) string {
	return fmt.Sprint(rule, param, kind, t)
}

// Values of many types, some of them valid. The check must never call valid
// what validator does not, nor find other failures.
func TestWhatIsCalledValidIsValid(t *testing.T) {
	v := validator.New(validator.WithRequiredStructEnabled())
	one, zero, long := 1, 0, "toolong"
	var none *int
	values := []any{
		struct {
			A secret `validate:"required"`
		}{}, struct {
			A secret `validate:"required,max=3"`
		}{secret{&long}}, struct {
			A secret `validate:"omitempty,url"`
		}{}, struct {
			A secret `validate:"oneof=toolong b,alpha"`
		}{secret{&long}}, struct {
			A *secret `validate:"required,max=3"`
		}{&secret{&long}}, struct {
			A *secret `validate:"required"`
		}{}, struct {
			A *secret `validate:"required"`
		}{&secret{}}, struct {
			A *secret `validate:"omitempty,min=3"`
		}{&secret{}}, struct {
			A []secret `validate:"dive,max=3"`
		}{[]secret{{}, {&long}}}, struct {
			A secret
		}{secret{&long}}, struct {
			A *secret
		}{},
		node{}, node{Name: "x"}, node{Name: "toolong"}, node{Name: "äöüßé"}, node{Name: "x", Next: &node{}},
		node{Name: "x", Next: &node{Name: "y"}, Kids: []*node{{Name: "z"}, nil}}, node{Name: "x", Kids: []*node{{}}}, node{Name: "x", Kids: make([]*node, 3)},
		embedder{}, embedder{hidden: hidden{"xy"}}, embedder{hidden{"xy"}, &node{}, ""},
		struct {
			A *int `validate:"required"`
		}{none}, struct {
			A *int `validate:"required"`
		}{&zero}, struct {
			A *int `validate:"required,min=1"`
		}{&one},
		struct {
			A *int `validate:"omitempty,min=1"`
		}{none}, struct {
			A *int `validate:"omitempty,min=1"`
		}{&zero}, struct {
			A *int `validate:"min=1"`
		}{none},
		struct {
			A *string `validate:"omitempty,max=3"`
		}{&long}, struct {
			A **int `validate:"omitempty,min=1"`
		}{},
		struct {
			A []int `validate:"required"`
		}{}, struct {
			A []int `validate:"required"`
		}{[]int{}}, struct {
			A []int `validate:"omitempty,min=1"`
		}{[]int{}}, struct {
			A []int `validate:"omitempty,min=1"`
		}{},
		struct {
			A []string `validate:"dive,oneof=a b"`
		}{[]string{"a", "c"}}, struct {
			A []string `validate:"dive,oneof=a b"`
		}{[]string{"a", "b"}},
		struct {
			A map[string]int `validate:"dive,gt=0"`
		}{map[string]int{"x": 0}}, struct {
			A map[string]int `validate:"dive,gt=0"`
		}{map[string]int{"x": 1}},
		struct {
			A [2]int `validate:"required,dive,lt=3"`
		}{[2]int{1, 3}}, struct {
			A [][]int `validate:"dive,len=1,dive,ne=4"`
		}{[][]int{{1}, {4}}},
		struct {
			A time.Time `validate:"required"`
		}{}, struct {
			A time.Time `validate:"required"`
		}{time.Now()}, struct {
			A time.Duration `validate:"min=1s"`
		}{1}, struct {
			A time.Duration  `validate:"gt=-1.5h,max=0"`
			B *time.Duration `validate:"required,ne=1ms"`
			C time.Month     `validate:"lt=5"`
			D time.Duration  `validate:"eq=1000,oneof=1000"`
		}{1000, new(time.Duration), 7, 1000},
		struct {
			A hidden `validate:"required"`
		}{}, struct {
			A hidden `validate:"omitempty"`
		}{}, struct {
			A hidden `validate:"omitempty"`
		}{hidden{"x"}}, struct {
			A hidden `validate:"omitempty"`
		}{hidden{"xy"}}, struct {
			A hidden `validate:"required"`
		}{hidden{"x"}}, struct{ A hidden }{}, struct{ A hidden }{hidden{"x"}}, struct {
			A hidden `validate:"required"`
		}{hidden{"xy"}},
		struct {
			A float64 `validate:"min=0,max=1"`
		}{math.NaN()}, struct {
			A float64 `validate:"gte=0.5"`
		}{0.5}, struct {
			A float32 `validate:"lte=0.1"`
		}{0.1},
		struct {
			A uint8 `validate:"eq=3"`
		}{3}, struct {
			A int `validate:"min=010"`
		}{9}, struct {
			A int `validate:"oneof=1 2"`
		}{3}, struct {
			A int `validate:"oneof=1 2"`
		}{2},
		struct {
			A bool `validate:"required"`
		}{}, struct {
			A any `validate:"required"`
		}{node{}}, struct{ A any }{node{}}, struct {
			A string `validate:"-"`
		}{},
		struct {
			A, B string `validate:"required_without=B"`
		}{}, struct {
			A string `validate:"email|url"`
		}{"x"}, struct {
			A string `validate:"oneof='a b' c"`
		}{"a"},
		struct {
			A func() `validate:"required"`
		}{}, struct {
			A []string `validate:"unique"`
		}{[]string{"a", "a"}}, struct {
			A map[string]string `validate:"dive,keys,min=2,endkeys"`
		}{map[string]string{"a": ""}},
		struct {
			A *[]int `validate:"omitempty,min=1,dive,min=1"`
		}{&[]int{0, 1}}, struct {
			A *[]int `validate:"omitempty,min=1"`
		}{new([]int)}, struct {
			A *[]int `validate:"required"`
		}{new([]int)}, struct {
			A *[]int `validate:"dive,min=1"`
		}{}, struct {
			A **int `validate:"min=3"`
		}{new(*int)}, struct {
			A *hidden `validate:"required"`
		}{&hidden{}}, struct {
			A *hidden `validate:"required"`
		}{}, struct {
			A *time.Time `validate:"required"`
		}{&time.Time{}}, struct {
			A []*hidden   `validate:"min=1,dive,required"`
			B [2][]hidden `validate:"dive,max=1,dive"`
			C string      `validate:"required,uuid"`
		}{A: []*hidden{{"xy"}, nil, {"x"}}, B: [2][]hidden{{{}}, {{}, {}}}},
		struct {
			A string `validate:"max=010"`
		}{"123456789"}, struct {
			A float64 `validate:"min=NaN"`
		}{1}, struct {
			A string `validate:"oneof=a\u00a0b"`
		}{"a"}, struct {
			A []int `validate:"min=-9223372036854775808"`
		}{}, struct {
			A spokenFor `validate:"max=3"`
		}{"ab"}, struct {
			A *spokenFor `validate:"omitempty,max=3"`
		}{new(spokenFor)},
		struct {
			hidden `validate:"required"`
		}{}, struct {
			*hidden `validate:"required"`
		}{&hidden{}},
		struct {
			A string `validate:"min=1,omitempty,email"`
		}{}, struct {
			A string `validate:"contains=0x2C"`
		}{"0x2C"}, struct {
			A string `validate:"startswith=o-,endswith=!"`
		}{"o-!"},
	}
	checked, left := 0, 0
	for _, value := range values {
		if quick.Compile(reflect.TypeOf(value), words) == nil {
			continue
		}
		checked++
		if !agree(t, v, value) {
			t.Logf("left to validator: %#v", value)
			left++
		}
	}
	if checked < 50 || left > 2 {
		t.Errorf("%d of %d types have a check, and of %d values validator has to say what is wrong", checked, len(values), left)
	}
}

// agree holds what is said of a struct against validator. It reports false when
// that was left to validator.
func agree(t *testing.T, v *validator.Validate, value any) bool {
	t.Helper()
	c, told := quick.Compile(reflect.TypeOf(value), words), reflect.ValueOf(value)
	valid := c.Valid(told)
	var failures []quick.Failure
	sure := c.Failures(told, func(f quick.Failure) bool { failures = append(failures, f); return true })
	if !valid && !sure {
		return false
	}
	if valid && sure {
		t.Errorf("%#v is called valid, and has the failures %v", value, failures)
	}
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%#v is judged, and validator panics: %v", value, r)
		}
	}()
	if got, want := ours(failures), theirs(v.Struct(value), told.Type()); !slices.Equal(got, want) {
		t.Errorf("%#v\nfailures   %q\nvalidator: %q", value, got, want)
	}
	return true
}

func ours(failures []quick.Failure) (told []string) {
	for _, f := range failures {
		told = append(told, fmt.Sprintf("%s: %s %q %q", f.Path, f.Name, f.Param, f.Message()))
	}
	return told
}

func theirs(err error, t reflect.Type) (told []string) {
	broken, _ := errors.AsType[validator.ValidationErrors](err)
	for _, b := range broken {
		if b.Kind() == reflect.Pointer && b.Tag() != "required" {
			continue // the one difference: nil is asked for its presence alone
		}
		path := strings.TrimPrefix(b.StructNamespace(), t.Name()+".")
		told = append(told, fmt.Sprintf("%s: %s %q %q", path, b.Tag(), b.Param(), words(b.Tag(), b.Param(), b.Kind(), b.Type())))
	}
	return told
}

// Rules that are known, with parameters that fit.
var fuzzedRules = []string{"required", "omitempty", "min=%d", "max=%d", "len=%d", "gt=%d", "gte=%d", "lt=%d", "lte=%d", "eq=%d", "ne=%d", "oneof=1 2 %d"}

var fuzzedShapes = []string{"alpha", "alphanum", "numeric", "number", "uuid", "uuid4", "email", "url", "http_url", "contains=a", "startswith=b", "endswith=c", "eq=x", "ne=x", "oneof=x y z"}

// Inner is a struct within others.
type Inner struct {
	Text   string `validate:"required,max=3"`
	Number int64  `validate:"omitempty,min=2"`
}

// FuzzValid makes a tag of rules, and holds a text, a number, a float and lists of
// them against validator under it.
func FuzzValid(f *testing.F) {
	f.Add(uint16(0x0123), int8(3), "abc", int64(3), 3.0)
	f.Add(uint16(0xffff), int8(-1), "someone@example.com", int64(-1), math.Inf(1))
	f.Add(uint16(0x1000), int8(0), "6ba7b810-9dad-41d1-80b4-00c04fd430c8", int64(1)<<62, math.NaN())
	f.Add(uint16(0x2000), int8(0), "https://example.com/a/b?c=d", int64(0), 0.1)
	for i, text := range []string{"a@b.c", "a.b@c-d.e", "https://a.b", "http://[::1]/", "é", "\xff", "1e5", "A@B", "a@b..c", "http://%zz"} {
		f.Add(uint16(i*7919), int8(i), text, int64(i), float64(i))
	}
	v := validator.New(validator.WithRequiredStructEnabled())
	f.Fuzz(func(t *testing.T, rules uint16, param int8, text string, number int64, float float64) {
		tag := ""
		for _, r := range []uint16{rules & 15, rules >> 4 & 15} {
			if int(r) < len(fuzzedRules) {
				tag += "," + strings.ReplaceAll(fuzzedRules[r], "%d", fmt.Sprint(param))
			}
		}
		tag = strings.TrimPrefix(tag, ",")
		if first, ok := strings.CutSuffix(tag, ",required"); ok && first != "omitempty" {
			tag = "required," + first // in this order validator has asked nil for its presence before it is content
		}
		ofText := strings.TrimPrefix(tag+","+fuzzedShapes[int(rules>>8)%len(fuzzedShapes)], ",")
		for _, c := range []struct {
			value any
			tag   string
		}{
			{text, ofText}, {&text, ofText}, {[]string{text, text}, "dive," + ofText}, {number, tag}, {int8(number), tag},
			{time.Duration(number), strings.Trim(fmt.Sprintf("%s,min=%dms,lt=%[2]dh", tag, param), ",")}, {uint64(number), tag}, {float, tag},
			{[]int64{number}, tag}, {map[string]float64{text: float}, "omitempty,dive," + tag}, {&number, tag},
			{[]*string{&text, nil}, "dive," + ofText}, {&[]string{text}, tag + ",dive," + ofText}, {[][]int64{{number}, {}}, "dive," + tag + ",dive," + tag},
			{[2]int16{int16(number)}, tag + ",dive," + tag}, {[]Inner{{text, number}, {}}, tag + ",dive"}, {&Inner{text, number}, tag}, {&[]*Inner{nil, {text, 0}}, "dive," + tag},
		} {
			compare(t, v, c.value, strings.Trim(strings.ReplaceAll(c.tag, ",,", ","), ","))
		}
	})
}

// compare holds the check of a struct with two fields against validator.
func compare(t *testing.T, v *validator.Validate, value any, tag string) {
	field := reflect.StructField{Name: "Field", Type: reflect.TypeOf(value), Tag: reflect.StructTag(`validate:"` + tag + `"`)}
	other := field
	other.Name = "Other"
	typ := reflect.StructOf([]reflect.StructField{field, other})
	if quick.Compile(typ, words) == nil {
		return
	}
	s := reflect.New(typ).Elem()
	s.Field(0).Set(reflect.ValueOf(value))
	agree(t, v, s.Interface())
}
