package model_test

import (
	"context"
	"net/mail"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/model"
)

type (
	plainlyChecked  struct{ A string }
	oddlyChecked    []string
	rightlyChecked  struct{ A string }
	holdsWrongCheck struct {
		A string
		L []plainlyChecked
	}
	embedsWrongCheck struct {
		plainlyChecked
		B string
	}
)

func (plainlyChecked) Validate() error                 { return nil }
func (*oddlyChecked) Validate(string) (bool, error)    { return false, nil }
func (*rightlyChecked) Validate(context.Context) error { return nil }

func TestAMethodThatOnlyLooksLikeAValidateMethodIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		in   reflect.Type
		want string // part of the problem, "" for none
	}{
		"without a context":            {reflect.TypeFor[plainlyChecked](), "the method Validate of model_test.plainlyChecked is a func() error, which is never called: expected func(context.Context) error"},
		"another one":                  {reflect.TypeFor[oddlyChecked](), "is a func(string) (bool, error)"},
		"of something within":          {reflect.TypeFor[holdsWrongCheck](), "of model_test.plainlyChecked is"},
		"of something embedded":        {reflect.TypeFor[embedsWrongCheck](), "of model_test.plainlyChecked is"},
		"of the right form":            {reflect.TypeFor[rightlyChecked](), ""},
		"a type of another package":    {reflect.TypeFor[struct{ A mail.Address }](), ""},
		"a type without such a method": {reflect.TypeFor[struct{ A string }](), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := model.Input(test.in)
			if (test.want == "") != (len(problems) == 0) || test.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].Error(), test.want)) {
				t.Errorf("got %v, want %q", problems, test.want)
			}
		})
	}
}
