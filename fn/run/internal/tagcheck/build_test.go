package tagcheck

import (
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestTheTagOfAGroupWithoutOnlySelectsNothing(t *testing.T) {
	functions := []fn.Function{fn.Raw("books.find", nil), fn.Raw("books.list", nil), fn.Raw("loans.next", nil)}
	const said = "this program was built with -tags netgo,books and has every group all the same: a group's tag selects only together with the tag only; build it with -tags only,books for less"
	tests := map[string]struct {
		tags []string
		want string
	}{
		"no tag":           {nil, ""},
		"another tag":      {[]string{"netgo"}, ""},
		"a group":          {[]string{"netgo", "books"}, said},
		"a group and only": {[]string{"only", "books"}, ""},
	}
	for name, test := range tests {
		if got := (Build{Tags: test.tags}).SelectsNothing(functions); got != test.want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
