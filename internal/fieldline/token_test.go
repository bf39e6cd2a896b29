package fieldline

import "testing"

func TestIsToken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"X-Request-Id": true, "a": true, "!#$%&'*+-.^_`|~09azAZ": true,
		"": false, "a b": false, " a": false, "a\t": false, "a:": false, "Trailer:X": false, "a\x00": false, "a\x7f": false, "ä": false, "(a)": false, "a\r\nB": false,
	} {
		if got := IsToken(text); got != want {
			t.Errorf("IsToken(%q) = %v, want %v", text, got, want)
		}
	}
}
