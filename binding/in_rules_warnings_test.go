package binding_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/binding"
)

func TestRequiredOnWhatCanBeZeroIsToldOf(t *testing.T) {
	type inner struct {
		Active bool `json:"active" validate:"required"`
	}
	type in struct {
		Page    int              `query:"page" validate:"required"`
		Rate    float64          `json:"rate" validate:"required,gte=0,lte=1"`
		Wait    time.Duration    `json:"wait" validate:"max=1s,required"`
		Flags   []bool           `json:"flags" validate:"required,dive,required"`
		Counts  map[string]uint8 `json:"counts" validate:"dive,keys,min=1,endkeys,required,oneof=0 1"`
		Parts   []inner          `json:"parts" validate:"dive"`
		Limit   int              `json:"limit" validate:"required,min=1"`
		Size    int              `json:"size" validate:"required,oneof=1 2"`
		Off     int              `json:"off" validate:"required,ne=0"`
		Terms   bool             `json:"terms" validate:"required,eq=true"`
		Pointer *bool            `json:"pointer" validate:"required"`
		Name    string           `json:"name" validate:"required"`
		Rule    int              `json:"rule" validate:"required,even"`
		Not     bool             `json:"not" validate:"omitempty,required"`
		Own     int              `json:"-" validate:"required"`
	}
	even := binding.Rule{Name: "even", Valid: func(context.Context, reflect.Value, string) bool { panic("it is not asked") }}
	var fields []string
	for _, p := range compileIn[in](t).RuleWarnings(rules(t, even)) {
		fields = append(fields, p.Field)
		if !strings.Contains(p.Message, "to ask for presence take *") {
			t.Errorf("%v names no way out", p)
		}
	}
	if got, want := strings.Join(fields, " "), "in.Page in.Rate in.Wait in.Flags in.Counts inner.Active"; got != want {
		t.Errorf("told of %s, want %s", got, want)
	}
	if told := compileIn[in](t).RuleWarnings(lenient{}); told != nil {
		t.Errorf("of rules that are not known: %v", told)
	}
}
