package shape_test

import (
	"encoding/json"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn/internal/shape"
	"github.com/anygrain/anygrain/internal/model"
)

type omitted struct {
	Name string `json:"name,omitempty"`
}

type written struct {
	omitted
	Total int `json:"total"`
}

type ported struct {
	Total  int              `json:"total,omitempty"`
	More   bool             `json:"more,omitempty"`
	Rate   *float64         `json:"rate,omitempty"`
	At     time.Time        `json:"at,omitempty"`
	Wait   time.Duration    `json:",omitempty"`
	Number json.Number      `json:"number,omitempty"`
	Empty  omitted          `json:"empty,omitempty"`
	Full   written          `json:"full,omitempty"`
	Addr   netip.Addr       `json:"addr,omitempty"`
	Text   string           `json:"text,omitempty"`
	List   []int            `json:"list,omitempty"`
	Triple [3]int           `json:"triple,omitempty"`
	Zero   uint8            `json:"zero,omitzero"`
	Both   uint8            `json:"both,omitempty,omitzero"`
	Any    any              `json:"any,omitempty"`
	Left   int              `json:"-"`
	Dash   int              `json:"'-',omitempty"`
	Inner  []map[string]any `json:"inner,omitempty"`
	Deep   map[string][]*struct {
		Ratio float32 `json:"ratio,omitempty"`
	} `json:"deep"`
	Self *ported `json:"self,omitempty"`
}

func TestOmitemptyInVain(t *testing.T) {
	m, _ := model.Output(reflect.TypeFor[[]ported]())
	found := shape.Omissions(m)
	want := []string{"ported.Total", "ported.More", "ported.At", "ported.Wait", "ported.Number", "ported.Full", "ported.Triple", "ported.Dash", "ported.Deep.Ratio"}
	if len(found) != len(want) {
		t.Fatalf("told %q", found)
	}
	for i, field := range want {
		if found[i].Field != field || !strings.HasPrefix(found[i].Message, `has json:",omitempty", which never leaves out a `) || !strings.HasSuffix(found[i].Message, "write omitzero to leave out its zero") {
			t.Errorf("told %s, want of %s", found[i], field)
		}
	}
}
