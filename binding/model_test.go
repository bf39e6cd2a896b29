package binding_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/model"
)

// The description of a function is written from the models of its types alone. So what they say
// of whether a value has to be there is held to what binding accepts and what it writes, for all
// that a field can be declared as.

// modelled is a type of a field, with texts of its zero value and of another.
type modelled struct {
	typ         reflect.Type
	zero, value string // in JSON
	text        string // the other in a query; "" when text cannot be read as the type
	textZero    string // the zero value there; "" when it has none that counts
}

type part struct {
	A int `json:"a"`
}

type lean struct {
	A int `json:"a,omitzero"`
}

func modelledTypes() []modelled {
	plain := []modelled{
		{reflect.TypeFor[string](), `""`, `"a"`, "a", ""},
		{reflect.TypeFor[int](), `0`, `1`, "1", "0"},
		{reflect.TypeFor[uint8](), `0`, `1`, "1", "0"},
		{reflect.TypeFor[bool](), `false`, `true`, "true", "false"},
		{reflect.TypeFor[float64](), `0`, `1.5`, "1.5", "0"},
		{reflect.TypeFor[time.Time](), `"0001-01-01T00:00:00Z"`, `"2026-03-01T00:00:00Z"`, "2026-03-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{reflect.TypeFor[time.Duration](), `"0s"`, `"1s"`, "1s", "0s"},
		{reflect.TypeFor[part](), `{}`, `{"a":1}`, "", ""},
		{reflect.TypeFor[lean](), `{}`, `{"a":1}`, "", ""},
		{reflect.TypeFor[[2]int](), `[0,0]`, `[0,1]`, "", ""},
		{reflect.TypeFor[[]string](), `[]`, `["a"]`, "a", ""},
		{reflect.TypeFor[[]byte](), `""`, `"YQ=="`, "a", ""},
		{reflect.TypeFor[map[string]int](), `{}`, `{"a":1}`, "", ""},
	}
	all := plain
	for _, p := range plain {
		p.typ = reflect.PointerTo(p.typ)
		if p.typ.Elem().Kind() == reflect.Slice && p.typ.Elem() != reflect.TypeFor[[]byte]() {
			p.text = "" // no place has a pointer to a list
		}
		all = append(all, p)
	}
	return append(all, modelled{reflect.TypeFor[any](), `0`, `1`, "", ""})
}

// modelledField is a field X of the type, at the top of a struct, embedded in it or within another.
type modelledField struct {
	modelled
	tags string
	at   string // "", "embedded", "within"
}

func (f modelledField) String() string { return fmt.Sprintf("%s %s %s", f.typ, f.tags, f.at) }

// in is the struct with the field, and with one that has nothing to do with it.
func (f modelledField) in() reflect.Type {
	x := []reflect.StructField{{Name: "X", Type: f.typ, Tag: reflect.StructTag(f.tags)}}
	switch f.at {
	case "embedded":
		x = []reflect.StructField{{Name: "Base", Type: reflect.StructOf(x), Anonymous: true}}
	case "embedded pointer":
		x = []reflect.StructField{{Name: "Base", Type: reflect.PointerTo(reflect.StructOf(x)), Anonymous: true}}
	case "within":
		x = []reflect.StructField{{Name: "In", Type: reflect.StructOf(x), Tag: `json:"in"`}}
	}
	y := reflect.StructField{Name: "Y", Type: reflect.TypeFor[string](), Tag: `json:"y"`}
	if strings.HasPrefix(f.tags, "form") {
		y.Tag = `form:"y"` // a form has no members beside it
	}
	return reflect.StructOf(append(x, y))
}

// presence is what the model says of the field.
func (f modelledField) presence(m *model.Model) model.Presence {
	if f.at == "within" {
		return m.MemberPresence(m.MemberByGo(m.Fields[0].Type, "X"))
	}
	return m.Presence(&m.Fields[0])
}

var errOther = errors.New("want nothing but the rule required to be broken")

// accepts reports whether an error says that the value is taken; it fails for others than that
// required is broken.
func accepts(t *testing.T, err error) bool {
	t.Helper()
	e, ok := errors.AsType[*binding.Error](err)
	if err != nil && (!ok || len(e.Violations) != 1 || e.Violations[0].Rule != "required") {
		t.Error(errors.Join(errOther, err))
	}
	return err == nil
}

func TestAModelSaysWhatARequestMayLeaveOut(t *testing.T) {
	v := rules(t)
	n := 0
	for _, typ := range modelledTypes() {
		for _, place := range []string{"", "query", "header", "form", "within", "embedded"} {
			for _, validate := range []string{"", "required", "omitempty,required"} {
				for _, def := range []bool{false, true} {
					for _, options := range []string{"", ",omitempty", ",omitzero", ",omitempty,omitzero"} {
						f := modelledField{modelled: typ, at: place}
						isText := place == "query" || place == "header" || place == "form"
						switch {
						case isText && typ.text == "", def && (typ.text == "" || typ.typ.Kind() == reflect.Pointer || place == "within"):
							continue // refused when it is declared
						case isText:
							f.at, f.tags = "", place+`:"x" `
						}
						f.tags += `json:"x` + options + `" validate:"` + validate + `"`
						if def {
							f.tags += ` default:"` + typ.text + `"`
						}
						n++
						t.Run(f.String(), func(t *testing.T) { checkRead(t, f, place, v) })
					}
				}
			}
		}
	}
	if n < 2000 {
		t.Errorf("%d combinations, want all", n)
	}
}

func checkRead(t *testing.T, f modelledField, place string, v binding.Validator) {
	typ := f.in()
	codec, problems := binding.CompileIn(typ)
	m, _ := model.Input(typ)
	if problems = append(problems, codec.CheckRules(v)...); len(problems) > 0 {
		t.Fatal(problems)
	}
	says := f.presence(m)
	isText := place == "query" || place == "header" || place == "form"
	check := func(how, sent string, want, got bool) {
		t.Helper()
		if got != want {
			t.Errorf("%s, %s: accepted %t, and the model says %t", how, sent, got, want)
		}
	}
	for sent, x := range map[string]string{"absent": "", "null": "null", "zero": f.zero, "value": f.value} {
		body := strings.Replace(`{"y":"y","x":`+x+`}`, `,"x":}`, "}", 1)
		if f.at == "within" {
			body = `{"in":` + body + `}`
			body = strings.Replace(body, `"y":"y",`, "", 1)
			body = strings.Replace(body, `"y":"y"`, "", 1)
		}
		want := map[string]bool{"absent": says.Absent, "null": says.Null, "zero": says.Zero, "value": true}[sent]
		if sent == "null" && isText { // in the direct form it is a member as any other
			want = !strings.Contains(f.tags, `validate:"required"`)
		}
		check("direct", sent, want, accepts(t, codec.BindJSON(t.Context(), reflect.New(typ).Interface(), []byte(body), binding.Limits{}, v)))
		if !isText {
			check("HTTP", sent, want, accepts(t, codec.Bind(t.Context(), reflect.New(typ).Interface(), withJSON(body), binding.Limits{}, v)))
		}
	}
	if isText {
		for sent, text := range map[string]string{"absent": "", "zero": f.textZero, "value": f.text} {
			if sent == "zero" && text == "" {
				continue
			}
			want := map[string]bool{"absent": says.Absent, "zero": says.Zero, "value": true}[sent]
			check(place, sent, want, accepts(t, codec.Bind(t.Context(), reflect.New(typ).Interface(), textIn(place, text), binding.Limits{}, v)))
		}
	}
}

// textIn is a request with a text in a place, or without one.
func textIn(place, text string) fakeRequest {
	switch {
	case place == "form" && text != "":
		return withForm("x=" + text)
	case place == "header" && text != "":
		return fakeRequest{header: map[string][]string{"X": {text}}}
	case text != "":
		return withQuery("x=" + text)
	}
	return fakeRequest{}
}

func TestAModelSaysWhatAReplyMayLeaveOut(t *testing.T) {
	n := 0
	for _, typ := range append(modelledTypes(), modelled{reflect.TypeFor[[0]int](), `[]`, `[]`, "", ""}) {
		for _, at := range []string{"", "within", "embedded", "embedded pointer"} {
			for _, options := range []string{"", ",omitempty", ",omitzero", ",omitempty,omitzero"} {
				f := modelledField{modelled: typ, at: at, tags: `json:"x` + options + `"`}
				n++
				t.Run(f.String(), func(t *testing.T) { checkWritten(t, f) })
			}
		}
	}
	if n < 400 {
		t.Errorf("%d combinations, want all", n)
	}
}

func TestAModelSaysWhichHeadersAReplyMayLeaveOut(t *testing.T) {
	types := append(modelledTypes(), modelled{reflect.TypeFor[[0]int](), `[]`, `[]`, "1", ""}, modelled{reflect.TypeFor[[2]int](), `[0,0]`, `[0,1]`, "0", "0"},
		modelled{reflect.TypeFor[[2]string](), `["",""]`, `["a",""]`, "a", ""})
	for _, typ := range types {
		if typ.text == "" {
			continue // refused when it is declared
		}
		f := modelledField{modelled: typ, tags: `header:"X"`}
		t.Run(f.String(), func(t *testing.T) {
			codec, problems := binding.CompileOut(f.in())
			m, _ := model.Output(f.in())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			absent := false
			for _, out := range f.values(t, f.in()) {
				reply, err := codec.Render(out.Addr().Interface())
				if err != nil {
					t.Fatal(err)
				}
				absent = absent || reply.Header.Get("X") == ""
			}
			if says := f.presence(m); absent != says.Absent {
				t.Errorf("it is left out: %t, and the model says %t", absent, says.Absent)
			}
		})
	}
}

func checkWritten(t *testing.T, f modelledField) {
	typ := f.in()
	codec, problems := binding.CompileOut(typ)
	m, _ := model.Output(typ)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got model.Presence
	for _, out := range f.values(t, typ) {
		reply, err := codec.Render(out.Addr().Interface())
		if err != nil {
			t.Fatal(err)
		}
		x, there := memberX(t, reply.Body, f.at == "within")
		got.Absent = got.Absent || !there
		got.Null = got.Null || there && x.Kind() == 'n'
	}
	if says := f.presence(m); got != says {
		t.Errorf("values are written as %+v, and the model says %+v", got, says)
	}
}

// values are Outs with all kinds of values of the field.
func (f modelledField) values(t *testing.T, typ reflect.Type) (outs []reflect.Value) {
	t.Helper()
	out := func(set func(x reflect.Value)) {
		v := reflect.New(typ).Elem()
		at := v.Field(0)
		switch f.at {
		case "embedded", "within":
			at = at.Field(0)
		case "embedded pointer":
			at.Set(reflect.New(at.Type().Elem()))
			at = at.Elem().Field(0)
		}
		set(at)
		outs = append(outs, v)
	}
	if f.at == "embedded pointer" {
		outs = append(outs, reflect.New(typ).Elem())
	}
	out(func(reflect.Value) {})
	for _, data := range []string{f.zero, f.value} {
		out(func(x reflect.Value) {
			if err := json.Unmarshal([]byte(data), x.Addr().Interface(), durationsAsText); err != nil {
				t.Fatal(err)
			}
		})
	}
	if f.typ == reflect.TypeFor[any]() {
		for _, value := range []any{(*int)(nil), "", []int(nil)} {
			out(func(x reflect.Value) { x.Set(reflect.ValueOf(value)) })
		}
	}
	return outs
}

var durationsAsText = json.WithUnmarshalers(json.UnmarshalFunc(func(data []byte, d *time.Duration) (err error) {
	*d, err = time.ParseDuration(string(bytes.Trim(data, `"`)))
	return err
}))

// memberX finds the member x of an object, or of the one within.
func memberX(t *testing.T, body []byte, within bool) (x jsontext.Value, there bool) {
	t.Helper()
	var members map[string]jsontext.Value
	if err := json.Unmarshal(body, &members); err != nil {
		t.Fatal(err)
	}
	if within {
		return memberX(t, members["in"], false)
	}
	x, there = members["x"]
	return x, there
}

// embedded has a member that is inlined by its option.
type embedded struct {
	Part part   `json:",embed"`
	Tag  string `header:"X-Tag"`
}

// The fields of a model have the names that are written, also of a struct that is embedded by an
// option of its json tag.
func TestAModelNamesWhatIsEmbeddedByItsOption(t *testing.T) {
	out := compileOut[embedded](t)
	reply, err := out.Render(&embedded{Part: part{A: 1}, Tag: "x"})
	if err != nil || string(reply.Body) != `{"a":1}` {
		t.Fatalf("got %s, %v", reply.Body, err)
	}
	if f := out.Fields()[0]; f.Go != "Part.A" || f.Name != "a" {
		t.Errorf("the first field is %+v", f)
	}
}

// Durations are the keys of maps as they are values: text such as 1m30s.
func TestDurationsAsKeys(t *testing.T) {
	type waits struct {
		By map[time.Duration]int `json:"by"`
	}
	const text = `{"by":{"1m30s":1}}`
	in, err := bindDirect[waits](t, text)
	if err != nil || in.By[90*time.Second] != 1 {
		t.Fatalf("got %v, %v", in, err)
	}
	if direct, err := compileIn[waits](t).AppendJSON(nil, &in); err != nil || string(direct) != text {
		t.Errorf("the In is written as %s, %v", direct, err)
	}
	if reply, err := compileOut[waits](t).Render(&in); err != nil || string(reply.Body) != text {
		t.Errorf("the Out is written as %s, %v", reply.Body, err)
	}
}
