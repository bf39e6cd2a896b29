package grain_test

import (
	"context"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

func TestTheProofFollowsWhatIsDeclared(t *testing.T) {
	type in struct {
		ID string `path:"id" validate:"required"`
	}
	type looser struct {
		ID string `path:"id"`
	}
	type out struct {
		Name string `json:"name"`
	}
	type part struct {
		Count int `json:"count" validate:"min=1"`
	}
	type looserPart struct {
		Count int `json:"count"`
	}
	type nested struct {
		ID    string `path:"id" validate:"required"`
		Parts []part `json:"parts" validate:"dive"`
	}
	type nestedLooser struct {
		ID    string       `path:"id" validate:"required"`
		Parts []looserPart `json:"parts" validate:"dive"`
	}
	base := []fn.Function{fn.New("shop.get", answer[in, out], fn.Route("GET /things/{id}"))}
	again := []fn.Function{fn.New("shop.get", answer[in, out], fn.Route("GET /things/{id}"), fn.Doc("Gets a thing."))}
	if grain.Proof(base) != grain.Proof(again) || len(grain.Proof(base)) != 16 {
		t.Errorf("got %s and %s for the same declarations", grain.Proof(base), grain.Proof(again))
	}
	of := func(f fn.Function) string { return grain.Proof([]fn.Function{f}) }
	if of(fn.New("shop.put", answer[nested, out])) == of(fn.New("shop.put", answer[nestedLooser, out])) {
		t.Error("other rules of a type within: the proof is the same")
	}
	for what, other := range map[string][]fn.Function{
		"another name":   {fn.New("shop.find", answer[in, out], fn.Route("GET /things/{id}"))},
		"another route":  {fn.New("shop.get", answer[in, out], fn.Route("GET /parts/{id}"))},
		"another status": {fn.New("shop.get", answer[in, out], fn.Route("GET /things/{id}", fn.Status(202)))},
		"other rules":    {fn.New("shop.get", answer[looser, out], fn.Route("GET /things/{id}"))},
		"another Out":    {fn.New("shop.get", answer[in, struct{}], fn.Route("GET /things/{id}"))},
		"one more":       append(base[:1:1], fn.New("shop.list", answer[struct{}, out])),
		"none":           nil,
	} {
		if grain.Proof(other) == grain.Proof(base) {
			t.Errorf("%s: the proof is the same", what)
		}
	}
}

func answer[In, Out any](context.Context, In) (out Out, err error) { return out, nil }
