package fn_test

import (
	"errors"
	"io"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// The text of an error is for logs: it has the cause, once.
func TestTheTextOfAnError(t *testing.T) {
	lost := errors.New("no rows")
	for name, c := range map[string]struct {
		err  *fn.Error
		want string
	}{
		"a message":                      {fn.Errorf(fn.NotFound, "no order"), "not_found: no order"},
		"no message":                     {fn.Errorf(fn.NotFound, ""), "not_found"},
		"a cause":                        {fn.Errorf(fn.NotFound, "no order").WithCause(lost), "not_found: no order: no rows"},
		"a cause that is a word of it":   {fn.Errorf(fn.NotFound, "no order").WithCause(errors.New("order")), "not_found: no order: order"},
		"another cause than in the text": {fn.Errorf(fn.NotFound, "no order: %w", io.EOF).WithCause(lost), "not_found: no order: EOF: no rows"},
		"a cause alone":                  {fn.Errorf(fn.NotFound, "").WithCause(lost), "not_found: no rows"},
		"a cause within the message":     {fn.Errorf(fn.NotFound, "no order: %w", lost), "not_found: no order: no rows"},
		"a cause that is the message":    {fn.Errorf(fn.NotFound, "%w", lost), "not_found: no rows"},
		"two causes within the message":  {fn.Errorf(fn.NotFound, "%w (%w)", lost, io.EOF), "not_found: no rows (EOF)"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestErrorfWrapsAllCauses(t *testing.T) {
	lost := errors.New("no rows")
	for name, err := range map[string]error{
		"one":                 fn.Errorf(fn.NotFound, "no order: %w", lost),
		"the second of two":   fn.Errorf(fn.NotFound, "%w: %w", io.EOF, lost),
		"the first of two":    fn.Errorf(fn.NotFound, "%w: %w", lost, io.EOF),
		"one in another's":    fn.Errorf(fn.NotFound, "%w", fn.Errorf(fn.Aborted, "%w", lost)),
		"one that came later": fn.Errorf(fn.NotFound, "%w", io.EOF).WithCause(lost),
	} {
		if !errors.Is(err, lost) {
			t.Errorf("%s: %v does not wrap its cause", name, err)
		}
	}
}
