package binding_test

import (
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

func TestRulesSpeakOfTheClientsNames(t *testing.T) {
	type in struct {
		ID     string   `path:"id" validate:"required"`
		Tags   []string `header:"X-Tags" validate:"min=2"`
		paging          // Limit has min=1
		Parts  []*line  `json:"parts" validate:"min=1"`
		Grid   [2][]line
		Meta   map[string]line `json:"meta"`
		Deep   struct {
			line
			Named line `json:"named"`
		} `json:"deep"`
	}
	src := withJSON(`{"parts":[{"sku":"a","quantity":1},{"quantity":1}],"Grid":[[],[{"sku":"a"}]],"meta":{"a.b":{"sku":"x"}},"deep":{"sku":"a"}}`)
	src.query = "limit=0"
	src.header["X-Tags"] = []string{"a"}
	var dst in
	err := compileIn[in](t).Bind(t.Context(), &dst, src, binding.Limits{}, minimum{})
	wantTold(t, err, "invalid",
		"path.id required: is required",
		"header.X-Tags min: must be at least 2",
		"query.limit min: must be at least 1",
		"body.parts[1].sku required: is required",
		"body.Grid[1][0].quantity min: must be at least 1",
		"body.meta.a.b.quantity min: must be at least 1",
		"body.deep.quantity min: must be at least 1",
		"body.deep.named.sku required: is required",
		"body.deep.named.quantity min: must be at least 1",
	)
}

func TestRulesOfWholeBodies(t *testing.T) {
	const body = `[{"sku":"a"}]`
	var field wholeList
	wantTold(t, compileIn[wholeList](t).Bind(t.Context(), &field, withJSON(body), binding.Limits{}, minimum{}),
		"invalid", "body[0].quantity min: must be at least 1")
	var list []line
	wantTold(t, compileIn[[]line](t).Bind(t.Context(), &list, withJSON(body), binding.Limits{}, minimum{}),
		"invalid", "body[0].quantity min: must be at least 1")
	var dict map[string]*line
	wantTold(t, compileIn[map[string]*line](t).BindJSON(t.Context(), &dict, []byte(`{"a":{"sku":"a"},"b":null}`), binding.Limits{}, minimum{}),
		"invalid", "body.a.quantity min: must be at least 1")
	var number int
	wantTold(t, compileIn[int](t).Bind(t.Context(), &number, withJSON(`1`), binding.Limits{}, minimum{}))
}

func TestRulesOfWhatCouldNotBeRead(t *testing.T) {
	type in struct {
		Q     []int  `query:"q" validate:"min=9"`
		H     string `header:"h" validate:"required"`
		Items []line `json:"items" validate:"min=3"`
		Note  string `json:"note" validate:"required"`
	}
	tests := []struct {
		name, body string
		told       []string
	}{
		{"member", `{"items":[{"sku":1}]}`, []string{"body.items[0].sku type: must be a string", "body.note required: is required"}},
		{"whole body", `{"items":`, []string{"body syntax: must be valid JSON; it is not at byte 9"}},
		{"whole body of a wrong type", `7`, []string{"body type: must be an object"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := withJSON(tt.body)
			src.query = "q=1&q=x"
			var dst in
			err := compileIn[in](t).Bind(t.Context(), &dst, src, binding.Limits{}, minimum{})
			wantTold(t, err, append([]string{"malformed", "query.q[1] type: must be an integer", "header.H required: is required"}, tt.told...)...)
		})
	}
	var dst in
	err := compileIn[in](t).BindJSON(t.Context(), &dst, []byte(`[]`), binding.Limits{}, minimum{})
	wantTold(t, err, "malformed", "body type: must be an object")
}

// A default is not wrong for what another field has to be first, for the day, or for
// what there is on the machine.
func TestADefaultIsJudgedByItself(t *testing.T) {
	type in struct {
		From  int       `query:"from" default:"1" validate:"ltfield=To"`
		To    int       `query:"to" validate:"required"`
		Kind  string    `query:"kind" default:"a" validate:"excluded_without=To"`
		Many  int       `query:"many" default:"9" validate:"max=3"`
		Since time.Time `query:"since" default:"2020-01-01T00:00:00Z" validate:"gt"`
		Until time.Time `query:"until" default:"2020-01-01T00:00:00Z" validate:"min"`
		File  string    `query:"file" default:"/not/there" validate:"file"`
		Place string    `query:"place" default:"/not/there" validate:"file|dir"`
		Zone  string    `query:"zone" default:"Mars/X" validate:"timezone"`
		Peer  string    `query:"peer" default:"nowhere" validate:"tcp_addr"`
		Form  string    `query:"form" default:"x" validate:"url|eq=y"`
	}
	problems := compileIn[in](t).CheckRules(rules(t))
	if len(problems) != 2 || problems[0].Field != "in.Many" || problems[1].Field != "in.Form" {
		t.Errorf("got %v, want in.Many and in.Form", problems)
	}
}

func TestCheckRules(t *testing.T) {
	type in struct {
		A int    `query:"a" default:"0" validate:"min=1"`
		B string `json:"b" validate:"required"`
		C []int  `json:"c" default:"1,2" validate:"min=2"`
	}
	codec := compileIn[in](t)
	if problems := codec.CheckRules(nil); problems != nil {
		t.Errorf("without a validator: %v", problems)
	}
	problems := codec.CheckRules(minimum{})
	if len(problems) != 1 || problems[0].Error() != `in.A: has the default "0", which breaks its own rule min=1: it must be at least 1` {
		t.Errorf("problems %v", problems)
	}
	for _, codec := range []*binding.In{codec, compileIn[[]line](t), compileIn[map[string]*line](t)} {
		if problems := codec.CheckRules(minimum{unknown: true}); len(problems) != 1 || problems[0].Message != "has an unknown rule" {
			t.Errorf("unknown rules: %v", problems)
		}
	}
	if problems := compileIn[int](t).CheckRules(minimum{unknown: true}); problems != nil {
		t.Errorf("an int has no rules: %v", problems)
	}
}
