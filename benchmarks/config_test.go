package benchmarks_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/go-playground/validator/v10"

	"github.com/anygrain/anygrain/config"
)

// settings are as many as the config of a service has, or of a group in it.
type settings struct {
	URL     string        `env:"STORE_URL" validate:"required,url"`
	Timeout time.Duration `env:"STORE_TIMEOUT" envDefault:"2s" validate:"min=10ms"`
	Limit   int32         `env:"STORE_LIMIT" envDefault:"20" validate:"min=1,max=100"`
	Tags    []string      `env:"STORE_TAGS" validate:"dive,alpha"`
	Key     string        `env:"STORE_KEY" validate:"required"`
}

var environment = map[string]string{"STORE_URL": "https://store.example/x", "STORE_LIMIT": "7", "STORE_TAGS": "a,b", "STORE_KEY": "hunter2"}

func BenchmarkConfig(b *testing.B) {
	b.Run("anygrain", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := config.Load[settings](b.Context(), config.From(config.Map(environment))); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("byhand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			cfg, err := env.ParseAsWithOptions[settings](env.Options{Environment: environment})
			if err := errors.Join(err, validator.New(validator.WithRequiredStructEnabled()).Struct(&cfg)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The tags of a config are those of github.com/caarlos0/env, and mean the same. Where package
// config reads otherwise, its documentation says so: spaces in lists, times, bytes, the
// range of an int, and the newline at the end of a file.
type tagged struct {
	Text    string                   `env:"TEXT" envDefault:"here"`
	Empty   string                   `env:"EMPTY" envDefault:""`
	Needed  string                   `env:"NEEDED,required"`
	Full    string                   `env:"FULL,notEmpty"`
	File    string                   `env:"FILE,file"`
	Put     string                   `env:"PUT,expand" envDefault:"${TEXT}/${LATE}/${PUT}"`
	Chain   string                   `env:"CHAIN,expand" envDefault:"${PUT},$TEXT"`
	Made    *int64                   `env:"MADE,init"`
	Pointer *bool                    `env:"POINTER"`
	Small   int8                     `env:"SMALL"`
	Size    uint16                   `env:"SIZE"`
	Share   float32                  `env:"SHARE"`
	Wait    time.Duration            `env:"WAIT" envDefault:"1m"`
	List    []int32                  `env:"LIST" envSeparator:";"`
	Refs    []*float64               `env:"REFS"`
	Map     map[string]time.Duration `env:"MAP" envKeyValSeparator:"="`
	Late    string                   `env:"LATE"`
	Group   struct {
		Inner struct {
			Port uint `env:"PORT" envDefault:"8080"`
		} `envPrefix:"INNER_"`
	} `envPrefix:"GROUP_"`
}

func TestTheTagsOfAConfigMeanWhatTheyMeanToEnv(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("in the file"), 0o600); err != nil {
		t.Fatal(err)
	}
	texts := []string{"", "a", "1", "-1", "300", "70000", "1e400", "0.5", "true", "1s", "1;2", "1,2", "a=1s,b=2m", "a=1", "$TEXT", "${LATE}", "${CHAIN}", file}
	names := []string{"TEXT", "EMPTY", "NEEDED", "FULL", "FILE", "PUT", "CHAIN", "MADE", "POINTER", "SMALL", "SIZE", "SHARE", "WAIT", "LIST", "REFS", "MAP", "LATE",
		"GROUP_INNER_PORT"}
	agreed := 0
	for _, name := range names {
		for _, other := range names {
			for _, text := range texts {
				set := map[string]string{"NEEDED": "x", "FULL": "y", "LATE": "z", name: text, other: texts[len(name+other+text)%len(texts)]}
				cfg, err := config.Load[tagged](t.Context(), config.From(config.Map(set)))
				want, wanted := env.ParseAsWithOptions[tagged](env.Options{Environment: set})
				if (err == nil) != (wanted == nil) || err == nil && !reflect.DeepEqual(cfg, want) {
					t.Fatalf("%q:\ngot  %+v, %v\nwant %+v, %v", set, cfg, err, want, wanted)
				}
				if err == nil {
					agreed++
				}
			}
		}
	}
	if agreed < 500 {
		t.Errorf("only %d configs were valid: the test looks past them", agreed)
	}
}
