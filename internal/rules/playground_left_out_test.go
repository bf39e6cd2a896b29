//go:build quickrules

package rules

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/validation"
)

// What a build with the tag cannot judge is refused where it is declared, with its place, and
// is never valid.
func TestWhatOnlyValidatorCouldJudgeIsRefused(t *testing.T) {
	type inner struct {
		Zone string `validate:"timezone"`
	}
	s, err := New(validation.Rule{Name: "sku", Valid: func(context.Context, reflect.Value, string) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{
		"in.Other": &struct {
			Other string `validate:"eqfield=One"`
			One   string `validate:"min=1"`
		}{},
		"in.Own": &struct {
			Own string `validate:"required,sku"`
		}{},
		"in.Any": &struct {
			Any any `json:"any"`
		}{},
		"in.Numbers": &struct {
			Numbers map[int]string `validate:"dive,min=1"`
		}{},
		"inner.Zone": &struct {
			List []inner `validate:"dive"`
		}{List: []inner{{}}},
	} {
		_, field, _ := strings.Cut(name, ".")
		problems := s.Check(reflect.TypeOf(value))
		if len(problems) != 1 || !strings.HasSuffix(problems[0].Field, "."+field) || !strings.Contains(problems[0].Message, "build without the tag") {
			t.Errorf("%s: got %v", name, problems)
		}
		if s.Valid(value) || len(s.Struct(t.Context(), value)) == 0 {
			t.Errorf("%s is valid", name)
		}
	}
	if problems := s.Check(reflect.TypeFor[judged]()); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}
