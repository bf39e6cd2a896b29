//go:build !lambda

package run_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// What may not be meant is said, with its place, and stops nothing.
func TestCheckWarnsOfRequiredOnWhatCanBeZero(t *testing.T) {
	type in struct {
		Active bool `json:"active" validate:"required"`
		Count  int  `json:"count" validate:"required,min=1"`
	}
	set := func(context.Context, in) (struct{}, error) { return struct{}{}, nil }
	functions := []fn.Function{fn.New("shop.set", set), fn.New("shop.reset", set)}
	status, text := of(t, "shop", functions, "check")
	if status != 0 || strings.Count(text, "warning: ") != 1 || strings.Contains(text, "in.Count") {
		t.Errorf("status %d:\n%s", status, text)
	}
	for _, want := range []string{"warnings_test.go:", `shop.set: in.Active: has the rule "required", which refuses false`, "*bool"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in:\n%s", want, text)
		}
	}
}

// All warnings of declarations are in one list, and printed once, in one form.
func TestAllWarningsHaveOneForm(t *testing.T) {
	type reply struct {
		Total int `json:"total,omitempty"`
	}
	type in struct {
		Active bool `query:"active" validate:"required"`
	}
	get := func(context.Context, in) (reply, error) { return reply{}, nil }
	functions := []fn.Function{fn.New("shop.get", get, fn.Route("GET /shops/{id}")), fn.New("shop.drop", get, fn.Route("DELETE /shops/{id}"))}
	_, text := of(t, "shop", functions, "check")
	for part, count := range map[string]int{
		`: shop.get: in.Active: has the rule "required"`:                                               1,
		`: shop.get: reply.Total: has json:",omitempty", which never leaves out a int: write omitzero`: 1,
		`: shop.get: no field takes the wildcard {id} of the route "GET /shops/{id}"`:                  1,
		`: shop.drop: no field takes the wildcard {id} of the route "DELETE /shops/{id}"`:              1,
		"\nwarning: run/warnings_test.go:":                                                             4,
		"Total":                                                                                        1,
	} {
		if strings.Count("\n"+text, part) != count {
			t.Errorf("%q is not there %d times in:\n%s", part, count, text)
		}
	}
}
