package binding_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type nilPart struct {
	Note *string `json:"note" validate:"email,min=3"`
	Must *int    `json:"must" validate:"gt=1,required"`
}

type nilInput struct {
	Limit  *int             `query:"limit" validate:"max=100"`
	Since  *time.Time       `header:"Since" validate:"lte"`
	Name   *string          `json:"name" validate:"alpha|numeric"`
	Age    *int             `json:"age" validate:"gte=18,required_without=Name"`
	Low    *int             `json:"low" validate:"ltefield=High"`
	High   *int             `json:"high" validate:"gtefield=Low,excluded_with=Code"`
	Code   *string          `json:"code" validate:"sku"`
	Any    any              `json:"any" validate:"oneof=a b"`
	List   *[]*int          `json:"list" validate:"min=1,dive,min=2"`
	Some   []*int           `json:"some" validate:"dive,min=2"`
	Each   []*int           `json:"each" validate:"dive,min=2,required"`
	Named  map[string]*int  `json:"named" validate:"dive,max=3"`
	Part   *nilPart         `json:"part" validate:"structonly"`
	Parts  []*nilPart       `json:"parts" validate:"dive"`
	Zero   *int             `json:"zero" validate:"isdefault,min=1"`
	Double **int            `json:"double" validate:"min=2"`
	Skip   *int             `json:"skip" validate:"max=5,skip_unless=Age 30"`
	Or     *string          `json:"or" validate:"len=2|required_with=Age"`
	Deep   map[string][]any `json:"deep" validate:"dive,dive,min=2"`
}

// Nil is what a client did not send: it is asked for its presence, and nothing else.
func TestNilIsAskedForItsPresenceAlone(t *testing.T) {
	sku := binding.Rule{Name: "sku", Valid: func(_ context.Context, v reflect.Value, _ string) bool { return v.String() == "s" }, Message: "must be a SKU"}
	v := rules(t, sku)
	codec := compileIn[nilInput](t)
	if problems := codec.CheckRules(v); len(problems) > 0 {
		t.Fatal(problems)
	}
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"nothing but what is required":        {`{"name":"Ada"}`, nil},
		"null is nothing":                     {`{"name":"Ada","low":null,"list":null,"any":null,"parts":[null],"some":[null],"named":{"a":null}}`, nil},
		"a nil element that must be there":    {`{"name":"Ada","each":[null,1,2]}`, []string{"invalid", "body.each[0] required: is required", "body.each[1] min: must be at least 2"}},
		"presence behind another rule":        {`{}`, []string{"invalid", "body.age required_without: is required here"}},
		"presence by a condition":             {`{"age":30}`, []string{"invalid", "body.skip skip_unless: is required here"}},
		"in a nested struct":                  {`{"name":"a","parts":[{}]}`, []string{"invalid", "body.parts[0].must required: is required"}},
		"what is there is judged":             {`{"age":17,"code":"x","zero":0,"double":1}`, []string{"invalid", "body.age gte: must be at least 18", "body.code sku: must be a SKU", "body.zero isdefault: must be absent", "body.double min: must be at least 2"}},
		"absence is asked before other rules": {`{"name":"a","high":1,"code":"s"}`, []string{"invalid", "body.high excluded_with: must be absent here"}},
		"nil within any":                      {`{"name":"a","deep":{"x":[null,1]}}`, []string{"invalid", "body.deep.x[1] min: must be at least 2"}},
		"one beside nil is compared":          {`{"name":"a","low":1}`, []string{"invalid", "body.low ltefield: must be at most High"}},
	} {
		t.Run(name, func(t *testing.T) {
			var in nilInput
			wantTold(t, codec.Bind(t.Context(), &in, withJSON(test.body), binding.Limits{}, v), test.want...)
			wantTold(t, codec.BindJSON(t.Context(), &in, []byte(test.body), binding.Limits{}, v), test.want...)
		})
	}
}
