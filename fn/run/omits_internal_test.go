//go:build !lambda

package run

import (
	"encoding/json"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
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
	Dash   int              `json:"-,omitempty"`
	Inner  []map[string]any `json:"inner,omitempty"`
	Deep   map[string][]*struct {
		Ratio float32 `json:"ratio,omitempty"`
	} `json:"deep"`
	Self *ported `json:"self,omitempty"`
}

func TestOmitemptyInVain(t *testing.T) {
	o := omits{seen: map[reflect.Type]bool{}}
	o.walk(reflect.TypeFor[[]ported](), "")
	want := []string{"ported.Total ", "ported.More ", "ported.At ", "ported.Wait ", "ported.Number ", "ported.Full ", "ported.Triple ", "ported.Dash ", "ported.Deep.Ratio "}
	if len(o.found) != len(want) {
		t.Fatalf("told %s", strings.Join(o.found, "\n"))
	}
	for i, field := range want {
		if !strings.HasPrefix(o.found[i], field+`has json:",omitempty", which never leaves out a `) || !strings.HasSuffix(o.found[i], "write omitzero to leave out its zero") {
			t.Errorf("told %s, want of %s", o.found[i], field)
		}
	}
}
