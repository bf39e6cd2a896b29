package frontdoor

import (
	"strings"
	"testing"
)

// An event may have a member again and again.
func TestAMapThatComesAgainAndAgainIsNotCopied(t *testing.T) {
	text := `{"headers":{"a":"b"}` + strings.Repeat(`,"headers":{"a":"b"}`, 5000) + `}`
	got := testing.AllocsPerRun(10, func() {
		e := &Event{Request: &Request{}}
		if !e.Read(text) || len(e.header.single.positions) != 5001 {
			t.Fatal("not read as it is")
		}
	})
	if got > 100 {
		t.Errorf("reading it made %v allocations, want those of a list that grows", got)
	}
}
