package binding_test

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// category and comment contain themselves, so that a client chooses how deep they are.
type category struct {
	Name     string              `json:"name" validate:"max=1"`
	Children map[string]category `json:"children" validate:"dive"`
}

type comment struct {
	Text    string    `json:"text" validate:"max=1"`
	Replies []comment `json:"replies" validate:"dive"`
}

// checkedComment has a rule that only a function knows.
type checkedComment struct {
	Text    string           `json:"text" validate:"brief"`
	Replies []checkedComment `json:"replies" validate:"dive"`
}

// mixedComment has a map beside the list, so that an order of failures has to be made.
type mixedComment struct {
	Text    string            `json:"text" validate:"max=1"`
	Tags    map[string]string `json:"tags" validate:"dive,max=1"`
	Replies []mixedComment    `json:"replies" validate:"dive"`
}

type section struct {
	Words []string           `json:"words" validate:"dive,max=1"`
	Parts map[string]section `json:"parts" validate:"dive"`
}

// selfChecked has a Validate method that finds fault.
type selfChecked struct {
	Replies []selfChecked `json:"replies"`
}

func (s selfChecked) Validate(context.Context) error {
	return binding.Violate("text", "short", "is long")
}

var brief = binding.Rule{Name: "brief", Message: "must be brief", Valid: func(_ context.Context, v reflect.Value, _ string) bool { return v.Len() < 2 }}

func nested(before, within, after string, depth int) string {
	return strings.Repeat(before, depth) + within + strings.Repeat(after, depth)
}

// TestADeepBodyCostsNoMoreThanItsSize: in each of these the paths of the values, written
// out, are hundreds of megabytes or more.
func TestADeepBodyCostsNoMoreThanItsSize(t *testing.T) {
	key, longKey := strings.Repeat("k", 200), strings.Repeat("k", 300_000)
	words := `["aa"` + strings.Repeat(`,"aa"`, 20_000) + `]`
	var entries strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&entries, `"%d":{"name":"aa"},`, i)
	}
	children := "{" + strings.TrimSuffix(entries.String(), ",") + "}"
	tests := map[string]struct {
		in   any
		body string
	}{
		"maps in maps":                   {&category{}, nested(`{"name":"aa","children":{"`+key+`":`, `{"name":"aa"}`, "}}", 4000)},
		"lists in lists":                 {&comment{}, nested(`{"text":"aa","replies":[`, `{"text":"aa"}`, "]}", 4000)},
		"lists that end in many":         {&comment{}, nested(`{"text":"a","replies":[`, strings.Repeat(`{"text":"aa"},`, 99)+`{"text":"aa"}`, "]}", 4000)},
		"a rule of one's own, broken":    {&checkedComment{}, nested(`{"text":"aa","replies":[`, `{"text":"aa"}`, "]}", 4000)},
		"a rule of one's own, kept":      {&checkedComment{}, nested(`{"text":"a","replies":[`, `{"text":"a"}`, "]}", 4000)},
		"a map beside lists":             {&mixedComment{}, nested(`{"text":"aa","replies":[`, `{"text":"aa"}`, "]}", 4000)},
		"one long name above a list":     {&section{}, `{"parts":{"` + longKey + `":{"words":` + words + `}}}`},
		"one long name above a map":      {&category{}, `{"children":{"` + longKey + `":{"children":` + children + `}}}`},
		"a body of maps of maps":         {&map[string]map[string]comment{}, `{"` + longKey + `":` + strings.ReplaceAll(children, "name", "text") + `}`},
		"a body of maps, kept":           {&map[string]map[string]comment{}, `{"` + longKey + `":` + strings.ReplaceAll(children, `"name":"aa"`, `"text":"a"`) + `}`},
		"a long name above much":         {&map[string]section{}, `{"` + longKey + `":{"words":` + words + `}}`},
		"Validate methods":               {&selfChecked{}, nested(`{"replies":[`, `{}`, "]}", 4000)},
		"what cannot be read, deep down": {&comment{}, nested(`{"replies":[`, `{"text":1}`, "]}", 4000)},
		"what is not known, deep down":   {&comment{}, nested(`{"replies":[`, `{"`+longKey+`":1}`, "]}", 4000)},
	}
	v := rules(t, brief)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			codec, problems := binding.CompileIn(reflect.TypeOf(test.in).Elem())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			before := allocated()
			err := codec.Bind(t.Context(), test.in, withJSON(test.body), binding.Limits{}, v)
			if got := allocated() - before; got > 100<<20 {
				t.Errorf("a body of %d kB made %d MB", len(test.body)>>10, got>>20)
			}
			if e, ok := err.(*binding.Error); ok {
				for _, v := range e.Violations {
					if len(v.Location) > 600 {
						t.Fatalf("a location has %d bytes: %.100s…", len(v.Location), v.Location)
					}
				}
			} else if !strings.HasSuffix(name, "kept") {
				t.Fatalf("got %v, want an *Error", err)
			}
		})
	}
}

// A body that is large and flat is checked, though its names are long.
func TestAFlatBodyIsCheckedWhateverItsNames(t *testing.T) {
	type tagged struct {
		Tag string `json:"tag" validate:"brief"`
	}
	type item struct {
		A tagged `json:"a"`
		B tagged `json:"b"`
		C tagged `json:"c"`
	}
	type all struct {
		Items map[string]item `json:"items" validate:"dive"`
	}
	items := make([]string, 1200)
	for i := range items {
		items[i] = fmt.Sprintf(`"%s%d":{"a":{"tag":"a"},"b":{"tag":"b"},"c":{"tag":"%s"}}`, strings.Repeat("k", 500), i, strings.Repeat("c", 1+i/1199))
	}
	var in all
	err := compileIn[all](t).Bind(t.Context(), &in, withJSON(`{"items":{`+strings.Join(items, ",")+`}}`), binding.Limits{}, rules(t, brief))
	wantTold(t, err, "invalid", "body.items."+strings.Repeat("k", 64)+"….c.tag brief: must be brief")
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestALocationIsToldAsFarAsItIsReadable(t *testing.T) {
	v := rules(t)
	tests := map[string]struct {
		in   any
		body string
		want string
	}{
		"ten levels": {&comment{}, nested(`{"text":"a","replies":[`, `{"text":"aa"}`, "]}", 10),
			"body" + strings.Repeat(".replies[0]", 10) + ".text max: must have at most 1 character"},
		"a hundred levels": {&comment{}, nested(`{"text":"a","replies":[`, `{"text":"aa"}`, "]}", 100),
			"body" + strings.Repeat(".replies[0]", 46) + ".replies… max: must have at most 1 character"},
		"more than can be checked": {&category{}, nested(`{"name":"aa","children":{"a":`, `{"name":"aa"}`, "}}", 2000),
			"body.children size: must be nested less deeply, or have shorter names, so that its rules can be checked"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			codec, _ := binding.CompileIn(reflect.TypeOf(test.in).Elem())
			wantTold(t, codec.Bind(t.Context(), test.in, withJSON(test.body), binding.Limits{}, v), "invalid", test.want)
		})
	}
}

// TestMapsWithinAWholeBodyHaveAnOrder asks often, since Go visits keys in another order
// each time.
func TestMapsWithinAWholeBodyHaveAnOrder(t *testing.T) {
	var first []string
	for range 20 {
		var in []category
		err := compileIn[[]category](t).Bind(t.Context(), &in, withJSON(`[{"children":{"a":{"name":"aa"},"b":{"name":"aa"},"c":{"name":"aa"},"d":{"name":"aa"}}}]`), binding.Limits{}, rules(t))
		lines := strings.Split(told(err), "\n")
		if first == nil {
			first = lines
		}
		if !slices.Equal(lines, first) || len(lines) != 5 {
			t.Fatalf("told\n%q\nand then\n%q", first, lines)
		}
	}
}
