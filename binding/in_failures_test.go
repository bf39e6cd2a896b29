package binding_test

import (
	"context"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

type wantedItem struct {
	SKU string `json:"s" validate:"required"`
}

type wantedMapped struct {
	SKU    string            `json:"s" validate:"required"`
	Labels map[string]string `json:"l"`
}

// asked has a rule of the app's own, which only go-playground/validator calls.
type asked struct {
	SKU string `json:"s" validate:"known"`
}

func itemsOf(n int) string {
	return `{"items":[` + strings.TrimSuffix(strings.Repeat("{},", n), ",") + `]}`
}

// A client gets back the first hundred of the rules that it broke, however many there
// are and whoever finds them.
func TestOfManyBrokenRulesTheFirstAreTold(t *testing.T) {
	const items = 250
	inOrder, byText := make([]string, items), make([]string, items)
	for i := range items {
		inOrder[i] = "body.items[" + strconv.Itoa(i) + "].s"
	}
	copy(byText, inOrder)
	sort.Slice(byText, func(i, j int) bool {
		return strings.ReplaceAll(byText[i], "].s", "]") < strings.ReplaceAll(byText[j], "].s", "]")
	})
	bare := make([]string, items)
	for i := range items {
		bare[i] = "body[" + strconv.Itoa(i) + "].s"
	}
	never := binding.Rule{Name: "known", Valid: func(context.Context, reflect.Value, string) bool { return false }}
	v := rules(t, never)
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"known rules": {bindWith[struct {
			Items []wantedItem `json:"items" validate:"dive"`
			Last  string       `json:"last" validate:"required"`
		}](t, itemsOf(items), v), inOrder[:100]},
		"a rule of the app's own": {bindWith[struct {
			Items []asked `json:"items" validate:"dive"`
		}](t, itemsOf(items), v), inOrder[:100]},
		"a field before": {bindWith[struct {
			First string       `json:"first" validate:"required"`
			Items []wantedItem `json:"items" validate:"dive"`
		}](t, itemsOf(items), v), append([]string{"body.first"}, inOrder[:99]...)},
		"a type with maps, by text": {bindWith[struct {
			Items []wantedMapped `json:"items" validate:"dive"`
		}](t, itemsOf(items), v), byText[:100]},
		"a list that could not be read does not count": {bindWith[struct {
			Items []wantedItem `json:"items" validate:"dive"`
			Last  string       `json:"last" validate:"required"`
		}](t, strings.Replace(itemsOf(items), "]", ",1]", 1), v), []string{"body.items[250]", "body.last"}},
		"a whole body": {bindWith[[]wantedItem](t, strings.TrimSuffix(strings.TrimPrefix(itemsOf(items), `{"items":`), "}"), v), bare[:100]},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			if e, ok := c.err.(*binding.Error); ok {
				for _, v := range e.Violations {
					got = append(got, v.Location)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}

func bindWith[In any](t *testing.T, body string, v binding.Validator) error {
	t.Helper()
	var dst In
	return compileIn[In](t).Bind(t.Context(), &dst, withJSON(body), binding.Limits{}, v)
}

// What is not told is not collected either.
func TestBrokenRulesBeyondTheFirstCostNothing(t *testing.T) {
	type in struct {
		Items []wantedItem `json:"items" validate:"dive"`
	}
	codec, v := compileIn[in](t), rules(t)
	work := func(items int) float64 {
		value := in{Items: make([]wantedItem, items)}
		return testing.AllocsPerRun(1, func() {
			if err := codec.Validate(t.Context(), &value, v); err == nil {
				t.Error("the items are valid")
			}
		})
	}
	if few, many := work(100), work(10000); many > few+20 {
		t.Errorf("%v allocations for 100 items, %v for 10000", few, many)
	}
}
