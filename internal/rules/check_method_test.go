//go:build !quickrules

package rules_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/internal/rules"
)

type (
	even     int
	isbn     struct{ Text string }
	passport string
)

func (e even) Validate() bool { return e%2 == 0 }

func (i *isbn) Validate() error {
	if len(i.Text) != 13 {
		return errors.New("no ISBN")
	}
	return nil
}

func (p passport) Check() error { return nil }

// It says the same with and without the build tag validator_novalidatefn.
func TestTheRuleValidateFn(t *testing.T) {
	type in struct {
		N    even   `validate:"validateFn"`
		Or   even   `validate:"validateFn=Validate|gt=10"`
		P    *even  `validate:"omitempty,validateFn"`
		Book isbn   `validate:"validateFn"`
		Last *isbn  `validate:"omitnil,validateFn"`
		Many []even `validate:"dive,validateFn"`
	}
	set, err := rules.New()
	if err != nil {
		t.Fatal(err)
	}
	if problems := set.Check(reflect.TypeFor[in]()); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	book := isbn{"9780201896831"}
	odd := even(1)
	for name, test := range map[string]struct {
		in   in
		want string
	}{
		"all hold":      {in{N: 2, Or: 11, Book: book, Last: &book, Many: []even{2}}, ""},
		"none holds":    {in{N: 1, Or: 9, P: &odd, Last: &isbn{}, Many: []even{2, 3}}, "N Or P Book Last Many[1]"},
		"absent is one": {in{Book: book}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var broken []string
			for _, f := range set.Struct(t.Context(), &test.in) {
				broken = append(broken, f.Path)
			}
			if got := strings.Join(broken, " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAValidateFnThatCannotBeCalledIsAProblem(t *testing.T) {
	type in struct {
		A passport   `validate:"validateFn=Check"`
		B passport   `validate:"omitempty,validateFn"`
		C []passport `validate:"dive,validateFn"`
		D any        `validate:"validateFn"`
	}
	set, err := rules.New()
	if err != nil {
		t.Fatal(err)
	}
	problems := set.Check(reflect.TypeFor[in]())
	if len(problems) != 3 || problems[0].Field != "in.A" || !strings.Contains(problems[0].Message, `"validateFn=Check" calls a method by its name`) ||
		problems[1].Field != "in.B" || !strings.Contains(problems[1].Message, "neither a method Validate() error nor Validate() bool") || problems[2].Field != "in.C" {
		t.Errorf("got %+v", problems)
	}
}
