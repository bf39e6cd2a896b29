package binding_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

// guarded is an In whose fields come from everywhere, so that a body has
// something to attack.
type guarded struct {
	Tenant string `header:"X-Tenant"`
	Role   string `cookie:"role" json:"role"`
	ID     string `path:"id" json:"-"`
	paging
	Text   string `json:"text"`
	hidden string //lint:ignore U1000 a body must not find it
	Secret string `json:"-"`
}

func TestBodyCannotSetOtherFields(t *testing.T) {
	names := []string{"X-Tenant", "x-tenant", "Tenant", "tenant", "role", "Role", "id", "ID", "limit", "Limit", "paging", "cursor",
		"hidden", "secret", "Secret", "Text", "TEXT", "", "-"}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			body := `{"text":"a","` + name + `":"x"}`
			src := withJSON(body)
			src.path = map[string]string{"id": "7"}
			in, err := bind[guarded](t, src)
			wantTold(t, err, "malformed", "body."+name+" unknown: is not known")
			want := guarded{ID: "7", paging: paging{Limit: 20}, Text: "a"}
			if in != want {
				t.Errorf("bound %+v", in)
			}
			var lenient guarded
			if err := compileIn[guarded](t).Bind(t.Context(), &lenient, src.with(body), binding.Limits{AllowUnknown: true}, nil); err != nil || lenient != want {
				t.Errorf("bound %+v, %v", lenient, err)
			}
		})
	}
}

// options has every option of a json tag, alone and beside another place.
type options struct {
	Number  int            `json:"number,string"`
	Folded  string         `json:"folded,case:ignore"`
	Empty   []int          `json:"empty,omitempty"`
	Zero    int            `json:"zero,omitzero"`
	Default []string       `json:"default" default:"a,b"`
	Any     any            `json:"any"`
	Nested  map[int][]line `json:"nested"`
}

type optionsBeside struct {
	Q string `query:"q"`
	options
}

func TestJSONOptionsAreTheSameBesideOtherPlaces(t *testing.T) {
	tests := []struct {
		body string
		want options
		told []string
	}{
		{body: `{"number":"12","FOLDED":"x","empty":[1],"zero":3,"default":[],"any":{"a":1}}`,
			want: options{12, "x", []int{1}, 3, []string{}, map[string]any{"a": 1.0}, nil}},
		{body: `{"default":null}`, want: options{}},
		{body: ` {} `, want: options{Default: []string{"a", "b"}}},
		{body: `{"number":12}`, told: []string{"malformed", "body.number type: must be an integer"}},
		{body: `{"Number":"12"}`, told: []string{"malformed", "body.Number unknown: is not known"}},
		{body: `{"folded":"a","Folded":"b"}`, told: []string{"malformed", "body.Folded duplicate: must be given once"}},
		{body: `{"zero":1,"zero":2}`, told: []string{"malformed", "body.zero duplicate: must be given once"}},
		{body: `{"any":{"a":[{"b":1,"b":2}]}}`, told: []string{"malformed", "body.any.a[0].b duplicate: must be given once"}},
		{body: `{"zero":1.5,"empty":{}}`, told: []string{"malformed", "body.empty type: must be a list", "body.zero type: must be an integer"}},
		{body: `{"nested":{"3":[{},{"sku":[]}]}}`, told: []string{"malformed", "body.nested.3[1].sku type: must be a string"}},
		{body: `{"nested":{"3":[{"x":1}]}}`, told: []string{"malformed", "body.nested.3[0].x unknown: is not known"}},
		{body: `{"zero":"x","x":1,"any":{"a":1,"a":2}}`, told: []string{"malformed", "body.any.a duplicate: must be given once", "body.zero type: must be an integer", "body.x unknown: is not known"}},
		{body: `[]`, told: []string{"malformed", "body type: must be an object"}},
		{body: `"x"`, told: []string{"malformed", "body type: must be an object"}},
		{body: `{"zero":1`, told: []string{"malformed", "body syntax: must be valid JSON; it is not at byte 9"}},
		{body: `{"zero":1}}`, told: []string{"malformed", "body syntax: must be valid JSON; it is not at byte 10"}},
		{body: "{\"folded\":\"\xff\"}", told: []string{"malformed", "body syntax: must be valid JSON; it is not at byte 11"}},
		{body: `{'zero':1}`, told: []string{"malformed", "body syntax: must be valid JSON; it is not at byte 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.body, func(t *testing.T) {
			alone, err := bind[options](t, withJSON(tt.body))
			wantTold(t, err, tt.told...)
			beside, err := bind[optionsBeside](t, withJSON(tt.body))
			wantTold(t, err, tt.told...)
			if tt.told == nil && (!reflect.DeepEqual(alone, tt.want) || !reflect.DeepEqual(beside.options, tt.want)) {
				t.Errorf("bound %+v\nbeside %+v\nwant %+v", alone, beside.options, tt.want)
			}
		})
	}
}

func TestEmbeddedStructWithANameIsAMember(t *testing.T) {
	type Named struct{ A string }
	type in struct {
		Q     string `query:"q"`
		Named `json:"named"`
	}
	got, err := bind[in](t, withJSON(`{"named":{"A":"a"}}`))
	wantTold(t, err)
	if got.A != "a" {
		t.Errorf("bound %+v", got)
	}
}

func TestViolationsDoNotRepeatTheClient(t *testing.T) {
	long := strings.Repeat("k", 1000)
	secret := "s3cret"
	src := withJSON(`{"number":"` + secret + `","folded":{"` + secret + `":1},"` + long + `":1}`)
	_, err := bind[options](t, src)
	wantTold(t, err, "malformed",
		"body.number type: must be an integer",
		"body.folded type: must be a string",
		"body."+long[:64]+"… unknown: is not known")
}

func TestManyUnknownMembersAreBounded(t *testing.T) {
	var body strings.Builder
	body.WriteString(`{"a":1`)
	for i := range 5000 {
		body.WriteString(`,"` + strings.Repeat("x", i%50+1) + string(rune('a'+i%26)) + string(rune('0'+i/500)) + strings.Repeat("y", i/50%50) + `":1`)
	}
	body.WriteString("}")
	_, err := bind[options](t, withJSON(body.String()))
	if lines := strings.Count(told(err), "\n"); lines != 100 {
		t.Errorf("%d violations: %.300s", lines, told(err))
	}
}
