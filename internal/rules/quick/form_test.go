package quick_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/internal/rules/quick"
)

var formRules = []string{"alpha", "alphanum", "numeric", "number", "uuid", "uuid4", "email", "url", "http_url"}

// formed holds the answer of every rule about the form of a text to validator's.
func formed(t *testing.T, v *validator.Validate, text string) (valid int) {
	t.Helper()
	for _, rule := range formRules {
		typ := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[string](), Tag: reflect.StructTag(`validate:"` + rule + `"`)}})
		value := reflect.New(typ).Elem()
		value.Field(0).SetString(text)
		got, want := quick.Compile(typ, words).Valid(value), v.Var(text, rule) == nil
		if got != want {
			t.Errorf("%q is %t for the rule %s, and validator says %t", text, got, rule, want)
		}
		if want {
			valid++
		}
	}
	return valid
}

// Texts are put together of what the rules look at.
func TestFormsAreThoseOfValidator(t *testing.T) {
	v := validator.New()
	pieces := []string{"@", "@", ".", ".", "a", "B", "example.com", "a.b", "1", "-", "~", "_", "+", "!", `"`, `\`, " ", "\t", "\r\n", "\n", "\x00", "\x7f", "\x80", "é", "日", "\ufffe", "\uf8ff", "/", "//", "://", "http", "https:",
		"HTTP://", "file:", "mailto:", "#", "?", ":", "[::1]", "[", ":80", "%41", "%zz", "<", ">", "(x)", ",", ";", "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "=?utf-8?q?a?="}
	draw := rand.New(rand.NewPCG(1, 2))
	valid := 0
	for range 5_000 {
		var text strings.Builder
		for range 1 + draw.IntN(7) {
			text.WriteString(pieces[draw.IntN(len(pieces))])
		}
		valid += formed(t, v, text.String())
		valid += formed(t, v, "a"+text.String()+"@b.c")
		valid += formed(t, v, `"`+text.String()+`"@b.c`)
		valid += formed(t, v, "a@b"+text.String()+"c")
	}
	if valid < 1500 {
		t.Errorf("only %d texts were valid: the test looks past them", valid)
	}
}

func FuzzForms(f *testing.F) {
	for _, seed := range []string{"", "a@b.c", `"a b"@c.de`, "http://é.example/?a#b", "file:///a", "+1.5", "6BA7B810-9dad-41d1-80b4-00c04fd430c8"} {
		f.Add(seed)
	}
	v := validator.New()
	f.Fuzz(func(t *testing.T, text string) { formed(t, v, text) })
}
