package model_test

import (
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/model"
)

type rung int8

// structWith is a struct with one field.
func structWith(t reflect.Type, tag string) reflect.Type {
	return reflect.StructOf([]reflect.StructField{{Name: "F", Type: t, Tag: reflect.StructTag(tag)}})
}

// TestTheOptionStringIsForNumbers holds what is refused against what the JSON package
// can write.
type line struct{ SKU string }

func TestTheOptionStringIsForNumbers(t *testing.T) {
	tests := map[reflect.Type]bool{
		reflect.TypeFor[int]():            true,
		reflect.TypeFor[rung]():           true,
		reflect.TypeFor[uint64]():         true,
		reflect.TypeFor[float32]():        true,
		reflect.TypeFor[*int]():           true,
		reflect.TypeFor[netip.Addr]():     true,
		reflect.TypeFor[time.Duration]():  true, // text anyway, but not in the bare JSON package
		reflect.TypeFor[bool]():           false,
		reflect.TypeFor[*bool]():          false,
		reflect.TypeFor[string]():         false,
		reflect.TypeFor[[]int]():          false,
		reflect.TypeFor[[]byte]():         false,
		reflect.TypeFor[map[string]int](): false,
		reflect.TypeFor[time.Time]():      false,
		reflect.TypeFor[any]():            false,
		reflect.TypeFor[line]():           false,
	}
	for field, fine := range tests {
		t.Run(field.String(), func(t *testing.T) {
			typ := structWith(field, `json:"f,string"`)
			value := reflect.New(typ)
			if field.Kind() == reflect.Pointer {
				value.Elem().Field(0).Set(reflect.New(field.Elem()))
			}
			if _, err := json.Marshal(value.Interface()); (err == nil) != fine && field != reflect.TypeFor[time.Duration]() {
				t.Errorf("the JSON package says %v", err)
			}
			want := ""
			if !fine {
				want = `F: is a ` + field.String() + ` and has json:",string", which is for numbers: take the option away`
			}
			for _, outer := range []reflect.Type{typ, reflect.SliceOf(typ), structWith(typ, `json:"f"`)} {
				wantOneProblem(t, outer, want)
			}
		})
	}
}

// wantOneProblem fails unless the In and the Out of that type have one problem that
// ends so, or none.
func wantOneProblem(t *testing.T, typ reflect.Type, want string) {
	t.Helper()
	_, in := model.Input(typ)
	_, out := model.Output(typ)
	for kind, problems := range map[string][]model.Problem{"In": in, "Out": out} {
		switch {
		case want == "" && len(problems) > 0:
			t.Errorf("%s of %v: %v, want no problem", kind, typ, problems)
		case want != "" && (len(problems) != 1 || !strings.HasSuffix(problems[0].Error(), want)):
			t.Errorf("%s of %v: %v, want %s", kind, typ, problems, want)
		}
	}
}

func TestAnOptionThatMeansNothingIsRefused(t *testing.T) {
	tests := map[string]string{
		`json:"f"`:                       "",
		`json:"-"`:                       "",
		`json:",omitempty"`:              "",
		`json:"f,omitzero,case:ignore"`:  "",
		`json:"f,omitemtpy"`:             `F: has the json option "omitemtpy", which means nothing: expected omitempty or omitzero`,
		`json:"f,omitempty,required"`:    "",
		`json:"f,nocopy"`:                "",
		`json:"f,omitnil"`:               "",
		`json:"f,inline"`:                `F: has the json option "inline", which the JSON package does not have any more: embed the struct`,
		`json:"f,omitEmpty"`:             "specify `omitempty` instead",
		`json:"f,format:'Mon, 02 unix'"`: "Go struct field F has unsupported `format` tag option",
	}
	for tag, want := range tests {
		t.Run(tag, func(t *testing.T) {
			typ := structWith(reflect.TypeFor[int](), tag)
			if want == "" || strings.HasPrefix(want, "F: ") {
				wantOneProblem(t, typ, want)
				wantOneProblem(t, reflect.SliceOf(typ), want)
			} else if _, problems := model.Output(typ); len(problems) != 1 || !strings.Contains(problems[0].Error(), want) {
				t.Errorf("%v, want %s", problems, want)
			}
		})
	}
	type kubernetes struct {
		line `json:",inline"`
	}
	wantOneProblem(t, reflect.TypeFor[kubernetes](), "")
}

func TestATypeWithoutAFieldIsNotToldToLeaveOneOut(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[chan int](), reflect.TypeFor[[]chan int](), reflect.TypeFor[map[string]func()]()} {
		wantOneProblem(t, typ, ": use another type")
	}
	wantOneProblem(t, structWith(reflect.TypeFor[chan int](), ""), `: exclude the field with json:"-"`)
}

func TestTwoFieldsOfOnePlaceAreReportedOnce(t *testing.T) {
	for name, typ := range map[string]reflect.Type{
		"status": reflect.TypeFor[struct {
			A int `status:""`
			B int `status:""`
		}](),
		"body": reflect.TypeFor[struct {
			A string `body:""`
			B string `body:""`
		}](),
		"header": reflect.TypeFor[struct {
			A string `header:"X-A"`
			B string `header:"X-A"`
		}](),
	} {
		if _, problems := model.Output(typ); len(problems) != 1 {
			t.Errorf("%s: %v, want one problem", name, problems)
		}
	}
}
