package binding_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
)

type counted struct {
	N int `json:"n" validate:"min=1"`
}

type refused struct{}

// Validate finds fault with all of them.
func (refused) Validate(context.Context) error { return binding.Violate("", "refused", "is refused") }

// TestViolationsInMapsHaveAnOrder asks often, since Go visits the keys of a map
// in another order each time.
func TestViolationsInMapsHaveAnOrder(t *testing.T) {
	type field struct {
		First int                `json:"first" validate:"min=1"`
		Map   map[string]counted `json:"map" validate:"dive"`
		Last  int                `json:"last" validate:"min=1"`
	}
	const keys = `{"c":{},"a":{},"b":{},"d":{}}`
	t.Run("of a field", func(t *testing.T) {
		wantOrder[field](t, `{"map":`+keys+`}`, "body.first body.map.a.n body.map.b.n body.map.c.n body.map.d.n body.last")
	})
	t.Run("of a whole body", func(t *testing.T) {
		wantOrder[map[string]counted](t, keys, "body.a.n body.b.n body.c.n body.d.n")
	})
	t.Run("of Validate methods", func(t *testing.T) {
		wantOrder[map[string]refused](t, keys, "body.a body.b body.c body.d")
	})
}

func wantOrder[In any](t *testing.T, body, want string) {
	t.Helper()
	for range 20 {
		var dst In
		err := compileIn[In](t).Bind(t.Context(), &dst, withJSON(body), binding.Limits{}, rules(t))
		var got []string
		if e, ok := err.(*binding.Error); ok {
			for _, v := range e.Violations {
				got = append(got, v.Location)
			}
		}
		if strings.Join(got, " ") != want {
			t.Fatalf("got %s, want %s (%v)", fmt.Sprint(got), want, err)
		}
	}
}
