package jsonout

import (
	"strings"
	"testing"
)

func TestPlainFindsEachByteInEachPlace(t *testing.T) {
	t.Parallel()
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("a", length))
				text[at] = byte(c)
				want := c >= ' ' && c < 0x7f && c != '"' && c != '\\'
				if got := plain(string(text)); got != want {
					t.Fatalf("plain(%q) is %v, want %v", text, got, want)
				}
			}
		}
	}
}
