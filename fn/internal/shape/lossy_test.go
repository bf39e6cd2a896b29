package shape_test

import (
	stdjson "encoding/json"
	"errors"
	"io"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/internal/shape"
)

// choosy refuses the text of its zero value.
type choosy string

func (c choosy) MarshalText() ([]byte, error) { return []byte(c), nil }
func (c *choosy) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return errors.New("is empty")
	}
	*c = choosy(text)
	return nil
}

// reading is written as the text that it is, and read in its own way.
type reading string

func (r *reading) UnmarshalText(text []byte) error {
	*r = reading(strings.ToLower(string(text)))
	return nil
}

// small is zero below ten.
type small int

func (s small) IsZero() bool { return s < 10 }

// source is bytes that are read.
type source []byte

func (s *source) Read([]byte) (int, error) { return 0, io.EOF }

type (
	words  []string
	Base   struct{ ID string }
	hiding struct {
		Base
		Other string `json:"ID"`
	}
	withName  struct{ text }
	withBase  struct{ Base }
	withWords struct{ words }
)

func TestLossy(t *testing.T) {
	tests := map[string]struct {
		value any
		why   string
	}{
		"text and numbers": {struct {
			A string
			B *float64
			C []byte
			D map[string][2]int
			E map[text]map[int8][]bool
		}{}, ""},
		"trusted types": {struct {
			A *time.Time
			B []time.Duration
			C netip.Addr
			D map[string]*big.Int
		}{}, ""},
		"omitzero": {struct {
			A int               `json:",omitzero"`
			B []string          `json:",omitzero"`
			C *float64          `json:",omitzero"`
			D struct{ X []int } `json:",omitzero"`
		}{}, ""},
		"numbers as text": {struct {
			A int `json:",string"`
		}{}, ""},
		"an embedded struct": {withBase{}, ""},

		"a type within itself":      {tree{}, "Children can hold itself, and a value that does has no end"},
		"a type twice":              {struct{ A, B struct{ X []withBase } }{}, ""},
		"an interface":              {struct{ A []struct{ B any } }{}, "A.B is an interface, whose type JSON does not tell"},
		"a number of encoding/json": {struct{ A []stdjson.Number }{}, "A is a json.Number, and of those the empty one is 0 in JSON"},
		"any by itself":             {map[string]any{}, " is an interface, whose type JSON does not tell"},
		"a reader": {struct {
			A io.Reader `body:""`
		}{}, "A is an interface, whose type JSON does not tell"},
		"another reader": {struct{ A source }{}, "A has a form of its own, which need not bring every value back"},
		"left out": {struct {
			A int `json:"-"`
		}{}, "A is left out of JSON"},
		"unexported": {struct{ a int }{}, "a is not exported"},
		"omitempty": {struct {
			A []int `json:"a,omitempty"`
		}{}, "A has omitempty, which takes what is empty for nil"},
		"an embedded pointer": {embedded{}, "tree is an embedded pointer, which JSON cannot tell from its fields"},
		"an embedded text":    {withName{""}, "text is not exported"},
		"an embedded list":    {withWords{words{}}, "words is not exported"},
		"an embedded map": {struct {
			A map[string]int `json:",embed"`
		}{}, "A has the option embed"},
		"a field that another one hides": {hiding{}, "Other has the name of another field, which hides it"},
		"a channel":                      {struct{ A chan int }{}, "A is a chan"},
		"a pointer to a list":            {struct{ A *[]string }{}, "A is a pointer to a slice, and null does not tell which of them is nil"},
		"a pointer to a map, in a list":  {struct{ A []*map[string]int }{}, "A is a pointer to a map, and null does not tell which of them is nil"},
		"a pointer to a pointer":         {struct{ A **int }{}, "A is a pointer to a ptr, and null does not tell which of them is nil"},
		"a text of its own":              {struct{ A choosy }{}, "A has a form of its own, which need not bring every value back"},
		"a pointer to a text of its own": {struct{ A *choosy }{}, "A has a form of its own, which need not bring every value back"},
		"read in a way of its own":       {struct{ A []reading }{}, "A has a form of its own, which need not bring every value back"},
		"raw JSON":                       {struct{ A jsontext.Value }{}, "A has a form of its own, which need not bring every value back"},
		"keys with a text of their own":  {struct{ A map[reading]int }{}, "A has keys whose text need not bring them back"},
		"keys that are times":            {struct{ A map[time.Time]int }{}, "A has keys whose text need not bring them back"},
		"keys that are durations":        {struct{ A map[time.Duration]int }{}, "A has keys whose text need not bring them back"},
		"keys that are bools":            {struct{ A map[bool]int }{}, "A has keys whose text need not bring them back"},
		"omitzero of a type that decides": {struct {
			A small `json:",omitzero"`
		}{}, "A has omitzero, which takes other values for zero"},
		"omitzero of a time": {struct {
			A *time.Time `json:",omitzero"`
		}{}, "A has omitzero, which takes other values for zero"},
		"omitzero of a float, which may be -0": {struct {
			A [2]struct{ X float32 } `json:",omitzero"`
		}{}, "A has omitzero, which takes other values for zero"},
	}
	for name, test := range tests {
		if got := shape.Lossy(modelOf(reflect.TypeOf(test.value))); got != test.why {
			t.Errorf("%s: got %q, want %q", name, got, test.why)
		}
	}
}

// trusted has the types whose own form Lossy trusts.
type trusted struct {
	Time     time.Time
	Times    []*time.Time
	Duration time.Duration
	Waits    map[string]*time.Duration
	Addr     netip.Addr
	Addrs    []*netip.Addr
	Int      big.Int
	Ints     []*big.Int
}

func TestTrustedForms(t *testing.T) {
	if why := shape.Lossy(modelOf(reflect.TypeFor[trusted]())); why != "" {
		t.Fatal(why)
	}
	times := []time.Time{{}, time.Unix(0, 1).UTC(), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.FixedZone("", -23*3600-59*60))}
	waits := []time.Duration{0, 1, -1, 1<<63 - 1, -1 << 63}
	addrs := []netip.Addr{{}, netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("::ffff:192.0.2.1"), netip.MustParseAddr("fe80::1%eth0"), netip.IPv6Unspecified()}
	ints := []*big.Int{{}, big.NewInt(-7), new(big.Int).Lsh(big.NewInt(1), 200)}
	values := []trusted{{}, {Times: []*time.Time{nil}, Waits: map[string]*time.Duration{"nil": nil}, Addrs: []*netip.Addr{nil}, Ints: []*big.Int{nil}}}
	for i := range 5 {
		v := trusted{Time: times[i%len(times)], Duration: waits[i], Addr: addrs[i], Ints: ints[:i%len(ints)]}
		v.Int.Set(ints[i%len(ints)])
		v.Times, v.Waits, v.Addrs = []*time.Time{&v.Time}, map[string]*time.Duration{"": &v.Duration}, []*netip.Addr{&v.Addr}
		values = append(values, v)
	}
	for _, want := range values {
		for name, got := range map[string]trusted{"In": throughIn(t, want), "Out": throughOut(t, want)} {
			if spell(t, got) != spell(t, want) || len(got.Ints) != len(want.Ints) {
				t.Errorf("%s: got %s, want %s", name, spell(t, got), spell(t, want))
			}
		}
	}
}

// spell tells apart what a trusted value can be: what is nil, and what is not.
func spell(t *testing.T, v trusted) string {
	t.Helper()
	text, err := json.Marshal([]any{
		v.Time, v.Times, v.Duration.String(), v.Waits == nil, len(v.Waits), v.Waits[""], v.Addr.String(), v.Addrs, v.Int.String(), v.Ints,
		v.Times == nil, v.Addrs == nil, v.Ints == nil,
	}, json.WithMarshalers(json.MarshalFunc(func(d time.Duration) ([]byte, error) { return json.Marshal(int64(d)) })))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func throughIn(t *testing.T, v trusted) (got trusted) {
	t.Helper()
	codec, problems := binding.CompileIn(reflect.TypeFor[trusted]())
	data, err := codec.AppendJSON(nil, &v)
	if err = errors.Join(err, codec.DecodeExact(&got, data, binding.Limits{})); err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	return got
}

func throughOut(t *testing.T, v trusted) (got trusted) {
	t.Helper()
	codec, problems := binding.CompileOut(reflect.TypeFor[trusted]())
	data, err := codec.AppendExact(nil, &v)
	if err = errors.Join(err, codec.DecodeJSON(&got, data)); err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	return got
}
