package config_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

type holiday struct{ time.Time }

type times struct {
	At      time.Time    `env:"AT"`
	Maybe   *time.Time   `env:"MAYBE"`
	List    []time.Time  `env:"LIST"`
	Lines   []*time.Time `env:"LINES" envSeparator:"and"`
	Own     holiday      `env:"OWN"`
	Default time.Time    `env:"DEFAULT" envDefault:"2024-02-29t12:00:00z"`
}

// A config reads times as inputs do.
func TestATimeHasTheFormOfInputs(t *testing.T) {
	for text, want := range map[string]string{
		"2024-02-29T12:00:00Z":       "2024-02-29 12:00:00 +0000 UTC",
		"2024-02-29t12:00:00.25z":    "2024-02-29 12:00:00.25 +0000 UTC",
		"2024-02-29t12:00:00-00:00":  "2024-02-29 12:00:00 +0000 UTC",
		"2024-02-29T12:00:00,5Z":     "",
		"2024-02-29T2:00:00Z":        "",
		"2024-02-29T12:00:00+24:00":  "",
		"2024-02-29T12:00:00.Z":      "",
		"2024-02-30T12:00:00Z":       "",
		"2024-02-29":                 "",
		"Sun Nov  6 08:49:37 1994":   "",
		" 2024-02-29T12:00:00Z":      "",
		"2024-02-29T12:00:00Z\x00":   "",
		"2024-02-29T12:00:00Z and b": "",
	} {
		for _, variable := range []string{"AT", "MAYBE", "LIST", "LINES", "OWN"} {
			cfg, err := config.Load[times](t.Context(), config.From(config.Map{variable: text}))
			got := fmt.Sprint(cfg.At, cfg.Maybe, cfg.List, cfg.Own)
			if len(cfg.Lines) == 1 {
				got += cfg.Lines[0].String()
			}
			loose := variable == "LIST" || variable == "LINES" // spaces around their parts are taken off
			switch {
			case want != "" && (err != nil || !strings.Contains(got, want)):
				t.Errorf("%s=%s: got %s and %v, want %s", variable, text, got, err, want)
			case want == "" && !(loose && text[0] == ' ') && (err == nil || !strings.Contains(err.Error(), "cannot be read as a")):
				t.Errorf("%s=%s: got %s and %v, want a problem", variable, text, got, err)
			}
		}
	}
}

func TestListsOfTimes(t *testing.T) {
	cfg, err := config.Load[times](t.Context(), config.From(config.Map{
		"LIST": "2024-02-29t12:00:00z, 2024-03-01T12:00:00Z,", "LINES": "2024-02-29T12:00:00z and 2024-03-01T12:00:00Z",
	}))
	if err != nil || len(cfg.List) != 2 || len(cfg.Lines) != 2 || !cfg.List[1].Equal(*cfg.Lines[1]) || cfg.Default.Hour() != 12 {
		t.Errorf("got %v and %v", cfg, err)
	}
}

// A struct without a name has the form of what it embeds too, and is no group of variables.
func TestAnEmbeddedTimeInAStructWithoutANameIsRead(t *testing.T) {
	type unnamed struct {
		At struct{ time.Time } `env:"AT"`
	}
	cfg, err := config.Load[unnamed](t.Context(), config.From(config.Map{"AT": "2024-02-29t12:00:00z"}))
	if err != nil || cfg.At.Day() != 29 {
		t.Errorf("got %v, %v", cfg.At, err)
	}
}
