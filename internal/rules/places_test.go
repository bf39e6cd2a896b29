//go:build !quickrules

package rules_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/validation"
)

type ruledItem struct {
	SKU string `json:"sku" validate:"required"`
}

type ruledInside struct{ Item ruledItem }

type plainItem struct {
	SKU string `json:"sku"`
}

type ruledTree struct {
	Name     string      `json:"name" validate:"required"`
	Children []ruledTree `json:"children" validate:"dive"`
}

type forgottenTree struct {
	Name     string          `json:"name" validate:"required"`
	Children []forgottenTree `json:"children" validate:"max=3"`
}

// oneField is a struct with a field F of the type and the tag, beside others.
func oneField(t reflect.Type, tag string) reflect.Type {
	return reflect.StructOf([]reflect.StructField{
		{Name: "F", Type: t, Tag: reflect.StructTag(tag)},
		{Name: "Phone", Type: reflect.TypeFor[string](), Tag: `json:"tel"`},
		{Name: "Count", Type: reflect.TypeFor[*int](), Tag: `query:"n"`},
		{Name: "Inner", Type: reflect.TypeFor[*ruledInside](), Tag: `json:"inner"`},
		{Name: "List", Type: reflect.TypeFor[[]plainItem](), Tag: `json:"list"`},
		{Name: "Any", Type: reflect.TypeFor[any](), Tag: `json:"any"`},
	})
}

// leavingOut has no rule that would run of it.
type leavingOut struct {
	A []ruledItem `validate:"-"`
	B *ruledItem  `validate:"structonly"`
	C []ruledItem `validate:"dive,structonly"`
	D *leavingOut
}

type leavingOutNot struct {
	A []ruledItem `validate:"-"`
	B *ruledItem
}

func TestRulesThatNeverRunAreProblems(t *testing.T) {
	never := func(name, dive string) string {
		return name + " has rules that never run here; write " + dive + ", or " + dive + ",structonly to leave them out"
	}
	for _, test := range []struct {
		typ  reflect.Type
		tag  string
		want string
	}{
		{reflect.TypeFor[[]ruledItem](), `validate:"max=50"`, never("ruledItem", "dive")},
		{reflect.TypeFor[[]ruledItem](), ``, never("ruledItem", "dive")},
		{reflect.TypeFor[[]*ruledItem](), `validate:"required"`, never("ruledItem", "dive")},
		{reflect.TypeFor[*[]ruledItem](), `validate:"omitempty,max=2"`, never("ruledItem", "dive")},
		{reflect.TypeFor[[2]ruledItem](), `json:"x"`, never("ruledItem", "dive")},
		{reflect.TypeFor[map[string]ruledItem](), `validate:"max=50"`, never("ruledItem", "dive")},
		{reflect.TypeFor[map[string][]*ruledItem](), `validate:"dive,max=2"`, never("ruledItem", "dive,dive")},
		{reflect.TypeFor[[][]ruledItem](), `validate:"dive"`, never("ruledItem", "dive,dive")},
		{reflect.TypeFor[[]ruledInside](), `validate:"max=2"`, never("ruledInside", "dive")},
		{reflect.TypeFor[[]ruledTree](), `validate:"max=2"`, never("ruledTree", "dive")},
		{reflect.TypeFor[forgottenTree](), ``, never("forgottenTree", "dive")},
		{reflect.TypeFor[[]struct {
			A int `validate:"min=1"`
		}](), ``, never("the struct in it", "dive")},

		{reflect.TypeFor[[]ruledItem](), `validate:"max=50,dive"`, ""},
		{reflect.TypeFor[[]ruledItem](), `validate:"max=50,dive,structonly"`, ""},
		{reflect.TypeFor[[][]ruledItem](), `validate:"dive,structonly"`, ""},
		{reflect.TypeFor[[]ruledItem](), `validate:"-"`, ""},
		{reflect.TypeFor[[]leavingOut](), `validate:"max=3"`, ""},
		{reflect.TypeFor[map[string]*leavingOut](), ``, ""},
		{reflect.TypeFor[[]struct{ In leavingOut }](), ``, ""},
		{reflect.TypeFor[[]leavingOutNot](), ``, never("leavingOutNot", "dive")},
		{reflect.TypeFor[[]ruledItem](), `json:"-"`, ""},
		{reflect.TypeFor[map[string][]ruledItem](), `validate:"dive,keys,max=3,endkeys,dive"`, ""},
		{reflect.TypeFor[[]plainItem](), `validate:"max=50"`, ""},
		{reflect.TypeFor[ruledItem](), ``, ""},
		{reflect.TypeFor[**ruledItem](), `validate:"omitnil"`, ""},
		{reflect.TypeFor[ruledTree](), ``, ""},
		{reflect.TypeFor[[]string](), `validate:"max=3"`, ""},
	} {
		wantProblem(t, oneField(test.typ, test.tag), test.want)
	}
	wantProblem(t, reflect.TypeFor[struct {
		//lint:ignore U1000 it is what the rule is about
		role string `validate:"oneof=admin user"` //nolint:unused
	}](), "is not exported, so its rules never run")
	wantProblem(t, reflect.TypeFor[struct {
		In []struct {
			//lint:ignore U1000 it is what the rule is about
			role string `validate:"oneof=admin user"` //nolint:unused
		}
	}](), "is not exported, so its rules never run")
}

// wantProblem fails unless the rules of a type have this one problem, or none.
func wantProblem(t *testing.T, typ reflect.Type, want string) {
	t.Helper()
	sku := validation.Rule{Name: "required_field", Valid: func(context.Context, reflect.Value, string) bool { return true }}
	problems := newSet(t, sku).Check(typ)
	switch {
	case want == "" && len(problems) > 0:
		t.Errorf("%s: %v", typ, problems)
	case want != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, want)):
		t.Errorf("%s: got %v, want one problem with %q", typ, problems, want)
	}
}

func TestRulesNameFieldsThatThereAre(t *testing.T) {
	text := reflect.TypeFor[string]()
	for _, name := range []string{"eqfield", "nefield", "gtfield", "gtefield", "ltfield", "ltefield", "eqcsfield", "necsfield", "gtcsfield", "gtecsfield",
		"ltcsfield", "ltecsfield", "fieldcontains", "fieldexcludes", "postcode_iso3166_alpha2_field", "required_with", "required_with_all",
		"required_without", "required_without_all", "excluded_with", "excluded_with_all", "excluded_without", "excluded_without_all",
		"required_if", "required_unless", "excluded_if", "excluded_unless", "skip_unless"} {
		value := ""
		if strings.HasSuffix(name, "_if") || strings.HasSuffix(name, "_unless") {
			value = " 1"
		}
		for named, want := range map[string]string{
			"Phone": "", "Inner.Item.SKU": "", "List[0].SKU": "", "Any.Whatever": "", "Count": "",
			"F":              `names the field "F", on which it stands itself`,
			"tel":            "so write Phone",
			"phone":          "so write Phone",
			"n":              "so write Count",
			"Nothing":        `names the field "Nothing", which`,
			"Inner.Item.sku": "so write SKU",
			"Inner.Nothing":  `which rules_test.ruledInside does not have`,
			"Phone.Nothing":  "which string does not have",
			"Phone[0]":       "string has no elements",
			"":               "",
		} {
			switch {
			case named == "":
				want = "names no field"
			case named == "Count" && strings.HasPrefix(name, "postcode"):
				continue // it takes text alone
			}
			for _, before := range []string{"", "omitempty,min=1,", "max=3|"} {
				wantProblem(t, oneField(text, `validate:"`+before+name+"="+strings.TrimSpace(named+value)+`"`), want2(named, want, value))
			}
		}
	}
	for rule, want := range map[string]string{
		"required_without=Phone Nothing":    `"Nothing"`,
		"required_without_all=Phone Count":  "",
		"required_if=Phone":                 "a field without a value",
		"required_if=Phone 1 Phone 2":       "twice",
		"required_if=Count many":            `compares the field "Count", which is *int, with "many"`,
		"required_if=Count 010 Phone 'a b'": "",
		"excluded_unless=Count nil":         "",
		"required_if=List 2":                "",
		"required_if=Any x":                 "",
		"unique":                            "cannot stand on string",
		"unique=Phone":                      "",
		"unique=tel":                        "so write Phone",
		"required_field=anything":           "",
	} {
		wantProblem(t, oneField(text, `validate:"`+rule+`"`), want)
	}
	wantProblem(t, oneField(reflect.TypeFor[[]*plainItem](), `validate:"unique=SKU"`), "")
	wantProblem(t, oneField(reflect.TypeFor[[]*plainItem](), `validate:"unique=sku"`), "so write SKU")
	wantProblem(t, oneField(reflect.TypeFor[[]string](), `validate:"unique=sku"`), "cannot stand on []string")
	wantProblem(t, oneField(reflect.TypeFor[[]string](), `validate:"dive,required_without=phone"`), "so write Phone")
	for _, on := range []reflect.Type{reflect.TypeFor[ruledItem](), reflect.TypeFor[*ruledItem]()} {
		wantProblem(t, oneField(on, `validate:"min=1"`), `"min=1" cannot stand on`)
		wantProblem(t, oneField(on, `validate:"required"`), "")
		wantProblem(t, oneField(reflect.SliceOf(on), `validate:"dive,oneof=a b"`), `"oneof=a b" cannot stand on`)
	}
	wantProblem(t, oneField(reflect.TypeFor[any](), `validate:"min=abc"`), "cannot be read, whatever the value is")
	wantProblem(t, oneField(reflect.TypeFor[any](), `validate:"min=1.5"`), "")
}

// want2 is what is wanted of a rule with values when it has none.
func want2(named, want, value string) string {
	if named == "" && value != "" {
		return "a field without a value"
	}
	return want
}
