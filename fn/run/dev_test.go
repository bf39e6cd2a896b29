//go:build !lambda

package run_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn/run"
)

func TestWhatDevDoesNotUnderstand(t *testing.T) {
	for name, test := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"a format":    {[]string{"dev", "--format", "3.0"}, 2, `the format "3.0" is none of 2.0, 1.0 and rest`},
		"an argument": {[]string{"dev", "orders"}, 2, `unexpected argument "orders"`},
		"a grain":     {[]string{"dev", "--grain", "atom"}, 1, `the grain "atom" is none of`},
		"an address":  {[]string{"dev", "--addr", "nowhere"}, 1, "cannot listen"},
		"help":        {[]string{"dev", "-h"}, 0, "payload 2.0 or 1.0 of an HTTP API, or rest"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, log bytes.Buffer
			status := run.Command(t.Context(), newShop(&log), test.args, run.IO{Out: &out, Err: &out})
			if status != test.status || !strings.Contains(out.String(), test.want) {
				t.Errorf("%d: %s", status, out.String())
			}
		})
	}
}
