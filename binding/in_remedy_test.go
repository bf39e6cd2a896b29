package binding_test

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// What is wrong with a declaration is said once, with what to do.
func TestRemediesOfDeclarations(t *testing.T) {
	type misspelt struct {
		Q string `qurey:"q"`
	}
	type link struct {
		Next  url.URL    `query:"next"`
		Links []*url.URL `header:"Links"`
	}
	_, problems := binding.CompileIn(reflect.TypeFor[misspelt]())
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "did you mean query?") {
		t.Errorf("got %v", problems)
	}
	_, problems = binding.CompileIn(reflect.TypeFor[link]())
	if len(problems) != 2 || !strings.Contains(problems[0].Message, "use a string with the rule url, or a type of your own with UnmarshalText") {
		t.Errorf("got %v", problems)
	}
}

func TestARuleForTheElementsOfAListNamesDive(t *testing.T) {
	type lists struct {
		Names []string          `json:"names" validate:"oneof=a b"`
		Map   map[string]string `json:"map" validate:"email"`
		Flags []bool            `json:"flags" validate:"oneof=a b"`
	}
	rules, err := binding.Rules()
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range rules.Check(reflect.TypeFor[lists]()) {
		told = append(told, p.Field+" "+p.Message)
	}
	text := strings.Join(told, "\n")
	for _, want := range []string{`lists.Names the rule "oneof=a b" cannot stand on []string; if it is about the elements write dive,oneof=a b`, `lists.Flags the rule "oneof=a b" cannot stand on []bool; remove it`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in:\n%s", want, text)
		}
	}
}

func TestADurationThatIsTooLong(t *testing.T) {
	type in struct {
		D time.Duration   `query:"d"`
		L []time.Duration `query:"l"`
	}
	const span = " type: must be a duration between -2562047h47m16.854775808s and 2562047h47m16.854775807s"
	_, err := bind[in](t, fakeRequest{query: "d=9999999h&l=1s&l=-9999999h1m&l=5"})
	wantTold(t, err, "malformed", "query.d"+span, "query.l[1]"+span, "query.l[2] type: must be a duration such as 1m30s")
	type member struct {
		D time.Duration `json:"d"`
	}
	_, err = bind[member](t, withJSON(`{"d":"9999999h"}`))
	wantTold(t, err, "malformed", "body.d"+span)
}
