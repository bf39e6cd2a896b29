package binding_test

import (
	"bytes"
	"io"
	"math/rand"
	"net/netip"
	"reflect"
	"testing"
	"testing/quick"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// everything has a field of every kind.
type everything struct {
	ID      string          `path:"id"`
	N       int8            `query:"n" default:"3"`
	F       float64         `query:"f"`
	Flag    *bool           `query:"flag"`
	List    []uint16        `query:"list" json:"numbers"`
	Tag     []name          `header:"X-Tag"`
	Wait    time.Duration   `header:"X-Wait"`
	Waits   []time.Duration `header:"X-Waits"`
	Raw     []byte          `cookie:"raw"`
	Maybe   *string         `cookie:"maybe"`
	Text    string          `json:"text" default:"x"`
	Lines   []line          `json:"lines"`
	Meta    map[string]line `json:"meta"`
	Pointer *line           `json:"pointer"`
	Inner   struct {
		Wait *time.Duration `json:"wait"`
		B    []byte         `json:"b"`
	} `json:"inner"`
}

func TestDirectInputRoundTrip(t *testing.T) {
	roundTrips[everything](t)
	roundTrips[[]line](t)
	roundTrips[map[string]*line](t)
	roundTrips[[]byte](t)
	roundTrips[int16](t)
	roundTrips[note](t)
	roundTrips[wholeBytes](t)
	roundTrips[wholeList](t)
	roundTrips[struct {
		File  binding.File   `form:"file"`
		Files []binding.File `form:"files"`
		One   *binding.File  `form:"one"`
	}](t)
}

// roundTrips holds BindJSON against AppendJSON for random values.
func roundTrips[T any](t *testing.T) {
	t.Helper()
	codec := compileIn[T](t)
	random := rand.New(rand.NewSource(1))
	for range 50 {
		value, ok := quick.Value(reflect.TypeFor[T](), random)
		if !ok {
			t.Fatal("no random value")
		}
		in := value.Interface().(T)
		data, err := codec.AppendJSON([]byte("before"), &in)
		data, ok = bytes.CutPrefix(data, []byte("before"))
		if err != nil || !ok {
			t.Fatalf("%s, %v", data, err)
		}
		var back T
		if err := codec.BindJSON(t.Context(), &back, data, binding.Limits{}, nil); err != nil || !reflect.DeepEqual(back, in) {
			t.Fatalf("%s: %v\n%#v became\n%#v", data, err, in, back)
		}
	}
}

func TestDirectFormOfReaders(t *testing.T) {
	codec := compileIn[wholeReader](t)
	data, err := codec.AppendJSON(nil, wholeReader{bytes.NewReader([]byte{0xff})})
	if err != nil || string(data) != `{"body":"/w=="}` {
		t.Fatalf("appended %s, %v", data, err)
	}
	in, err := bindDirect[wholeReader](t, string(data))
	wantTold(t, err)
	if got, err := io.ReadAll(in.B); err != nil || string(got) != "\xff" {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestDirectFormNames(t *testing.T) {
	type in struct {
		A string     `header:"x-a"`
		B string     `cookie:"b" json:"-"`
		C netip.Addr `query:"c" json:"addr"`
		D string     `query:"-"`
		E string     `body:"" json:"text"`
	}
	data, err := compileIn[in](t).AppendJSON(nil, &in{"a", "b", netip.MustParseAddr("::1"), "d", "e"})
	const want = `{"X-A":"a","b":"b","addr":"::1","-":"d","text":"e"}`
	if err != nil || string(data) != want {
		t.Errorf("appended %s, %v, want %s", data, err, want)
	}
}

func TestAppendJSONErrors(t *testing.T) {
	if data, err := compileIn[note](t).AppendJSON([]byte("x"), &note{Text: "\xff"}); err == nil || string(data) != "x" {
		t.Errorf("text that JSON cannot carry: %q, %v", data, err)
	}
	if _, err := compileIn[wholeReader](t).AppendJSON(nil, wholeReader{failing{}}); err == nil {
		t.Error("a reader that fails")
	}
}

// FuzzBindJSON: no data panics, and what is accepted comes back the same.
func FuzzBindJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `null`, ``, `{"id":"a","n":-1,"numbers":[1],"X-Wait":"1s","raw":"AA=="}`,
		`{"flag":true,"lines":[{"sku":"a"}],"meta":{"k":{}},"pointer":{},"inner":{"wait":"1h","b":null}}`, `{"id":1,"zz":[{}]}`, `[`} {
		f.Add([]byte(seed))
	}
	codec := compileIn[everything](f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var in, back everything
		if err := codec.BindJSON(t.Context(), &in, data, binding.Limits{}, nil); err != nil {
			if told(err) == "" {
				t.Fatal("an error without violations")
			}
			return
		}
		again, err := codec.AppendJSON(nil, &in)
		if err != nil {
			t.Fatal(err)
		}
		if err := codec.BindJSON(t.Context(), &back, again, binding.Limits{}, nil); err != nil || !reflect.DeepEqual(in, back) {
			t.Fatalf("%s became %s: %v\n%+v\n%+v", data, again, err, in, back)
		}
	})
}
