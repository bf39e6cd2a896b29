package binding_test

import (
	"context"
	"fmt"
	"net/netip"
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

// short prints keys alike that are not the same, as a String method may.
type short string

func (s short) String() string { return string(s[:1]) }

type grade int

func (grade) String() string { return "unknown" }

// amount has a rule and a Validate method.
type amount struct {
	Cents int `json:"cents" validate:"min=0"`
}

func (a amount) Validate(context.Context) error {
	if a.Cents == 13 {
		return binding.Violate("cents", "lucky", "must be lucky")
	}
	return nil
}

// TestKeysThatPrintAlikeAreAllJudged asks often: which of two such values was looked
// at was a matter of chance.
func TestKeysThatPrintAlikeAreAllJudged(t *testing.T) {
	type field struct {
		M map[grade]amount `json:"m" validate:"dive"`
	}
	t.Run("rules of a whole body", func(t *testing.T) {
		wantOrder[map[short]amount](t, `{"a1":{"cents":-5},"a2":{"cents":1},"a3":{"cents":-5}}`, "body.a1.cents body.a3.cents")
	})
	t.Run("Validate methods of a whole body", func(t *testing.T) {
		wantOrder[map[short]amount](t, `{"a1":{"cents":13},"a2":{"cents":1},"a3":{"cents":13}}`, "body.a1.cents body.a3.cents")
	})
	t.Run("numbers", func(t *testing.T) {
		wantOrder[field](t, `{"m":{"100":{"cents":13},"101":{"cents":1}}}`, "body.m.100.cents")
	})
	t.Run("keys that are text by themselves", func(t *testing.T) {
		wantOrder[map[netip.Addr]amount](t, `{"10.0.0.1":{"cents":13},"10.0.0.2":{"cents":1}}`, "body.10.0.0.1.cents")
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
