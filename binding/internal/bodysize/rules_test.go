package bodysize_test

import (
	"testing"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
)

func TestMostElements(t *testing.T) {
	for tag, want := range map[string]int{
		"": 0, "required": 0, "min=3": 0, "max=3": 4, "lte=3": 4, "len=3": 4, "eq=3": 4, "lt=3": 3, "max=9,len=3": 4, "max=0x10": 17,
		"max=3,dive,max=1": 4, "dive,max=1": 0, "max=x": 0, "max=-2": 0,
	} {
		if got := bodysize.MostElements(tag); got != want {
			t.Errorf("with %q at most %d elements are stored, want %d", tag, got, want)
		}
	}
}
