package binding_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// TestHTTPAndDirectFormTellTheSame is the equivalence promise for inputs: the
// same mistake, made in a request and in a direct invoke, has the same answer.
func TestHTTPAndDirectFormTellTheSame(t *testing.T) {
	type in struct {
		paging
		N     uint8         `query:"n" validate:"max=9"`
		On    bool          `query:"on"`
		At    time.Time     `header:"X-At"`
		Wait  time.Duration `header:"X-Wait"`
		Level level         `query:"level"`
		IDs   []int         `query:"id" validate:"max=2"`
		Items []line        `json:"items" validate:"max=2,dive"`
		Raw   []byte        `json:"raw"`
		Any   [2]bool       `json:"pair"`
	}
	rules, err := binding.Rules()
	if err != nil {
		t.Fatal(err)
	}
	codec := compileIn[in](t)
	tests := []struct {
		name   string
		src    fakeRequest
		direct string
		told   []string
	}{
		{"number out of range", withQuery("n=256"), `{"n":256}`, []string{"malformed", "query.n type: must be an integer between 0 and 255"}},
		{"bool", withQuery("on=maybe"), `{"on":"maybe"}`, []string{"malformed", "query.on type: must be true or false"}},
		{"time", withHeader("X-At", "now"), `{"X-At":"now"}`, []string{"malformed", "header.X-At type: must be a time such as 2006-01-02T15:04:05Z"}},
		{"duration", withHeader("X-Wait", "5"), `{"X-Wait":5}`, []string{"malformed", "header.X-Wait type: must be a duration such as 1m30s"}},
		{"duration as text", withHeader("X-Wait", "long"), `{"X-Wait":"long"}`, []string{"malformed", "header.X-Wait type: must be a duration such as 1m30s"}},
		{"text of a type", withQuery("level=low"), `{"level":"low"}`, []string{"malformed", "query.level type: must be a valid level"}},
		{"element", withQuery("id=1&id=x"), `{"id":[1,"x"]}`, []string{"malformed", "query.id[1] type: must be an integer"}},
		{"several", withJSON(`{"raw":"!","pair":[1]}`), `{"raw":"!","pair":[1]}`,
			[]string{"malformed", "body.raw type: must be text in base64", "body.pair[0] type: must be true or false"}},
		{"rules", withQuery("limit=0&n=10&id=1&id=2&id=3").with(`{"items":[{"sku":"a"}]}`), `{"limit":0,"n":10,"id":[1,2,3],"items":[{"sku":"a"}]}`,
			[]string{"invalid", "query.limit min: must be at least 1", "query.n max: must be at most 9", "query.id max: must have at most 2 items", "body.items[0].quantity min: must be at least 1"}},
		{"nothing wrong", withQuery("n=1"), `{"n":1}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var over, direct in
			wantTold(t, codec.Bind(t.Context(), &over, tt.src, binding.Limits{}, rules), tt.told...)
			wantTold(t, codec.BindJSON(t.Context(), &direct, []byte(tt.direct), binding.Limits{}, rules), tt.told...)
		})
	}
}

type (
	forest []forest
	maze   map[string]maze
	knot   struct {
		Next *knot  `json:"next"`
		All  []knot `json:"all"`
	}
)

func TestTypesThatContainThemselves(t *testing.T) {
	if in, err := bind[forest](t, withJSON(`[[],[[]]]`)); err != nil || len(in) != 2 {
		t.Errorf("bound %v, %v", in, err)
	}
	if in, err := bind[maze](t, withJSON(`{"a":{"b":{}}}`)); err != nil || len(in["a"]) != 1 {
		t.Errorf("bound %v, %v", in, err)
	}
	_, err := bind[knot](t, withJSON(`{"all":[{"next":{"next":[]}}]}`))
	wantTold(t, err, "malformed", "body.all[0].next.next type: must be an object")
	for _, codec := range []*binding.In{compileIn[forest](t), compileIn[maze](t), compileIn[knot](t)} {
		if problems := codec.CheckRules(minimum{}); problems != nil {
			t.Errorf("problems %v", problems)
		}
	}
}

// codeJSON reads itself.
type codeJSON struct{ n int }

func (c *codeJSON) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &c.n) }

func TestJSONTypesAreNamedByWhatTheyExpect(t *testing.T) {
	failing := []textCase{
		failsFor[[]codeJSON]("own JSON", withJSON(`["x"]`), "malformed", "body[0] type: must be a valid codeJSON"),
		failsFor[map[string]int]("map", withJSON(`[]`), "malformed", "body type: must be an object"),
		failsFor[struct{ A *time.Time }]("pointer to a time", withJSON(`{"A":"x"}`), "malformed", "body.A type: must be a time such as 2006-01-02T15:04:05Z"),
		failsFor[struct{ A [][]byte }]("bytes", withJSON(`{"A":[1]}`), "malformed", "body.A[0] type: must be text in base64"),
		failsFor[struct{ A map[int]bool }]("key", withJSON(`{"A":{"x":true}}`), "malformed", "body.A.x type: must be an integer"),
		failsFor[struct{ A time.Duration }]("duration", withJSON(`{"A":[]}`), "malformed", "body.A type: must be a duration such as 1m30s"),
	}
	for _, c := range failing {
		t.Run(c.name, c.run)
	}
	in, err := bind[struct{ A, B time.Duration }](t, withJSON(`{"A":"1h","B":null}`))
	wantTold(t, err)
	if in.A != time.Hour || in.B != 0 {
		t.Errorf("bound %+v", in)
	}
}

// closable tells whether it was closed.
type closable struct {
	strings.Reader
	closed bool
}

func (c *closable) Close() error { c.closed = true; return nil }

func TestReaderCanBeClosed(t *testing.T) {
	body := &closable{Reader: *strings.NewReader("x")}
	in, err := bind[wholeReader](t, fakeRequest{body: body})
	wantTold(t, err)
	if err := in.B.(io.Closer).Close(); err != nil || !body.closed {
		t.Errorf("closed is %v, %v", body.closed, err)
	}
}
