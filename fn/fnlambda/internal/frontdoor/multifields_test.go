package frontdoor

import (
	"slices"
	"strings"
	"testing"
)

// The index knows of every name what a look-up finds.
func TestTheIndexOfTheHeadersIsTheLookUp(t *testing.T) {
	for _, text := range []string{
		`{"requestContext":{"http":{"method":"GET"}},"version":"2.0","rawPath":"/","headers":{"a":"1","B":"2","a":"3","A":"4","c":null},"cookies":["x=1","y=2"]}`,
		`{"requestContext":{"http":{"method":"GET"}},"version":"2.0","rawPath":"/","headers":{"cookie":"z","COOKIE":"w","\u0061":"1","A":"2"},"cookies":["x=1"]}`,
		`{"requestContext":{},"resource":"/","path":"/","httpMethod":"GET","headers":{"a":"1","b":"2","C":"3"},"multiValueHeaders":{"A":["4","5"],"B":[],"d":[null],"D":["6"]}}`,
		`{"requestContext":{},"resource":"/","path":"/","httpMethod":"GET","headers":{"k":"1","\u212a":"2","ſ":"3","S":"4","Σ":"5","ς":"6"},"multiValueHeaders":{"K":null,"s":["7"],"":["8"]}}`,
		`{"requestContext":{"elb":{}},"path":"/","httpMethod":"GET","headers":null}`,
	} {
		e := &Event{Request: &Request{}}
		if !e.Read(text) || e.Format == Unknown {
			t.Fatalf("%s is no event", text)
		}
		names, valuesOf := e.HeaderIndex()
		for _, name := range append(names, "a", "A", "b", "B", "c", "C", "d", "D", "k", "K", "\u212a", "s", "S", "σ", "Cookie", "COOKIE", "", "x") {
			if got, want := valuesOf(name), e.HeaderValues(name); !slices.Equal(got, want) {
				t.Errorf("%s: %q is %q by the index, %q by the look-up", text, name, got, want)
			}
		}
		for _, name := range names {
			if len(e.HeaderValues(name)) == 0 {
				t.Errorf("%s: %q is listed without a value", text, name)
			}
		}
	}
}

// That a name is the same text once it is folded is what strings.EqualFold says.
func FuzzFolded(f *testing.F) {
	for _, name := range []string{"a", "K\u212a", "ſs", "Σσς", "\xff", "\ufffd", "İi", "ß"} {
		f.Add(name, strings.ToUpper(name))
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, want := folded(a) == folded(b), strings.EqualFold(a, b); got != want {
			t.Errorf("%q and %q: the same %v folded, %v by EqualFold", a, b, got, want)
		}
	})
}
