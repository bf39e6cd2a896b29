package config_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

type count int

type size uint

type plain struct {
	N       int               `env:"N"`
	U       uint              `env:"U"`
	Pointer *int              `env:"POINTER"`
	Named   count             `env:"NAMED"`
	Sizes   []size            `env:"SIZES"`
	List    []int             `env:"LIST"`
	Refs    []*uint           `env:"REFS"`
	Map     map[string]int    `env:"MAP"`
	Keys    map[count]uint    `env:"KEYS"`
	Small   map[int8]string   `env:"SMALL"`
	Wide    []int64           `env:"WIDE" envSeparator:";"`
	Number  json.Number       `env:"NUMBER"`
	Numbers []json.Number     `env:"NUMBERS"`
	Wait    time.Duration     `env:"WAIT"`
	Waits   []time.Duration   `env:"WAITS"`
	Labels  map[string]string `env:"LABELS" envKeyValSeparator:"="`
}

// An int has as many bits here as it has in Go, wherever it stands.
func TestPlainIntegersHaveAllTheirBits(t *testing.T) {
	most, least, all := strconv.Itoa(math.MaxInt), strconv.Itoa(math.MinInt), strconv.FormatUint(math.MaxUint, 10)
	cfg, err := config.Load[plain](t.Context(), config.From(config.Map{
		"N": most, "U": all, "POINTER": least, "NAMED": most, "SIZES": "1, " + all, "LIST": most + "," + least, "REFS": all, "MAP": "a: " + most, "KEYS": least + ":" + all,
		"NUMBER": "1e400", "NUMBERS": "1, -2.50",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.N != math.MaxInt || cfg.U != math.MaxUint || *cfg.Pointer != math.MinInt || cfg.Named != math.MaxInt || !slices.Equal(cfg.Sizes, []size{1, math.MaxUint}) ||
		!slices.Equal(cfg.List, []int{math.MaxInt, math.MinInt}) || *cfg.Refs[0] != math.MaxUint || cfg.Map["a"] != math.MaxInt || cfg.Keys[math.MinInt] != math.MaxUint ||
		cfg.Number != "1e400" || cfg.Numbers[1] != "-2.50" {
		t.Errorf("got %+v", cfg)
	}
}

func TestWhatIsWrongWithAValueIsSaidAsItIs(t *testing.T) {
	span := "between " + strconv.Itoa(math.MinInt) + " and " + strconv.Itoa(math.MaxInt)
	const durations = "between -2562047h47m16.854775808s and 2562047h47m16.854775807s"
	const wide = "1" + "0000000000000000000000"
	for variable, cases := range map[string]map[string]string{
		"N":       {wide: "cannot be read as an integer " + span, "x": "cannot be read as an integer"},
		"LIST":    {"1," + wide: "cannot be read as a list of integer " + span, "1,x": "cannot be read as a list of integer", "1,1.5": "cannot be read as a list of integer"},
		"WIDE":    {"-" + wide + ";2": "cannot be read as a list of integer between -9223372036854775808 and 9223372036854775807"},
		"MAP":     {"a:1,b:" + wide: "cannot be read as a map of text to integer " + span, "a:x": "cannot be read as a map of text to integer"},
		"SMALL":   {"300:x": "cannot be read as a map of integer to text with keys between -128 and 127"},
		"NUMBER":  {"x": "cannot be read as a number", "0x1": "cannot be read as a number", "1 ": "cannot be read as a number"},
		"NUMBERS": {"1,x": "cannot be read as a list of number"},
		"WAIT": {"9999999h": "cannot be read as a duration " + durations, "-9999999h1m": "cannot be read as a duration " + durations, "5": `cannot be read as a duration such as "1m30s"`,
			"9999999d": `cannot be read as a duration such as "1m30s"`},
		"WAITS": {"1s, 9999999h": "cannot be read as a list of duration " + durations, "1s,5": "cannot be read as a list of duration"},
		"LABELS": {"=x": `cannot be read as a map of text to text: part 1 of 1 has no key before "="`, "a=1, = x": `cannot be read as a map of text to text: part 2 of 2 has no key before "="`,
			"a:1": `cannot be read as a map of text to text: part 1 of 1 has no "=" between key and value`},
	} {
		for value, want := range cases {
			_, err := config.Load[plain](t.Context(), config.From(config.Map{variable: value}))
			if got := told(err); !slices.Equal(got, []string{variable + " " + want}) {
				t.Errorf("%s=%s: %q, want %q", variable, value, got, want)
			}
		}
	}
}
