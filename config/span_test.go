package config_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

func TestNumbersThatAreTooLarge(t *testing.T) {
	type numbers struct {
		Port   uint16           `env:"PORT"`
		Ports  []uint16         `env:"PORTS"`
		Small  *int8            `env:"SMALL"`
		Big    int64            `env:"BIG"`
		Size   uint64           `env:"SIZE"`
		Rate   float64          `env:"RATE"`
		Ratio  float32          `env:"RATIO"`
		Limits map[string]int32 `env:"LIMITS"`
		Wait   time.Duration    `env:"WAIT"`
	}
	for variable, cases := range map[string]map[string]string{
		"PORT":   {"70000": "cannot be read as a positive integer between 0 and 65535", "x": "cannot be read as a positive integer between 0 and 65535"},
		"PORTS":  {"80,70000": "cannot be read as a list of positive integer between 0 and 65535"},
		"SMALL":  {"-129": "cannot be read as an integer between -128 and 127"},
		"BIG":    {"9223372036854775808": "cannot be read as an integer between -9223372036854775808 and 9223372036854775807", "x": "cannot be read as an integer", "1.5": "cannot be read as an integer"},
		"SIZE":   {"18446744073709551616": "cannot be read as a positive integer between 0 and 18446744073709551615", "-1": "cannot be read as a positive integer between 0 and 18446744073709551615"},
		"RATE":   {"1e400": "cannot be read as a number between -1.7976931348623157e+308 and 1.7976931348623157e+308", "x": "cannot be read as a number"},
		"RATIO":  {"1e400": "cannot be read as a number between -3.4028235e+38 and 3.4028235e+38"},
		"LIMITS": {"a:1,b:2147483648": "cannot be read as a map of text to integer between -2147483648 and 2147483647"},
		"WAIT":   {"5": `cannot be read as a duration such as "1m30s"`},
	} {
		for value, want := range cases {
			_, err := config.Load[numbers](t.Context(), config.From(config.Map{variable: value}))
			e, ok := errors.AsType[*config.Error](err)
			if !ok || len(e.Problems) != 1 || e.Problems[0].Message != want {
				t.Errorf("%s=%s: %v, want %s", variable, value, err, want)
			}
		}
	}
}

type eventTime struct {
	time.Time
	Zone string
}

func TestWrongTagsAndFormsOfAConfig(t *testing.T) {
	type wrong struct {
		At eventTime `env:"AT"`
	}
	_, err := config.Describe[wrong]()
	if err == nil || !strings.Contains(err.Error(), "embeds time.Time, by whose UnmarshalText it is read: Zone beside it would not be set") {
		t.Errorf("got %v", err)
	}
	if _, err := config.Describe[struct {
		At struct{ time.Time } `env:"AT"`
	}](); err != nil {
		t.Error(err)
	}
	type misspelt struct {
		Size  int    `env:"SIZE" envDefualt:"3"`
		Name  string `env:"NAME" valdiate:"required" yaml:"name"`
		Limit int    `env:"LIMIT" defualt:"20"`
		Store struct {
			URL string `env:"URL" validat:"url"`
		} `envPerfix:"STORE_"`
	}
	_, err = config.Describe[misspelt]()
	for _, want := range []string{
		`has the tag "envDefualt", which nothing reads: did you mean envDefault?`, `has the tag "valdiate", which nothing reads: did you mean validate?`,
		`has the tag "defualt", which nothing reads: did you mean default?`, `misspelt.Store.URL`, `has the tag "validat"`, `has the tag "envPerfix", which nothing reads: did you mean envPrefix?`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
