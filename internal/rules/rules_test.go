//go:build !quickrules

package rules_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/internal/rules"
	"github.com/anygrain/anygrain/validation"
)

func newSet(t testing.TB, custom ...validation.Rule) *rules.Set {
	t.Helper()
	v, err := rules.New(custom...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAMessageSaysWhatIsExpectedAndNeverTheValue(t *testing.T) {
	const secret = "hunter2"
	tests := map[string]struct {
		value any
		want  string
	}{
		"required": {&struct {
			F string `validate:"required"`
		}{}, "must not be empty"},
		"a number": {&struct {
			F int `validate:"min=3"`
		}{1}, "must be at least 3"},
		"a length": {&struct {
			F string `validate:"max=1"`
		}{secret}, "must have at most 1 character"},
		"a count": {&struct {
			F []int `validate:"min=2"`
		}{[]int{1}}, "must have at least 2 items"},
		"an exact length": {&struct {
			F string `validate:"len=3"`
		}{secret}, "must have exactly 3 characters"},
		"a choice": {&struct {
			F string `validate:"oneof=items customer"`
		}{secret}, "must be one of: items, customer"},
		"a format": {&struct {
			F string `validate:"uuid4"`
		}{secret}, "must be a UUID (version 4)"},
		"a prefix": {&struct {
			F string `validate:"startswith=o-"`
		}{secret}, `must start with "o-"`},
		"another field": {&struct {
			A, F string `validate:"eqfield=A"`
		}{"x", secret}, "must be the same as A"},
		"no rule of ours": {&struct {
			F string `validate:"eth_addr"`
		}{secret}, `does not satisfy the rule "eth_addr"`},
		"a time": {&struct {
			F time.Time `validate:"gt"`
		}{}, "must be after now"},
	}
	v := newSet(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := v.Struct(t.Context(), test.value)
			if len(got) == 0 {
				t.Fatal("the value was accepted")
			}
			last := got[len(got)-1]
			if last.Path != "F" || last.Message != test.want || strings.Contains(last.Message, secret) {
				t.Errorf("got %+v, want %q", last, test.want)
			}
		})
	}
}

func TestPathsAreThoseOfGo(t *testing.T) {
	type item struct {
		Quantity int `validate:"min=1"`
	}
	type Paging struct {
		Limit int `validate:"min=1"`
	}
	type input struct {
		Paging
		Items []item          `validate:"dive"`
		Meta  map[string]item `validate:"dive"`
		Next  *item
	}
	var paths []string
	for _, f := range newSet(t).Struct(t.Context(), &input{Items: []item{{1}, {}}, Meta: map[string]item{"k": {}}, Next: &item{}}) {
		paths = append(paths, f.Path)
	}
	if want := []string{"Paging.Limit", "Items[1].Quantity", "Meta[k].Quantity", "Next.Quantity"}; !slices.Equal(paths, want) {
		t.Errorf("got %q, want %q", paths, want)
	}
}

type family struct {
	Name     string    `validate:"required"`
	Children []*family `validate:"dive"`
}

func TestCheckTakesEveryLegitimateTag(t *testing.T) {
	type nested struct {
		Code string `validate:"required,len=2,alpha"`
	}
	for _, v := range []any{
		struct {
			A string            `validate:"required,max=40,alphanum"`
			B []string          `validate:"omitempty,max=5,dive,oneof=a b"`
			C *int              `validate:"omitnil,gte=0,lte=10"`
			D map[string]nested `validate:"dive,keys,min=1,endkeys,required"`
			E time.Time         `validate:"required"`
			F string            `validate:"rgb|rgba|hexcolor"`
			G string            `validate:"eqfield=A"`
			H string            `validate:"required_if=A x,omitempty,uuid4"`
			I string            `validate:"required_without_all=A H"`
			J []nested          `validate:"unique=Code,dive"`
			K float64           `validate:"gt=0.5,ne=3"`
			L time.Duration     `validate:"min=1s,max=1h"`
			M []byte            `validate:"max=10"`
			N string            `validate:"datetime=2006-01-02"`
			O any               `validate:"required"`
			P [][]int           `validate:"dive,dive,min=1"`
			Q string            `validate:"-"`
			R bool              `validate:"eq=true"`
			S string            `validate:"excludesall=!@#,startswith=o-,containsany=abc"`
			T string            `validate:"email,url,ip,cidr,e164,base64,json,jwt,semver,cron,timezone,iso4217,bic,mac,hostname"`
			U uint8             `validate:"min=1,max=200"`
			V time.Time         `validate:"gtfield=E"`
		}{}, family{}, nested{}, []nested{}, map[string]*nested{}, 7, struct{}{},
	} {
		if problems := newSet(t).Check(reflect.TypeOf(v)); len(problems) > 0 {
			t.Errorf("%T: %v", v, problems)
		}
	}
}

func TestCheckFindsWhatWouldPanicAtTheFirstRequest(t *testing.T) {
	tests := map[string]struct {
		value any
		want  string
	}{
		"a rule that is not known": {struct {
			F string `validate:"uuid5x"`
		}{}, `the rule "uuid5x" is not known`},
		"an unknown rule behind others": {struct {
			F string `validate:"omitempty,min=1,nope"`
		}{}, `"nope"`},
		"an unknown rule of an element": {struct {
			F []string `validate:"dive,nope"`
		}{}, `"nope"`},
		"an unknown rule of a key": {struct {
			F map[string]int `validate:"dive,keys,nope,endkeys"`
		}{}, `"nope"`},
		"an unknown alternative": {struct {
			F string `validate:"rgb|nope"`
		}{}, `"nope"`},
		"a rule on another kind": {struct {
			F bool `validate:"min=1"`
		}{}, `"min=1" cannot stand on bool`},
		"a rule about text on a number": {struct {
			F int `validate:"omitempty,email"`
		}{}, `"email" is about text and stands on int`},
		"a parameter that is no number": {struct {
			F int `validate:"min=abc"`
		}{}, `"min=abc" has a parameter`},
		"dive on a scalar": {struct {
			F int `validate:"dive"`
		}{}, `"dive" stands on int`},
		"keys without a map": {struct {
			F []int `validate:"dive,keys,min=1,endkeys"`
		}{}, "needs a map"},
		"keys without dive": {struct {
			F map[string]int `validate:"keys,min=1,endkeys"`
		}{}, "stands alone"},
		"a field that is not there": {struct {
			F int `validate:"eqfield=Other"`
		}{}, `"Other"`},
		"an empty rule": {struct {
			F int `validate:"min=1,"`
		}{}, "an empty rule"},
		"a nested struct": {struct {
			N struct {
				F int `validate:"nope"`
			}
		}{}, `"nope"`},
		"the elements of a pointer list": {struct {
			N []*struct {
				F int `validate:"nope"`
			} `validate:"dive"`
		}{}, `"nope"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			problems := newSet(t).Check(reflect.TypeOf(test.value))
			if len(problems) != 1 || !strings.Contains(problems[0].Message, test.want) || !strings.HasSuffix(problems[0].Field, ".F") {
				t.Errorf("got %v, want one with %s", problems, test.want)
			}
		})
	}
}

func isSKU(_ context.Context, field reflect.Value, param string) bool {
	return strings.HasPrefix(field.String(), "S"+param)
}

func TestACustomRuleIsItsValidatorsAlone(t *testing.T) {
	type input struct {
		F string `validate:"sku=7"`
	}
	v := newSet(t, validation.Rule{Name: "sku", Valid: isSKU, Message: "must be a known SKU"})
	if problems := v.Check(reflect.TypeFor[input]()); len(problems) > 0 {
		t.Error(problems)
	}
	got := v.Struct(t.Context(), &input{"x"})
	if want := (validation.Failure{Path: "F", Rule: "sku", Param: "7", Message: "must be a known SKU"}); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v", got)
	}
	if got := v.Struct(t.Context(), &input{"S7"}); got != nil {
		t.Errorf("a valid value: %+v", got)
	}
	if problems := newSet(t).Check(reflect.TypeFor[input]()); len(problems) != 1 {
		t.Errorf("another validator: %v", problems)
	}
}

func TestCustomRulesThatCannotBeAddedAreAllNamed(t *testing.T) {
	_, err := rules.New(
		validation.Rule{Name: "min", Valid: isSKU}, validation.Rule{Name: "no-go", Valid: isSKU}, validation.Rule{Name: "empty"})
	for _, want := range []string{`"min" exists`, `"no-go"`, `"empty"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in: %v", want, err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	type item struct {
		SKU      string `validate:"required,max=40"`
		Quantity int    `validate:"min=1,max=99"`
	}
	type input struct {
		ID     string   `validate:"required,uuid4"`
		Expand []string `validate:"dive,oneof=items customer"`
		Items  []item   `validate:"min=1,max=50,dive"`
	}
	v := newSet(b)
	in := &input{ID: "3fa85f64-5717-4562-b3fc-2c963f66afa6", Expand: []string{"items"}, Items: []item{{"espresso", 1}, {"cold-brew", 2}}}
	b.ReportAllocs()
	for b.Loop() {
		if failures := v.Struct(b.Context(), in); failures != nil {
			b.Fatal(failures)
		}
	}
}
