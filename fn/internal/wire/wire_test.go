package wire_test

import (
	"encoding/json"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/wire"
)

func TestACallComesBack(t *testing.T) {
	c := wire.Call{Function: "orders.get", ID: "r-1", In: []byte(`{"a":1}`), Meta: wire.Meta{
		Version: wire.Version, Contract: "f00", TraceParent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Path: []string{"chat.reply", "front.page"},
	}}
	c.Meta.SetTimeout(1500 * time.Millisecond)
	data, err := c.Append([]byte("x"))
	if err != nil || data[0] != 'x' {
		t.Fatalf("%s %v", data, err)
	}
	got, err := wire.ParseCall(data[1:])
	if err != nil || !reflect.DeepEqual(*got, c) || got.Meta.Timeout != 1500 {
		t.Errorf("got %+v, %v", got, err)
	}
	c.Meta.SetTimeout(0)
	if c.Meta.Timeout != 1 {
		t.Error("no time left is taken for no deadline")
	}
}

func TestAnAnswerComesBack(t *testing.T) {
	answers := map[string]wire.Answer{
		"an Out": {Version: wire.Version, Contract: "f00", Out: []byte(`null`)},
		"an error": {Version: wire.Version, Contract: "f00", Error: &wire.Error{
			Code: "aborted", Status: 418, Message: "no", Violations: []binding.Violation{{Location: "path.id", Rule: "r", Message: "m"}},
			Details: map[string]any{"id": int64(9007199254740993), "half": 0.5, "large": 1e300, "list": []any{int64(1), "x", nil, true}},
			Header:  binding.Header{{Name: "Retry-After", Value: "3"}},
		}},
	}
	for name, a := range answers {
		data, err := a.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := wire.ParseAnswer(data); err != nil || !reflect.DeepEqual(*got, a) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestDetailsAreCopiedAsTheWireCarriesThem(t *testing.T) {
	type inner struct {
		N int `json:"n"`
	}
	got := wire.CopyDetails(map[string]any{"a": inner{1}, "b": []string{"x"}, "c": make(chan int), "d": uint8(2)})
	want := map[string]any{"a": map[string]any{"n": int64(1)}, "b": []any{"x"}, "d": int64(2)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
	if wire.CopyDetails(nil) != nil {
		t.Error("nothing is something")
	}
}

// A json.Number is a number with every Go version; to the JSON package it was text up to 1.26.
func TestANumberAmongDetailsIsANumber(t *testing.T) {
	type inner struct {
		N json.Number            `json:"n"`
		M map[json.Number]any    `json:"m"`
		P *json.Number           `json:"p"`
		L []any                  `json:"l"`
		O map[string]json.Number `json:"o"`
	}
	n := json.Number("12.50")
	for want, value := range map[string]any{
		"12.50": n, "0": json.Number(""), "12345678901234567890123": json.Number("12345678901234567890123"),
		`{"n":1,"m":{"2":3},"p":12.50,"l":[12.50],"o":{"a":-0}}`: inner{"1", map[json.Number]any{"2": json.Number("3")}, &n, []any{n}, map[string]json.Number{"a": "-0"}},
		`[12.50,{"a":12.50}]`: []any{&n, map[string]any{"a": n}},
	} {
		if got, ok := wire.AppendDetail(nil, value); !ok || string(got) != want {
			t.Errorf("%v: got %s and %v, want %s", value, got, ok, want)
		}
	}
	if got, ok := wire.AppendDetail(nil, json.Number("1,5")); ok {
		t.Errorf("no number: got %s", got)
	}
	got := wire.CopyDetails(map[string]any{"a": json.Number("7"), "b": json.Number("0.5"), "c": json.Number("x")})
	if want := map[string]any{"a": int64(7), "b": 0.5}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
}

func TestMissing(t *testing.T) {
	tests := map[string]struct{ written, read, want string }{
		"all there":         {`{"a":1,"b":{"c":2}}`, `{"a":0,"b":{"c":0}}`, ""},
		"more than is read": {`{"a":1,"x":2}`, `{"a":0}`, ""},
		"one is missing":    {`{"a":1}`, `{"a":0,"b":0}`, "/b"},
		"deeper":            {`{"a":[{"b":1},{}]}`, `{"a":[{"b":1},{"b":0}]}`, "/a/b"},
		"null is optional":  {`{}`, `{"a":null}`, ""},
		"not JSON":          {`{`, `{"a":1}`, ""},
		"null for a value":  {`{"a":null}`, `{"a":0}`, "/a"},
		"null for an array": {`{"a":null}`, `{"a":[]}`, "/a"},
		"null in an array":  {`[1,null]`, `[1,0]`, "/"},
		"null for all":      {`null`, `{"a":0}`, "/"},
	}
	for name, test := range tests {
		if got := wire.Missing([]byte(test.written), []byte(test.read)); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// A path is not put together for each of the members that are there.
func TestMissingIsLinear(t *testing.T) {
	name := strings.Repeat("x", 500)
	deep := func(depth int, end string) []byte {
		return []byte(strings.Repeat(`{"`+name+`":`, depth) + end + strings.Repeat("}", depth))
	}
	allocated := func(depth int) uint64 {
		value := deep(depth, "1")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if got := wire.Missing(value, value); got != "" {
			t.Errorf("got %s", got)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := allocated(100), allocated(1600); many > 32*few {
		t.Errorf("%d bytes at a depth of 100, %d at 1600", few, many)
	}
	if got := wire.Missing(deep(10, "{}"), deep(10, `{"a":1}`)); len(got) > 250 {
		t.Errorf("the path has %d bytes", len(got))
	}
}

// FuzzParseAnswer: whatever another unit answers, it is an answer or an error.
func FuzzParseAnswer(f *testing.F) {
	f.Add([]byte(`{"v":1,"contract":"x","out":{"a":[1,2.5e3,"x"]}}`))
	f.Add([]byte(`{"v":1,"error":{"code":"aborted","details":{"n":1e999,"m":-0}}}`))
	f.Add([]byte(strings.Repeat("[", 10001)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := wire.ParseAnswer(data)
		if err != nil {
			return
		}
		again, err := a.Append(nil)
		if err != nil {
			t.Fatalf("%+v cannot be written: %v", a, err)
		}
		if b, err := wire.ParseAnswer(again); err != nil || (b.Error == nil) != (a.Error == nil) {
			t.Errorf("%s does not come back: %v", again, err)
		}
	})
}

func TestTheIDOfACall(t *testing.T) {
	for id, want := range map[string]string{"r-1": "r-1", "": "", "\u00fc": "\u00fc", `a"b`: "", "a\nb": ""} {
		data, err := (&wire.Call{Function: "orders.get", ID: id, In: []byte(`{"id":"another"}`)}).Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := wire.ID(data); got != want {
			t.Errorf("%q: got %q from %s", id, got, data)
		}
	}
	for _, text := range []string{"", "{}", `{"function":"a.b`, `{"function":"a.b","id":"x`, `{"id":"x"}`} {
		if got := wire.ID([]byte(text)); got != "" {
			t.Errorf("%s: got %q", text, got)
		}
	}
}
