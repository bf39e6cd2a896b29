package binding_test

import (
	"encoding/json"
	"errors"
	"math"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

// level is a type with text of its own, by pointer for reading.
type level int

func (l *level) UnmarshalText(text []byte) error {
	if string(text) != "high" {
		return errors.New("no such level: " + string(text))
	}
	*l = 9
	return nil
}

func (l level) MarshalText() ([]byte, error) {
	if l == 9 {
		return []byte("high"), nil
	}
	return nil, errors.New("no text")
}

type (
	name  string
	count uint8
)

// one is an In of one query parameter.
type one[T any] struct {
	V T `query:"v"`
}

// textCase is a query string and what it is bound to, or the violation.
type textCase struct {
	name string
	run  func(t *testing.T)
}

func reads[T any](name, query string, want T) textCase {
	return textCase{name, func(t *testing.T) {
		in, err := bind[one[T]](t, withQuery(query))
		wantTold(t, err)
		if !reflect.DeepEqual(in.V, want) {
			t.Errorf("bound %#v, want %#v", in.V, want)
		}
	}}
}

func refuses[T any](name, query string, want ...string) textCase {
	return textCase{name, func(t *testing.T) {
		_, err := bind[one[T]](t, withQuery(query))
		wantTold(t, err, append([]string{"malformed"}, want...)...)
	}}
}

func TestScalars(t *testing.T) {
	noon := time.Date(2026, 1, 2, 12, 0, 0, 500, time.UTC)
	cases := []textCase{
		reads("string", "v=a", "a"),
		reads("empty string is there", "v=", new("")),
		reads("absent string", "w=a", ""),
		reads("absent pointer", "w=a", (*string)(nil)),
		reads("named string", "v=a", name("a")),
		reads("true", "v=true", true),
		reads("one is true", "v=1", true),
		reads("zero is false", "v=0", new(false)),
		reads("a checked box", "v=on", true),
		reads("empty bool is absent", "v=", false),
		reads("empty pointer to a bool is absent", "v", (*bool)(nil)),
		reads("empty number is absent", "v=", 0),
		reads("empty number before another", "v=&v=7", 7),
		reads("empty text of a type is absent", "v=", (*level)(nil)),
		reads("empty elements of a list do not count", "v=&v=1&v", []int{1}),
		reads("empty list of numbers is absent", "v=", []int(nil)),
		reads("empty time is absent", "v=", (*time.Time)(nil)),
		reads("pointer to empty text", "v=", new("")),
		reads("number with its digits", "v=1.50", json.Number("1.50")),
		reads("smallest int8", "v=-128", int8(-128)),
		reads("int16", "v=-32768", int16(math.MinInt16)),
		reads("int32", "v=2147483647", int32(math.MaxInt32)),
		reads("largest int64", "v=9223372036854775807", int64(math.MaxInt64)),
		reads("leading zeros", "v=007", 7),
		reads("escaped plus sign", "v=%2B7", 7),
		reads("named uint8", "v=255", count(255)),
		reads("uint16", "v=65535", uint16(math.MaxUint16)),
		reads("uint32", "v=4294967295", uint32(math.MaxUint32)),
		reads("largest uint64", "v=18446744073709551615", uint64(math.MaxUint64)),
		reads("float32", "v=1.5", float32(1.5)),
		reads("float64 with exponent", "v=-1.5e-3", -0.0015),
		reads("time", "v=2026-01-02T12:00:00.0000005Z", noon),
		reads("pointer to time", "v=2026-01-02T12:00:00.0000005Z", &noon),
		reads("duration", "v=1m30s", 90*time.Second),
		reads("bytes are raw", "v=%ff%00", []byte{0xff, 0}),
		reads("empty bytes are there", "v=", []byte{}),
		reads("lists of bytes", "v=a&v=b", [][]byte{[]byte("a"), []byte("b")}),
		reads("text by pointer receiver", "v=high", level(9)),
		reads("pointer to text", "v=high", new(level(9))),
		reads("list of text", "v=high&v=high", []level{9, 9}),
		reads("text of another package", "v=::1", netip.MustParseAddr("::1")),
		reads("list", "v=2&w=9&v=1", []int{2, 1}),
		reads("list of named", "v=a&v=b", []name{"a", "b"}),
		reads("commas do not split", "v=a,b", []string{"a,b"}),
		reads("list of an empty value", "v=", []string{""}),
		reads("absent list is nil", "", []string(nil)),
	}
	for _, c := range append(cases, refusedScalars()...) {
		t.Run(c.name, c.run)
	}
}

func refusedScalars() []textCase {
	return []textCase{
		refuses[string]("string that is no UTF-8", "v=%ff", "query.v type: must be text in UTF-8"),
		refuses[bool]("bool of another word", "v=yes", "query.v type: must be true or false"),
		refuses[int]("number with a space", "v=+7", "query.v type: must be an integer"),
		refuses[int]("hexadecimal number", "v=0x10", "query.v type: must be an integer"),
		refuses[int8]("int8 too small", "v=-129", "query.v type: must be an integer between -128 and 127"),
		refuses[int32]("int32 too large", "v=2147483648", "query.v type: must be an integer between -2147483648 and 2147483647"),
		refuses[count]("uint8 too large", "v=256", "query.v type: must be an integer between 0 and 255"),
		refuses[uint64]("negative uint", "v=-1", "query.v type: must be an integer of at least 0"),
		refuses[float64]("infinity", "v=Inf", "query.v type: must be a number"),
		refuses[float64]("not a number", "v=NaN", "query.v type: must be a number"),
		refuses[float64]("hexadecimal float", "v=0x1p3", "query.v type: must be a number"),
		refuses[float32]("float32 too large", "v=1e39", "query.v type: must be a number between -3.4028235e+38 and 3.4028235e+38"),
		refuses[float64]("float64 too large", "v=-1e400", "query.v type: must be a number between -1.7976931348623157e+308 and 1.7976931348623157e+308"),
		refuses[int64]("int64 too large", "v=9223372036854775808", "query.v type: must be an integer between -9223372036854775808 and 9223372036854775807"),
		refuses[[]int]("int too small in a list", "v=1&v=-9223372036854775809", "query.v[1] type: must be an integer between -9223372036854775808 and 9223372036854775807"),
		refuses[*uint64]("uint64 too large", "v=18446744073709551616", "query.v type: must be an integer between 0 and 18446744073709551615"),
		refuses[json.Number]("no number", "v=secret", "query.v type: must be a number"),
		refuses[json.Number]("number with a space", "v=1%20", "query.v type: must be a number"),
		refuses[bool]("on in capitals", "v=ON", "query.v type: must be true or false"),
		refuses[netip.Addr]("text that is no UTF-8", "v=%ff", "query.v type: must be a valid Addr"),
		refuses[time.Duration]("duration without unit", "v=5", "query.v type: must be a duration such as 1m30s"),
		refuses[level]("text that the type refuses", "v=secret", "query.v type: must be a valid level"),
		refuses[int]("twice", "v=1&v=2&v=3", "query.v duplicate: must be given once"),
		refuses[string]("twice with another escape", "v=1&%76=2", "query.v duplicate: must be given once"),
		refuses[[]int]("elements of a list", "v=x&v=2&v=y", "query.v[0] type: must be an integer", "query.v[2] type: must be an integer"),
	}
}

func TestViolationsAreBounded(t *testing.T) {
	query := "v=x"
	for range 1000 {
		query += "&v=x"
	}
	_, err := bind[one[[]int]](t, withQuery(query))
	e, ok := errors.AsType[*binding.Error](err)
	if !ok || len(e.Violations) != 100 {
		t.Fatalf("want 100 violations, got %v", err)
	}
}
