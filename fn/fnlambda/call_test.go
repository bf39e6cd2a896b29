package fnlambda_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnlambda"
)

// A call is answered in an envelope, errors too, by units of any grain. A
// payload that has a call and is for nobody here is no In of the only function.
func TestCalls(t *testing.T) {
	type in struct {
		Left int `json:"left" validate:"min=1"`
	}
	one := fn.New("deep.down", func(context.Context, in) (string, error) { return "here", nil })
	two := fn.New("deep.up", func(context.Context, in) (string, error) { return "there", nil })
	call := func(name, in string) string {
		return `{"function":"` + name + `","id":"r-1","call":{"v":1,"contract":"` + one.Version() + `","path":["a.b"]},"in":` + in + `}`
	}
	tests := map[string]struct {
		functions     []fn.Function
		payload, want string
	}{
		"a unit of one":                {[]fn.Function{one}, call("deep.down", `{"left":1}`), `"out":"here"`},
		"a unit of two":                {[]fn.Function{one, two}, call("deep.up", `{"left":1}`), `"out":"there"`},
		"an error":                     {[]fn.Function{one}, call("deep.down", `{"left":0}`), `"violations":[{"location":"body.left"`},
		"of another unit":              {[]fn.Function{one}, call("deep.up", `{"left":1}`), `"code":"unimplemented"`},
		"of another unit, unit of two": {[]fn.Function{one, two}, call("deep.side", `{"left":1}`), `"code":"unimplemented"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[fn.NoConfig]("deep")
			app.Add(test.functions...)
			h, err := fnlambda.New(t.Context(), app)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := h.Invoke(t.Context(), []byte(test.payload)); err != nil || !strings.Contains(string(got), test.want) {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
		})
	}
}
