package frontdoor

import (
	"strings"
	"testing"
)

func TestTextsThatCannotBeARequestAreNotRead(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "{}": false, `{"id":7}`: false, `["requestContext"]`: true, `{"a":"requestContext"}`: true, `{"a":{"requestContext":{}}}`: true,
		`{"Context":1}`: false, `{"aContext":1,"requestContext":2}`: true, `{"requestContext`: false, `{"requestcontext":{}}`: false,
		`{"version":7}`: true, `{"body":`: true, ` {"version":7}`: false,
	} {
		if got := MayBeEvent(text); got != want {
			t.Errorf("%s may be a request: %v, want %v", text, got, want)
		}
	}
}

func FuzzContextIsFoundWhereItIs(f *testing.F) {
	for _, text := range []string{"", `"requestContext"`, `"requestContex"requestContext"`, `Context"requestContext"`, `Context"Context"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := HasContext(text), strings.Contains(text, `"requestContext"`); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}
