package binding_test

import (
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type sentInner struct {
	On   bool    `json:"on" validate:"required"`
	Rate float64 `json:"rate" validate:"required"`
}

type sentMeta struct {
	Tag string `json:"tag" validate:"required"`
}

type sentInput struct {
	Page     int                  `query:"page" validate:"required"`
	All      bool                 `query:"all" validate:"required"`
	Q        string               `query:"q" validate:"required"`
	Key      string               `header:"X-Key" validate:"required"`
	Rest     string               `path:"rest" validate:"required"`
	sentMeta                      // as if written here
	Active   bool                 `json:"active" validate:"required"`
	Count    int8                 `json:"count" validate:"required"`
	Name     string               `json:"name" validate:"required"`
	At       time.Time            `json:"at" validate:"required"`
	Wait     time.Duration        `json:"wait" validate:"required"`
	Inner    sentInner            `json:"inner" validate:"required"`
	Deep     sentInner            `json:"deep"`
	List     []string             `json:"list" validate:"required,dive,required"`
	Parts    []sentInner          `json:"parts" validate:"dive"`
	Named    map[string]sentInner `json:"named" validate:"dive"`
	ByNumber map[int]uint         `json:"by" validate:"dive,required"`
	Pointer  *int                 `json:"pointer" validate:"required"`
	If       int                  `json:"if" validate:"required_if=Count 0"`
}

// What required says is true: whether a value was sent, or is zero.
func TestRequiredSaysWhetherTheValueWasSent(t *testing.T) {
	v := rules(t)
	codec := compileIn[sentInput](t)
	if problems := codec.CheckRules(v); len(problems) > 0 {
		t.Fatal(problems)
	}
	valid := map[string]string{"tag": `"a"`, "active": "true", "count": "1", "name": `"a"`, "at": `"2024-02-03T00:00:00Z"`, "wait": `"1s"`,
		"inner": `{"on":true,"rate":1}`, "deep": `{"on":true,"rate":1}`, "list": `["a"]`, "pointer": "0", "if": "1"}
	for name, test := range map[string]struct {
		change string // of the members: name=JSON, or name alone to leave it out
		query  string
		want   []string
	}{
		"all is there":      {"", "page=1&all=true&q=a", nil},
		"the query is zero": {"", "page=0&all=false&q=", []string{"query.page must not be 0", "query.all must not be false", "query.q must not be empty"}},
		"no query":          {"", "", []string{"query.page is required", "query.all is required", "query.q is required"}},
		"zero members": {`active=false|count=0|name=""|at="0001-01-01T00:00:00Z"|wait="0s"|tag=""|if=0`, "page=1&all=true&q=a", []string{"body.tag must not be empty",
			"body.active must not be false", "body.count must not be 0", "body.name must not be empty", "body.at must not be empty", "body.wait must not be 0", "body.if must not be 0 here"}},
		"absent members": {"active|count|name|at|wait|tag|if|pointer|list", "page=1&all=true&q=a", []string{"body.tag is required", "body.active is required",
			"body.count is required", "body.name is required", "body.at is required", "body.wait is required", "body.list is required", "body.pointer is required", "body.if is required here"}},
		"null is absent":    {"active=null|name=null|list=null|pointer=null", "page=1&all=true&q=a", []string{"body.active is required", "body.name is required", "body.list is required", "body.pointer is required"}},
		"a struct of zeros": {`inner={"on":false,"rate":0}|deep={"on":false}`, "page=1&all=true&q=a", []string{"body.inner must not be empty", "body.deep.on must not be false", "body.deep.rate is required"}},
		"an empty struct":   {"inner={}|deep", "page=1&all=true&q=a", []string{"body.inner must not be empty", "body.deep.on is required", "body.deep.rate is required"}},
		"in a list": {`parts=[{"on":true,"rate":0},{},null]|list=["",null,"a"]`, "page=1&all=true&q=a", []string{"body.list[0] must not be empty", "body.list[1] is required",
			"body.parts[0].rate must not be 0", "body.parts[1].on is required", "body.parts[1].rate is required", "body.parts[2].on is required", "body.parts[2].rate is required"}},
		"in a map": {`named={"a.b]":{"on":false}}|by={"7":0}`, "page=1&all=true&q=a", []string{"body.named.a.b].on must not be false", "body.named.a.b].rate is required", "body.by.7 must not be 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			src := withJSON(sentBody(valid, test.change))
			src.query, src.path = test.query, map[string]string{"rest": "a"}
			src.header["X-Key"] = []string{"k"}
			var in sentInput
			err := codec.Bind(t.Context(), &in, src, binding.Limits{}, v)
			if got := messages(err); got != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", got, strings.Join(test.want, "\n"))
			}
		})
	}
}

// sentBody writes an object of members with changes.
func sentBody(members map[string]string, change string) string {
	changed := map[string]string{}
	for name, value := range members {
		changed[name] = value
	}
	for one := range strings.SplitSeq(change, "|") {
		name, value, _ := strings.Cut(one, "=")
		if changed[name] = value; value == "" {
			delete(changed, name)
		}
	}
	var all []string
	for name, value := range changed {
		all = append(all, `"`+name+`":`+value)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// messages are the violations, a line for each.
func messages(err error) string {
	var lines []string
	for line := range strings.SplitSeq(told(err), "\n") {
		location, text, ok := strings.Cut(line, " ")
		_, text, said := strings.Cut(text, ": ")
		if ok && said {
			lines = append(lines, location+" "+text)
		}
	}
	return strings.Join(lines, "\n")
}

func TestRequiredSaysWhetherTheValueWasSentInOtherPlaces(t *testing.T) {
	type form struct {
		On    bool         `form:"on" validate:"required"`
		N     int          `form:"n" validate:"required"`
		Names []string     `form:"names" validate:"required,dive,required"`
		File  binding.File `form:"file" validate:"required"`
	}
	type list []sentMeta
	type lists map[string][]sentMeta
	type whole struct {
		Meta sentMeta `body:"" validate:"required"`
	}
	type raw struct {
		Text string `body:"" validate:"required"`
	}
	type head struct {
		N int    `header:"X-N" validate:"required"`
		S string `cookie:"s" validate:"required"`
	}
	wantMessages(t, ruledBind[form](t, withForm("on=false&n=0&names=&names=a")), "form.on must not be false", "form.n must not be 0", "form.names[0] must not be empty", "form.file is required")
	wantMessages(t, ruledBind[form](t, withForm("")), "form.on is required", "form.n is required", "form.names is required", "form.file is required")
	wantMessages(t, ruledBind[list](t, withJSON(`[{"tag":""},{},{"tag":"a"}]`)), "body[0].tag must not be empty", "body[1].tag is required")
	wantMessages(t, ruledBind[lists](t, withJSON(`{"x":[{"tag":"a"},{"tag":""}],"y":[{}]}`)), "body.x[1].tag must not be empty", "body.y[0].tag is required")
	wantMessages(t, ruledBind[whole](t, withJSON(`{"tag":""}`)), "body must not be empty")
	wantMessages(t, ruledBind[whole](t, withJSON(``)), "body is required")
	wantMessages(t, ruledBind[raw](t, withJSON(``)), "body is required")
	wantMessages(t, ruledBind[head](t, withHeader("X-N", "0")), "header.X-N must not be 0", "cookie.s is required")

	v, in := rules(t), head{}
	direct := func(data string) error {
		return compileIn[head](t).BindJSON(t.Context(), &in, []byte(data), binding.Limits{}, v)
	}
	wantMessages(t, direct(`{"X-N":0,"s":""}`), "header.X-N must not be 0", "cookie.s must not be empty")
	wantMessages(t, direct(`{}`), "header.X-N is required", "cookie.s is required")
	wantMessages(t, direct(``), "header.X-N is required", "cookie.s is required")
}

func ruledBind[T any](t *testing.T, src binding.Source) error {
	t.Helper()
	var in T
	return compileIn[T](t).Bind(t.Context(), &in, src, binding.Limits{}, rules(t))
}

func wantMessages(t *testing.T, err error, want ...string) {
	t.Helper()
	if got := messages(err); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// The way to what was sent is looked for once, however many rules are broken.
func BenchmarkRequiredOfManyZeros(b *testing.B) {
	type in struct {
		Parts []sentMeta `json:"parts" validate:"dive"`
	}
	codec, v := compileIn[in](b), rules(b)
	body := []byte(`{"parts":[` + strings.Repeat(`{"tag":""},`, 50000) + `{}]}`)
	b.ReportAllocs()
	for b.Loop() {
		var got in
		if codec.BindJSON(b.Context(), &got, body, binding.Limits{}, v) == nil {
			b.Fatal("nothing is broken")
		}
	}
}
