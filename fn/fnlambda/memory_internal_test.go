package fnlambda

import (
	"strings"
	"testing"
)

// An event may have a member again and again.
func TestAMapThatComesAgainAndAgainIsNotCopied(t *testing.T) {
	text := `{"headers":{"a":"b"}` + strings.Repeat(`,"headers":{"a":"b"}`, 5000) + `}`
	got := testing.AllocsPerRun(10, func() {
		e := &event{origin: &origin{}}
		if !e.read(text) || len(e.header.single.spots) != 5001 {
			t.Fatal("not read as it is")
		}
	})
	if got > 100 {
		t.Errorf("reading it made %v allocations, want those of a list that grows", got)
	}
}
