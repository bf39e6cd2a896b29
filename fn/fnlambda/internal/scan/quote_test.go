package scan

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

func FuzzQuoteIsThatOfJSONText(f *testing.F) {
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(compareQuote)
}

func TestQuoteIsThatOfJSONText(t *testing.T) {
	for _, text := range texts {
		compareQuote(t, []byte(text))
	}
	for c := range 256 {
		for before := range 9 {
			for _, after := range []int{0, 1, 7, 8, 9} {
				compareQuote(t, []byte(strings.Repeat("a", before)+string([]byte{byte(c)})+strings.Repeat("b", after)))
			}
		}
		compareQuote(t, []byte(strings.Repeat(string([]byte{byte(c)}), 99)))
	}
}

func compareQuote(t *testing.T, text []byte) {
	t.Helper()
	want, err := jsontext.AppendQuote([]byte("before "), text) // the error says that it is not UTF-8
	if got, valid := AppendQuote([]byte("before "), text); string(got) != string(want) || valid != (err == nil) {
		t.Fatalf("%q is quoted as %s, valid is %v; want %s, %v", text, got, valid, want, err)
	}
	if got := AppendQuoteString([]byte("before "), string(text)); string(got) != string(want) {
		t.Fatalf("the string %q is quoted as %s, want %s", text, got, want)
	}
}
