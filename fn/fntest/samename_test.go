package fntest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// putInput takes a name from two places. In the direct form, where the whole In is
// one object, the json tag beside the path tag gives it another one.
type putInput struct {
	PathID string `path:"id" json:"path_id" validate:"max=5"`
	ID     string `json:"id"                validate:"max=5"`
}

// TestTwoPlacesMayHaveOneName over HTTP, whatever they are called in direct invokes.
func TestTwoPlacesMayHaveOneName(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("things.put", func(_ context.Context, in putInput) (string, error) {
		return in.PathID + " " + in.ID, nil
	}, fn.Route("PUT /things/{id}")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if got := c.Do(fntest.Put("/things/a").JSON(map[string]string{"id": "b"})); string(got.Body) != "a b" {
			t.Errorf("HTTP: got %v", got)
		}
		if got := c.Do(fntest.Put("/things/a").JSON(map[string]string{"path_id": "x", "id": "b"})); got.Status != 400 {
			t.Errorf("HTTP, the name of the direct form in the body: got %v, want 400", got)
		}
		for target, id := range map[string]string{"/things/abcdef": "b", "/things/a": "abcdef"} {
			got := c.Do(fntest.Put(target).JSON(map[string]string{"id": id}))
			if p := got.Problem(); p == nil || len(p.Violations) != 1 || p.Violations[0].Location != map[string]string{"b": "path.id", "abcdef": "body.id"}[id] {
				t.Errorf("HTTP: got %v", got)
			}
		}
		if got, err := c.InvokeJSON("things.put", map[string]string{"path_id": "a", "id": "b"}); fmt.Sprint(string(got), err) != `"a b"<nil>` {
			t.Errorf("direct: got %s, %v", got, err)
		}
	})
}
