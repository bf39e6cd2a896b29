package scan

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// texts are valid and invalid at all places where a scanner can go wrong.
var texts = []string{
	``, ` `, `null`, `nul`, `nulL`, `true`, `false`, `truefalse`, "\t\r\n [ ]\n", "\v1", "\ufeff1",
	`0`, `-0`, `-`, `01`, `1.`, `1.5`, `.5`, `1e`, `1e+`, `1E-07`, `+1`, `1.e1`, `-12.50e+30`, `0x1`, `1_0`, `NaN`, `[1a]`, `[1.2.3]`,
	`""`, `"`, `"a`, `"\`, `"\"`, `"\"\\\/\b\f\n\r\t"`, `"\a"`, `"\'"`, `"\u00e9\u0041"`, `"\u12"`, `"\u12G4"`, `"\U0041"`, `"\u0000"`,
	`"\ud83d\ude00"`, `"\uD83D\uDE00"`, `"\ud83d"`, `"\ude00"`, `"\ud83d\ud83d"`, `"\ud83dx"`, `"\ud83d\n"`, `"\ud83d\u0041"`, `"\ud83d\ude0"`,
	"\"\x00\"", "\"a\nb\"", "\"\x1f\"", "\"\x7f\"", "\"é\u2028😀\ufffd\"", "\"\xff\"", "\"\xc3\"", "\"\xc3", "\"\xed\xa0\x80\"", "\"\xc0\xaf\"", "\"\xf4\x90\x80\x80\"",
	`"0123456"`, `"01234567"`, `"012345678"`, `"0123456\n"`, `"01234567\n89abcdef"`, `"0123456é"`, "\"0123456\x01\"", `"!!!!!!!!"`, `"#!#!#!#"`, `"[]][\\]["`,
	`[]`, `[`, `]`, `[,]`, `[1,]`, `[1,,2]`, `[1 2]`, `[1}`, `[1`, `[[],[[]],{}]`, `[1 , 2 ]`,
	`{}`, `{`, `}`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1]`, `{"a" 1}`, `{"a":1 "b":2}`, `{1:2}`, `{null:1}`, `{{}:1}`, `{"a":1`, `{"a":`,
	`{"a":1,"a":2}`, `{"\u0061":"\u0062","é":{"\n":[null,true,false,-1.5e3,"x"]}} trailing`, ` { "a" : [ { } , "b" ] } ] `,
}

func TestVerdictAndValuesAreThoseOfJSONText(t *testing.T) {
	for _, text := range texts {
		for _, around := range []string{"%s", "[%s]", `{"some name":%s}`, `[%s,"and what comes behind it"]`} {
			compare(t, fmt.Sprintf(around, text))
		}
	}
}

func FuzzVerdictAndValuesAreThoseOfJSONText(f *testing.F) {
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { compare(t, string(text)) })
}

// compare reads the text by both, and skips it by both.
func compare(t *testing.T, text string) {
	t.Helper()
	want, offset, err := slowTrace(text)
	s := New(text)
	var got strings.Builder
	trace(&got, &s)
	if s.Failed() != (err != nil) {
		t.Fatalf("%q: failed is %v, jsontext says %v", text, s.Failed(), err)
	}
	offset += len(text[offset:]) - len(strings.TrimLeft(text[offset:], " \t\r\n"))
	if err == nil && (got.String() != want || s.at != offset) {
		t.Fatalf("%q: read, up to %d\n%s\njsontext, up to %d\n%s", text, s.at, got.String(), offset, want)
	}
	s = New(text)
	s.Skip()
	if s.Failed() != (err != nil) || err == nil && s.at != offset {
		t.Fatalf("%q: skipped up to %d, failed is %v; jsontext says %d, %v", text, s.at, s.Failed(), offset, err)
	}
}

// trace writes what a scanner reads, every string in all the ways there are.
func trace(b *strings.Builder, s *Scanner) {
	switch kind := s.Kind(); kind {
	case '{':
		b.WriteByte(kind)
		for s.Open('{'); s.More('}'); {
			traceMember(b, s)
		}
		b.WriteByte('}')
	case '[':
		b.WriteByte(kind)
		for s.Open('['); s.More(']'); {
			trace(b, s)
		}
		b.WriteByte(']')
	case '"':
		traceString(b, s)
	default:
		b.WriteString(s.Value())
	}
	b.WriteByte(' ')
}

// traceMember reads a member in all ways that there are.
func traceMember(b *strings.Builder, s *Scanner) {
	again := *s
	name, passed := s.Member()
	if text := again.Name(); s.string(name) != text {
		b.WriteString("the readings of a name differ")
	}
	fmt.Fprintf(b, "%q:", s.string(name))
	value, end := PlainValue(again.text, again.at)
	list, before := again.Kind() == '[', b.Len()
	trace(b, &again)
	if !passed {
		*s = again
	}
	text := fmt.Sprintf("%q false false ", value)
	if list {
		text = "[" + text + "] "
	}
	if s.at != again.at || end > 0 && !s.Failed() && b.String()[before:] != text {
		b.WriteString("the readings of a member differ")
	}
}

func traceString(b *strings.Builder, s *Scanner) {
	again, third := *s, *s
	t := s.Text()
	text := again.String()
	plain, unescaped := third.Unescape(nil)
	if s.at != again.at || s.at != third.at || s.Failed() != again.Failed() || s.Failed() != third.Failed() || text != plain+string(unescaped) {
		fmt.Fprintf(b, "the readings of a string differ: %q, %q, %q", text, plain, unescaped)
	}
	fmt.Fprintf(b, "%q %v %v", text, t.Escaped, t.Wide)
}

// slowTrace is trace with jsontext, and where it ends.
func slowTrace(text string) (string, int, error) {
	d := jsontext.NewDecoder(strings.NewReader(text), jsontext.AllowDuplicateNames(true))
	value, err := d.ReadValue()
	if err != nil {
		return "", 0, err
	}
	var b strings.Builder
	if err := traceTokens(&b, jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true))); err != nil {
		return "", 0, err
	}
	return b.String(), int(d.InputOffset()), nil
}

func traceTokens(b *strings.Builder, d *jsontext.Decoder) error {
	for {
		value, end, err := token(d)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		b.WriteString(value)
		parent, n := d.StackIndex(d.StackDepth())
		if parent == '{' && n%2 == 1 && !end {
			b.WriteByte(':')
		} else if value != "{" && value != "[" {
			b.WriteByte(' ')
		}
	}
}

// token reads a token; end says that it is a closing bracket.
func token(d *jsontext.Decoder) (text string, end bool, err error) {
	switch kind := d.PeekKind(); kind {
	case '{', '[', '}', ']':
		_, err = d.ReadToken()
		return kind.String(), kind == '}' || kind == ']', err
	case '"':
		parent, n := d.StackIndex(d.StackDepth())
		raw, err := d.ReadValue()
		if err != nil {
			return "", false, err
		}
		text, err := jsontext.AppendUnquote(nil, raw)
		if parent == '{' && n%2 == 0 {
			return fmt.Sprintf("%q", text), false, err
		}
		wide := bytes.ContainsFunc(raw, func(r rune) bool { return r >= 0x80 })
		return fmt.Sprintf("%q %v %v", text, bytes.IndexByte(raw, '\\') >= 0, wide), false, err
	default:
		raw, err := d.ReadValue()
		return string(raw), false, err
	}
}

func TestBracketsAreAsDeepAsInJSONText(t *testing.T) {
	for _, depth := range []int{maxDepth - 1, maxDepth, maxDepth + 1} {
		compare(t, strings.Repeat("[", depth)+strings.Repeat("]", depth))
		compare(t, strings.Repeat(`{"a":`, depth)+"1"+strings.Repeat("}", depth))
	}
}

// At all places of a word, a byte of each kind.
func TestEveryByteAtEveryPlace(t *testing.T) {
	for c := range 256 {
		for before := range 17 {
			for _, after := range []int{0, 1, 7, 8, 9} {
				compare(t, `"`+strings.Repeat("a", before)+string([]byte{byte(c)})+strings.Repeat("b", after)+`"`)
			}
		}
	}
}

func TestAtBeginsAtAPlace(t *testing.T) {
	const text = `{"a":["b\n", 7]}`
	s := New(text)
	s.Open('{')
	s.More('}')
	name := s.Text()
	if text[name.From:name.To] != "a" {
		t.Errorf("the name is at %d to %d", name.From, name.To)
	}
	s = At(text, name.To+len(`":`))
	if !s.Open('[') || !s.More(']') || s.String() != "b\n" || !s.More(']') || s.Kind() != '7' || s.Failed() {
		t.Errorf("the scanner is %+v", s)
	}
}

func TestNothingIsReadBehindAnError(t *testing.T) {
	s := New(`{"a":tru,"b":"c"}`)
	s.Open('{')
	s.More('}')
	s.Name()
	s.Skip()
	if !s.Failed() || s.More('}') || s.Open('{') || s.String() != "" || s.Name() != "" || s.Kind() != 0 || s.Text() != (Text{}) {
		t.Errorf("the scanner is %+v", s)
	}
	if text, unescaped := s.Unescape(nil); text != "" || unescaped != nil {
		t.Errorf("Unescape gave %q, %q", text, unescaped)
	}
}
