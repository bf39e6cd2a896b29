//go:build !quickrules

package rules

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// A type with a quick check is not shown to validator when it is declared. So
// whatever has one, validator has to take.
func TestWhatHasAQuickCheckIsTakenByValidator(t *testing.T) {
	set, err := New()
	if err != nil {
		t.Fatal(err)
	}
	p := set
	quick := 0
	for _, typ := range ruledTypes() {
		for _, tag := range tagsOfNew() {
			s := reflect.StructOf([]reflect.StructField{{Name: "A", Type: typ, Tag: reflect.StructTag(`validate:"` + tag + `"`)}})
			if p.check(reflect.PointerTo(s)) == nil {
				continue
			}
			quick++
			asked := &ruleCheck{rules: p, seen: map[reflect.Type]bool{}, zones: KnowsZones}
			if tag != "" {
				asked.tag(ruleSpot{s, "A", "In"}, typ, tag)
			}
			asked.whole(s, "In")
			if len(asked.problems) > 0 {
				t.Errorf("%s with the rules %q: validator says %v", typ, tag, asked.problems)
			}
		}
	}
	if quick < 500 {
		t.Errorf("only %d types had a quick check: the test looks past them", quick)
	}
}

func ruledTypes() []reflect.Type {
	type named string
	type inner struct {
		B string `validate:"required"`
	}
	return []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[named](), reflect.TypeFor[*string](), reflect.TypeFor[bool](),
		reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[*int64](), reflect.TypeFor[uint](), reflect.TypeFor[uint8](),
		reflect.TypeFor[float32](), reflect.TypeFor[float64](), reflect.TypeFor[complex128](),
		reflect.TypeFor[[]string](), reflect.TypeFor[[3]int](), reflect.TypeFor[[]*int](), reflect.TypeFor[[]byte](), reflect.TypeFor[[][]string](),
		reflect.TypeFor[map[string]int](), reflect.TypeFor[map[int][]string](), reflect.TypeFor[any](), reflect.TypeFor[func()](), reflect.TypeFor[chan int](),
		reflect.TypeFor[time.Time](), reflect.TypeFor[*time.Time](), reflect.TypeFor[time.Duration](), reflect.TypeFor[time.Month](),
		reflect.TypeFor[inner](), reflect.TypeFor[*inner](), reflect.TypeFor[[]inner](), reflect.TypeFor[struct{}](),
	}
}

// tagsOfRules are rules that are right on some types and wrong on others, alone
// and behind those that lead to something else.
func tagsOfNew() []string {
	names := []string{"required", "min", "max", "len", "gt", "gte", "lt", "lte", "eq", "ne", "oneof", "startswith", "endswith", "contains",
		"alpha", "alphanum", "numeric", "number", "uuid", "uuid4", "email", "url", "http_url", "boolean", "unique", "nonsense", "dive", "omitempty", ""}
	params := []string{"", "=", "=1", "=-1", "=1.5", "=a b", "=1 2", "=010", "=1s", "=99999999999999999999", "='a b' c"}
	var tags []string
	for _, name := range names {
		for _, param := range params {
			for _, before := range []string{"", "required,", "omitempty,", "dive,", "omitempty,dive,", "dive,dive,"} {
				tags = append(tags, before+name+param)
			}
		}
	}
	return tags
}

// The names of time zones come from the machine. Without them the rule would blame the
// client for every name.
func TestTheRuleTimezoneWantsADatabase(t *testing.T) {
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	type in struct {
		Zone  string   `validate:"required,timezone"`
		Zones []string `validate:"omitempty,dive,eq=here|timezone"`
		Other string   `validate:"min=1"`
	}
	for _, known := range []bool{true, false} {
		c := &ruleCheck{rules: v, seen: map[reflect.Type]bool{}, zones: func() bool { return known }}
		c.visit(reflect.TypeFor[in](), "in")
		if want := map[bool]int{true: 0, false: 2}[known]; len(c.problems) != want {
			t.Errorf("with a database %t: %v", known, c.problems)
		}
		for _, p := range c.problems {
			if !strings.Contains(p.Message, "timetzdata") {
				t.Errorf("%v names no remedy", p)
			}
		}
	}
}
