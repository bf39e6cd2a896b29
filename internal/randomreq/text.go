package randomreq

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/anygrain/anygrain/internal/dice"
)

// words are good texts: those that need care on some way to a function.
var words = []string{"a", "tea", "two words", "Grüße", "日本", "a,b", "a/b", "100%", "x=y&z", "a+b", "q?", "\"quoted\"", "semi;colon", "😀", "a#b", ".", "..", "live"}

// oddities are texts that some reader takes for something else.
var oddities = []string{
	"", " ", "\x00", "%", "%zz", "\xff", "\xc3", "null", "0", "-1", "-0", "1e999", "NaN", "on", "2024-02-29", "2024-08-18t00:00:00z", "2024-08-18T00:00:00,5Z", "Sun, 06 Nov 1994 08:49:37 GMT", `{"a":"b"}`, "0x10", "9223372036854775808", "18446744073709551616",
	"true", "TRUE", "1_000", "../..", "{id}", "+", "\u2028", "\ufeff", "=", "&", ";", ",", "\"", "'", "\\", "[]", "{}", "1h", "1", "1.5", "2026-01-02T03:04:05Z", "2026-13-01T00:00:00Z",
	"0001-01-01T00:00:00Z", "2026-01-02T03:04:05.123456789+23:59", "<script>", "\t", "a\nb", "a\r\nb", "é", "é", "\U0010ffff",
}

// patterns are texts for rules that want more than a length.
var patterns = []struct {
	rule  string
	texts []string
}{
	{"email", []string{"ada@example.com", "a+b@example.org"}},
	{"uuid4", []string{"5b1c9c76-5f5a-4f7c-8f5e-0a6d1a3b9c2d"}},
	{"uuid", []string{"5b1c9c76-5f5a-4f7c-8f5e-0a6d1a3b9c2d"}},
	{"alphanum", []string{"a1", "b2c3"}},
	{"alpha", []string{"abc", "Z"}},
	{"numeric", []string{"123", "-4"}},
	{"url", []string{"https://example.com/a?b=c"}},
	{"hexcolor", []string{"#fa0"}},
	{"ascii", []string{"plain", "~!"}},
	{"lowercase", []string{"abc", "xyz"}},
}

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// text returns a text that can be read as the type and keeps the rules, as far
// as they are known here.
func text(d dice.Dice, t reflect.Type, r *rules) string {
	if t.Kind() == reflect.Pointer {
		return text(d, t.Elem(), r)
	}
	if param := r.named["oneof"]; param != "" {
		return dice.Pick(d, strings.Fields(param)...)
	}
	for _, p := range patterns {
		if r.has(p.rule) {
			return dice.Pick(d, p.texts...)
		}
	}
	return plainText(d, t, r)
}

func plainText(d dice.Dice, t reflect.Type, r *rules) string {
	switch {
	case t == timeType && r.has("required"):
		return "2026-01-02T03:04:05.5Z"
	case t.Kind() == reflect.Bool && r.has("required"):
		return dice.Pick(d, "true", "1")
	case t == timeType:
		return dice.Pick(d, "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123456789Z", "1999-12-31T23:59:59+02:00", "0001-01-01T00:00:00Z")
	case t == durationType:
		return dice.Pick(d, "1m30s", "5s", "1h0m0.5s", "2ms", "-3s", "0s")
	case reflect.PointerTo(t).Implements(textType):
		return dice.Pick(d, "red", "green")
	}
	low, high := r.ofKind(t)
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return dice.Pick(d, "true", "false", "1", "0")
	case k >= reflect.Int && k <= reflect.Uintptr:
		return strconv.Itoa(number(d, low, high))
	case k == reflect.Float32 || k == reflect.Float64:
		return strconv.FormatFloat(min(float64(number(d, low, high))+dice.Pick(d, 0, 0.5, 0.1), high), 'g', -1, t.Bits())
	}
	return sized(d, r)
}

// number returns a number within the bounds, often one of the bounds.
func number(d dice.Dice, low, high float64) int {
	switch d.IntN(6) {
	case 0:
		return int(low)
	case 1:
		return int(high)
	}
	return d.Between(int(low), min(int(low)+50, int(high)))
}

// sized returns a text of a length that the rules take.
func sized(d dice.Dice, r *rules) string {
	low, high := r.bounds(0, 40)
	word := []rune(words[d.IntN(len(words))])
	for len(word) < int(low) {
		word = append(word, 'a'+rune(d.IntN(26)))
	}
	if len(word) > int(high) {
		word = word[:int(high)]
	}
	return string(word)
}

// odd returns a text that hardly anybody would send.
func odd(d dice.Dice) string {
	switch d.IntN(12) {
	case 0:
		return strings.Repeat("x", d.Between(30, 300))
	case 1:
		return fmt.Sprintf("%c%c", rune(d.IntN(0x250)), rune(d.IntN(0x3000)))
	case 2:
		return words[d.IntN(len(words))] + oddities[d.IntN(len(oddities))]
	}
	return oddities[d.IntN(len(oddities))]
}
