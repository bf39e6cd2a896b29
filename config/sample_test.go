package config_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

type sampled struct {
	Text     string            `env:"TEXT" envDefault:"sample"`
	Flag     bool              `env:"FLAG"`
	Number   int               `env:"NUMBER" validate:"min=12,max=13"`
	Wait     time.Duration     `env:"WAIT" validate:"required,min=1m"`
	Link     url.URL           `env:"LINK"`
	Mail     string            `env:"MAIL" validate:"required,email"`
	Mode     string            `env:"MODE" envDefault:"plain" validate:"oneof=plain fancy"`
	Code     string            `env:"CODE" validate:"len=9,numeric"`
	ID       string            `env:"ID" validate:"uuid4"`
	Labels   map[string]string `env:"LABELS" validate:"min=1"`
	Zone     *time.Location    `env:"ZONE"`
	Key      config.Secret     `env:"KEY" validate:"min=32"`
	Place    place             `env:"PLACE"`
	Unknown  string            `env:"UNKNOWN" validate:"no_such_rule"`
	File     string            `env:"FILE,file"`
	Hopeless int               `env:"HOPELESS" validate:"min=3,max=2"`
}

func TestSamplesCanBeReadAndBreakNoRule(t *testing.T) {
	type good struct { // without what no value can be right for
		Text   string            `env:"TEXT" envDefault:"sample"`
		Flag   bool              `env:"FLAG"`
		Number int               `env:"NUMBER" validate:"min=12,max=13"`
		Wait   time.Duration     `env:"WAIT" validate:"required,min=1m"`
		Link   url.URL           `env:"LINK"`
		Mail   string            `env:"MAIL" validate:"required,email"`
		Mode   string            `env:"MODE" envDefault:"plain" validate:"oneof=plain fancy"`
		Code   string            `env:"CODE" validate:"len=9,numeric"`
		ID     string            `env:"ID" validate:"uuid4"`
		Labels map[string]string `env:"LABELS" validate:"min=1"`
		Key    config.Secret     `env:"KEY" validate:"min=32"`
		Place  place             `env:"PLACE"`
	}
	variables, err := config.Describe[good]()
	if err != nil {
		t.Fatal(err)
	}
	samples := config.Samples(t.Context(), variables)
	got, err := config.Load[good](t.Context(), config.From(samples))
	if err != nil || len(samples) != len(variables) {
		t.Fatalf("%v of %v", err, samples)
	}
	if got.Text == "sample" || !got.Flag || got.Mode != "fancy" || got.Number != 12 && got.Number != 13 || got.Place.value != "sample" {
		t.Errorf("got %+v", got)
	}
}

// What no candidate suits gets one that can at least be read, and a file none.
func TestSamplesOfWhatIsHardToMeet(t *testing.T) {
	variables, err := config.Describe[sampled]()
	if err != nil {
		t.Fatal(err)
	}
	samples := config.Samples(t.Context(), append(variables, config.Variable{Name: "BY_HAND"}))
	if samples["UNKNOWN"] != "sample" || samples["HOPELESS"] != "7" || samples["ZONE"] == "" {
		t.Errorf("got %v", samples)
	}
	for _, name := range []string{"FILE", "BY_HAND"} {
		if value, ok := samples[name]; ok {
			t.Errorf("%s is %q", name, value)
		}
	}
}
