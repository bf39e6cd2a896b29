package jsonout_test

import (
	"bytes"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/binding/internal/jsonout"
)

type color string

func (c color) MarshalText() ([]byte, error) { return []byte("color " + c), nil }

type pointed struct{ N int }

func (p *pointed) MarshalJSON() ([]byte, error) { return []byte(`"pointed"`), nil }

type named struct {
	Text   string
	Number int8 `json:"n,omitzero"`
}

type embedding struct {
	named
	A int
}

type itself struct {
	Name string
	Next []itself
}

// all has a field for everything that matters.
type all struct {
	S       string
	Tagged  string  `json:"tagged name,omitempty"`
	Other   string  `json:"ü,omitzero"`
	B       bool    `json:",omitempty"`
	I       int64   `json:"i"`
	U       uint32  `json:"u,omitempty"`
	F       float64 `json:"f"`
	F32     float32 `json:"f32,omitzero"`
	P       *int    `json:"p"`
	PS      *string `json:"ps,omitempty"`
	List    []string
	Empty   []int `json:"empty,omitempty"`
	Bytes   []byte
	Map     map[string]int `json:"map,omitempty"`
	Any     any
	Time    time.Time `json:"time"`
	Wait    time.Duration
	Color   color
	Pointed pointed
	Named   named
	Nameds  []named
	PNamed  *named `json:"pn,omitzero"`
	Embeds  embedding
	Itself  itself
	Hidden  string `json:"-"`
	private int
}

var options = []json.Options{json.Deterministic(true), json.WithMarshalers(json.MarshalFunc(func(d time.Duration) ([]byte, error) {
	return []byte(`"` + d.String() + `"`), nil
}))}

var encoder = jsonout.Compile(reflect.TypeFor[all](), options)

func FuzzAppend(f *testing.F) {
	f.Add("text", "Grüße \u2028 <b>\x00\"\\", int64(-1), 1.5, true, []byte("bytes"), uint8(0xff))
	f.Add("", "\xff", int64(math.MinInt64), math.Inf(1), false, []byte(nil), uint8(0))
	f.Add("a", "", int64(0), 1e21, false, []byte{}, uint8(0x55))
	f.Add("a", "", int64(0), 1e-7, false, []byte{}, uint8(0xaa))
	f.Add("a", "", int64(9), math.Copysign(0, -1), false, []byte{}, uint8(1))
	f.Add("a", "", int64(9), 0.000001, false, []byte{}, uint8(1))
	f.Fuzz(func(t *testing.T, a, b string, i int64, x float64, flag bool, data []byte, which uint8) {
		is := func(bit int) bool { return which>>bit&1 == 1 }
		v := all{S: a, Tagged: b, Other: a, B: flag, I: i, U: uint32(i), F: x, F32: float32(x), Bytes: data, Color: color(a), Wait: time.Duration(i), private: 1}
		v.Hidden, v.Named, v.Pointed.N = a, named{b, int8(i)}, int(i)
		if is(0) {
			v.P, v.PS = new(int), &b
		}
		if is(1) {
			v.List, v.Empty = []string{a, b}, []int{}
		}
		if is(2) {
			v.Map, v.Any = map[string]int{a: 1, "b": 2}, []any{a, x, nil}
		}
		if is(3) {
			v.Nameds, v.PNamed = []named{{}, {a, 1}}, &named{}
		}
		if is(4) {
			v.Time = time.Unix(i%1e10, i&0xfffff).UTC()
		}
		if is(5) {
			v.Itself = itself{a, []itself{{Name: b}}}
		}
		want, err := json.Marshal(&v, options...)
		got, ok := encoder.Append([]byte("before"), reflect.ValueOf(&v).Elem())
		if !ok {
			return // the JSON package writes it, or says why not
		}
		if err != nil {
			t.Fatalf("it wrote %s, and the JSON package says %v", got, err)
		}
		if !bytes.Equal(got, append([]byte("before"), want...)) {
			t.Fatalf("got  %s\nwant       %s", got, want)
		}
	})
}

func TestTypes(t *testing.T) {
	for name, c := range map[string]struct {
		value any
		known bool
	}{
		"a string":              {new("text"), true},
		"a list of numbers":     {&[]int{1, 2}, true},
		"a nil list":            {new([]string), true},
		"a pointer":             {new(*int), true},
		"a struct":              {&named{"a", 1}, true},
		"bytes":                 {&[]byte{1}, false},
		"a map":                 {&map[string]int{"b": 1, "a": 2}, true},
		"an empty map":          {&map[int]string{}, true},
		"a nil map":             {new(map[string]any), true},
		"any":                   {new(any), false},
		"a time":                {new(time.Time), false},
		"a type with text":      {new(color("red")), false},
		"a pointer with a form": {&pointed{}, false},
		"an embedded struct":    {&embedding{}, false},
		"an unknown option": {&struct {
			A int `json:",string"`
		}{1}, false},
		"a name in quotes": {&struct {
			A int `json:"'a,b'"`
		}{1}, false},
		"a type within itself": {&itself{Next: []itself{{}}}, true},
		"a zero that is its own": {&struct {
			T time.Time `json:",omitzero"`
		}{}, false},
		"a list of times": {&[]time.Time{{}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			v := reflect.ValueOf(c.value).Elem()
			e := jsonout.Compile(v.Type(), options)
			if (e != nil) != c.known {
				t.Fatalf("an encoder: %t, want %t", e != nil, c.known)
			}
			if e == nil {
				return
			}
			want, err := json.Marshal(c.value, options...)
			if got, ok := e.Append(nil, v); err != nil || !ok || !bytes.Equal(got, want) {
				t.Errorf("got %s, %t, want %s, %v", got, ok, want, err)
			}
		})
	}
}

func TestWhatCannotBeWrittenIsLeftToTheJSONPackage(t *testing.T) {
	for name, v := range map[string]all{
		"no number": {F: math.NaN()}, "infinity": {F: math.Inf(-1)}, "no text": {S: "\xff"},
		"an exponent": {F: 1e21}, "no text in a part of the JSON package's own": {Any: "\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := encoder.Append(nil, reflect.ValueOf(&v).Elem()); ok {
				t.Errorf("it wrote %s", got)
			}
		})
	}
}
