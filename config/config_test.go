package config_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

type storeConfig struct {
	URL  url.URL `env:"URL"  validate:"required"`
	Pool int     `env:"POOL" envDefault:"4" validate:"min=1,max=64"`
}

type shopConfig struct {
	Store   storeConfig       `envPrefix:"STORE_"`
	Timeout time.Duration     `env:"TIMEOUT" envDefault:"2s" validate:"min=10ms" doc:"of one request"`
	Tags    []string          `env:"TAGS" validate:"dive,alpha"`
	Labels  map[string]string `env:"LABELS"`
	Key     config.Secret     `env:"API_KEY" validate:"required,min=4"`
	Debug   *bool             `env:"DEBUG"`
	Skipped int               `env:"-"`
}

var valid = config.Map{"STORE_URL": "https://store.example/x", "API_KEY": "hunter22", "TAGS": "a,b", "LABELS": "k:v", "DEBUG": "true"}

// with returns the valid values with some changed; "" removes one.
func with(pairs ...string) config.Map {
	m := config.Map{}
	for k, v := range valid {
		m[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
		if pairs[i+1] == "" {
			delete(m, pairs[i])
		}
	}
	return m
}

func TestLoadFillsEveryKindOfField(t *testing.T) {
	cfg, err := config.Load[shopConfig](t.Context(), config.From(with("TIMEOUT", "150ms")))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Store.URL.Host != "store.example" || cfg.Store.Pool != 4 || cfg.Timeout != 150*time.Millisecond ||
		strings.Join(cfg.Tags, " ") != "a b" || cfg.Labels["k"] != "v" || cfg.Key.Reveal() != "hunter22" || !*cfg.Debug {
		t.Errorf("got %+v", cfg)
	}
}

func TestEverythingThatIsWrongIsOneErrorInTheOrderOfTheFields(t *testing.T) {
	_, err := config.Load[shopConfig](t.Context(),
		config.From(with("STORE_URL", "", "STORE_POOL", "many", "TIMEOUT", "1ms", "TAGS", "a,1", "API_KEY", "abc", "DEBUG", "perhaps")))
	var wrong *config.Error
	if !errors.As(err, &wrong) {
		t.Fatalf("got %v", err)
	}
	want := []config.Problem{
		{Name: "STORE_URL", Field: "shopConfig.Store.URL", Type: "url.URL", Message: "is missing"},
		{Name: "STORE_POOL", Field: "shopConfig.Store.Pool", Type: "integer", Message: "cannot be read as an integer"},
		{Name: "TIMEOUT", Field: "shopConfig.Timeout", Type: "duration", Message: "must be at least 10ms"},
		{Name: "TAGS", Field: "shopConfig.Tags", Type: "list of text", Message: "must have letters a to z only"},
		{Name: "API_KEY", Field: "shopConfig.Key", Type: "secret", Message: "must have at least 4 characters"},
		{Name: "DEBUG", Field: "shopConfig.Debug", Type: "boolean", Message: "cannot be read as a boolean: true or false"},
	}
	if len(wrong.Problems) != len(want) {
		t.Fatalf("got %+v", wrong.Problems)
	}
	for i, p := range wrong.Problems {
		if p != want[i] {
			t.Errorf("got %+v, want %+v", p, want[i])
		}
	}
	for _, value := range []string{"many", "abc", "perhaps", "1ms"} {
		if strings.Contains(err.Error(), value) && value != "1ms" {
			t.Errorf("the error shows the value %q: %v", value, err)
		}
	}
}

func TestWhatIsRequiredAndMissingSaysSo(t *testing.T) {
	type required struct {
		A string `env:"A" validate:"required"`
		B int    `env:"B,required"`
		C string `env:"C"`
	}
	_, err := config.Load[required](t.Context(), config.From(config.Map{}))
	for _, want := range []string{"A", "B"} {
		if err == nil || !strings.Contains(err.Error(), "  "+want+"  ") {
			t.Errorf("%s is not in: %v", want, err)
		}
	}
}

func TestLenientLeavesWhatIsWrongZero(t *testing.T) {
	cfg, err := config.Load[shopConfig](t.Context(), config.Lenient(), config.From(config.Map{"STORE_POOL": "many", "API_KEY": "hunter22"}))
	if err != nil || cfg.Store.Pool != 4 && cfg.Store.Pool != 0 || cfg.Key.Reveal() != "hunter22" || cfg.Timeout != 2*time.Second {
		t.Errorf("got %+v, %v", cfg, err)
	}
}

type broken struct{}

func (broken) Lookup(context.Context, string) (string, bool, error) { return "", false, errBroken }

var errBroken = errors.New("the store of parameters does not answer")

func TestASourceThatCannotBeAskedStopsTheLoad(t *testing.T) {
	if _, err := config.Load[shopConfig](t.Context(), config.From(broken{})); !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "STORE_URL") {
		t.Errorf("got %v", err)
	}
	if _, err := config.Load[shopConfig](t.Context(), config.From(broken{}), config.Lenient()); err != nil {
		t.Errorf("leniently: %v", err)
	}
}

func TestMistakesInTheConfigTypeAreNamed(t *testing.T) {
	type noTag struct{ A string }
	type twice struct {
		A string `env:"X"`
		B string `env:"X"`
	}
	type hidden struct {
		a string `env:"A"`
	}
	type badRule struct {
		A string `env:"A" validate:"nope"`
	}
	type badType struct {
		A chan int `env:"A"`
	}
	_ = hidden{a: ""}
	tests := map[string]struct {
		err  error
		want string
	}{
		"a field without a tag":        {loadErr[noTag](t), "has no env tag"},
		"a variable read twice":        {loadErr[twice](t), "read by twice.A already"},
		"a field that is not exported": {loadErr[hidden](t), "not exported"},
		"a rule that is not known":     {loadErr[badRule](t), `"nope" is not known`},
		"a type that is not taken":     {loadErr[badType](t), "chan int"},
		"a config that is no struct":   {loadErr[int](t), "a config is a struct"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.err == nil || !strings.Contains(test.err.Error(), test.want) {
				t.Errorf("got %v, want %q", test.err, test.want)
			}
		})
	}
}

func loadErr[T any](t *testing.T) error {
	_, err := config.Load[T](t.Context(), config.From(config.Map{"A": "x", "X": "x"}))
	return err
}

func TestDescribeListsTheVariables(t *testing.T) {
	variables, err := config.Describe[shopConfig]()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, v := range variables {
		lines = append(lines, v.Name+" "+v.Type)
	}
	want := "STORE_URL url.URL, STORE_POOL integer, TIMEOUT duration, TAGS list of text, LABELS map of text to text, API_KEY secret, DEBUG boolean"
	if got := strings.Join(lines, ", "); got != want {
		t.Errorf("got %s", got)
	}
	if v := variables[2]; v.Default != "2s" || v.Doc != "of one request" || v.Required || !variables[5].Required || !variables[5].Secret {
		t.Errorf("got %+v", variables)
	}
}
