package binding_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

type numbers struct {
	Number  json.Number            `json:"number"`
	Pointer *json.Number           `json:"pointer"`
	List    []json.Number          `json:"list"`
	Map     map[string]json.Number `json:"map"`
	Keys    map[json.Number]int    `json:"keys"`
	Any     any                    `json:"any"`
}

// A json.Number is a number with every toolchain.
func TestNumbersOfEncodingJSON(t *testing.T) {
	const body = `{"number":1.50,"pointer":-0,"list":[12345678901234567890123,1e400],"map":{"a":0.10},"keys":{"2":3},"any":[1]}`
	in, err := bind[numbers](t, withJSON(body))
	wantTold(t, err)
	one := json.Number("-0")
	want := numbers{"1.50", &one, []json.Number{"12345678901234567890123", "1e400"}, map[string]json.Number{"a": "0.10"}, map[json.Number]int{"2": 3}, []any{1.0}}
	if !reflect.DeepEqual(in, want) {
		t.Errorf("bound %+v", in)
	}
	in.Any = []any{json.Number("1.0"), map[string]any{"a": json.Number("2.50")}}
	const written = `{"number":1.50,"pointer":-0,"list":[12345678901234567890123,1e400],"map":{"a":0.10},"keys":{"2":3},"any":[1.0,{"a":2.50}]}`
	wantNumbers(t, in, written)
	codec := compileIn[numbers](t)
	if got, err := codec.AppendJSON(nil, &in); err != nil || string(got) != written {
		t.Errorf("the direct form is %s, %v", got, err)
	}
	for body, told := range map[string]string{
		`{"number":"1.5"}`:           "body.number type: must be a number",
		`{"number":true}`:            "body.number type: must be a number",
		`{"list":[1,"secret"]}`:      "body.list[1] type: must be a number",
		`{"pointer":{},"number":[]}`: "body.number type: must be a number\nbody.pointer type: must be a number",
	} {
		_, err := bind[numbers](t, withJSON(body))
		wantTold(t, err, append([]string{"malformed"}, strings.Split(told, "\n")...)...)
	}
	in, err = bind[numbers](t, withJSON(`{"number":null,"pointer":null}`))
	wantTold(t, err)
	if in.Number != "" || in.Pointer != nil {
		t.Errorf("bound %+v", in)
	}
}

// wantNumbers renders an Out in all ways, and reads the direct form again.
func wantNumbers(t *testing.T, out numbers, want string) {
	t.Helper()
	type located struct {
		ID string `header:"X-Id"`
		numbers
	}
	codec, problems := binding.CompileOut(reflect.TypeFor[numbers]())
	view, more := binding.CompileOut(reflect.TypeFor[located]())
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	for name, rendered := range map[string]func() (binding.Rendered, error){
		"body": func() (binding.Rendered, error) { return codec.Render(&out) },
		"view": func() (binding.Rendered, error) { return view.Render(&located{numbers: out}) },
	} {
		if r, err := rendered(); err != nil || string(r.Body) != want {
			t.Errorf("%s: %s, %v, want %s", name, r.Body, err, want)
		}
	}
	exact, err := codec.AppendExact(nil, &out)
	var again numbers
	if err == nil {
		err = codec.DecodeJSON(&again, exact)
	}
	if err != nil || again.Number != out.Number || !reflect.DeepEqual(again.List, out.List) {
		t.Errorf("read again: %+v, %v", again, err)
	}
}

func TestANumberAsAWhole(t *testing.T) {
	in, err := bind[json.Number](t, withJSON("1.50"))
	wantTold(t, err)
	codec, problems := binding.CompileOut(reflect.TypeFor[json.Number]())
	r, err := codec.Render(&in)
	if len(problems) > 0 || err != nil || string(r.Body) != "1.50" {
		t.Errorf("%s, %v, %v", r.Body, problems, err)
	}
	wrong := json.Number("x")
	if _, err := codec.Render(&wrong); err == nil {
		t.Error("a json.Number that is none is written")
	}
	empty := json.Number("")
	if r, err := codec.Render(&empty); err != nil || string(r.Body) != "0" {
		t.Errorf("%s, %v, want 0", r.Body, err)
	}
}

// json:"-" beside a place is no name: the field is a member of the direct form by the name of its place.
func TestTheDirectFormHasWhatNoBodyHas(t *testing.T) {
	type in struct {
		N *json.Number  `cookie:"n" json:"-"`
		D time.Duration `query:"d" json:"-"`
	}
	var got in
	wantTold(t, compileIn[in](t).BindJSON(t.Context(), &got, []byte(`{"n":1.0,"d":"1m30s"}`), binding.Limits{}, nil))
	if got.N == nil || *got.N != "1.0" || got.D != 90*time.Second {
		t.Errorf("bound %+v", got)
	}
}
