package config_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/validation"
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

// TestOptionsOfEnvTagsThatWantAValue is a table of what is said when it is not there, in
// configs with and without a name.
func TestOptionsOfEnvTagsThatWantAValue(t *testing.T) {
	type options struct {
		A string `env:"A,required"`
		B string `env:"B,notEmpty"`
		C string `env:"C,file" envDefault:"/not/there"`
		D string `env:"D" validate:"required" envDefault:"d"`
		N int    `env:"N,required"`
	}
	tests := map[string]struct {
		set  config.Map
		want []string
	}{
		"nothing is set":     {config.Map{}, []string{"A is missing", "B is missing", "C names a file that cannot be read", "N is missing"}},
		"empty":              {config.Map{"A": "a", "B": "", "C": "config_test.go", "N": "1"}, []string{"B is missing"}},
		"one is not read":    {config.Map{"A": "a", "N": "x", "C": "config_test.go"}, []string{"B is missing", "N cannot be read as an integer"}},
		"no file":            {config.Map{"A": "a", "B": "b", "C": "hunter22", "N": "1"}, []string{"C names a file that cannot be read"}},
		"everything is well": {config.Map{"A": "a", "B": "b", "C": "config_test.go", "N": "1"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := config.Load[options](t.Context(), config.From(test.set))
			if got := told(err); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if err != nil && (!strings.Contains(err.Error(), "in the config:") || strings.Contains(err.Error(), "hunter22")) {
				t.Errorf("got %v", err)
			}
		})
	}
	_, err := config.Load[struct {
		B string `env:"B,notEmpty"`
	}](t.Context(), config.From(config.Map{}))
	if err == nil || !strings.Contains(err.Error(), "in the config:") || err.(*config.Error).Problems[0].Field != "Config.B" {
		t.Errorf("a config without a name: %v", err)
	}
	if variables, err := config.Describe[options](); err != nil || !variables[1].Required {
		t.Errorf("got %+v, %v", variables, err)
	}
}

// told is what an error says, each as "NAME message".
func told(err error) (problems []string) {
	if wrong, ok := errors.AsType[*config.Error](err); ok {
		for _, p := range wrong.Problems {
			problems = append(problems, p.Name+" "+p.Message)
		}
	}
	return problems
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
	type misspelt struct {
		A string `evn:"A"`
	}
	type twice struct {
		A string `env:"X"`
		B string `env:"X"`
	}
	type hidden struct {
		a string `env:"A"`
	}
	type common struct {
		A string `env:"A"`
	}
	type embeds struct{ common }
	type badRule struct {
		A string `env:"A" validate:"nope"`
	}
	type badType struct {
		A chan int `env:"A"`
	}
	type badDefault struct {
		Pool struct {
			Size int `env:"SIZE" envDefault:"x"`
		}
		Size int `env:"OTHER_SIZE" envDefault:"4"`
	}
	type brokenDefault struct {
		A int `env:"A" envDefault:"5" validate:"max=3"`
	}
	type badItems struct {
		A []int `env:"A" envDefault:"1;x" envSeparator:";"`
	}
	type defaultOfAnInput struct {
		A int `env:"A" default:"7"`
	}
	type tagOfAnInput struct {
		A int `query:"a"`
	}
	type badOption struct {
		A int `env:"A,requird"`
	}
	type secretDefault struct {
		A config.Secret `env:"A" envDefault:"hunter22" validate:"min=10"`
	}
	type ruleInVain struct {
		A int `env:"A"`
		b int `validate:"oneof=1 2"`
	}
	type defaultInVain struct {
		A int `env:"A"`
		b int `envDefault:"1"`
	}
	type inner struct {
		A int `env:"A"`
	}
	type pointsToAGroup struct {
		In *inner `envPrefix:"IN_"`
	}
	type listsGroups struct {
		In []inner `envPrefix:"IN_"`
	}
	type namesAGroup struct {
		In inner `env:"IN"`
	}
	type groupWithADefault struct {
		In inner `envDefault:"1"`
	}
	type groupWithAnOption struct {
		In inner `env:",required"`
	}
	type prefixOfAVariable struct {
		A int `env:"A" envPrefix:"IN_"`
	}
	type oldExpand struct {
		A string `env:"A" envExpand:"true"`
	}
	_, _, _ = hidden{a: ""}, ruleInVain{b: 1}, defaultInVain{b: 1}
	tests := map[string]struct {
		err  error
		want string
	}{
		"a field without a tag":        {loadErr[noTag](t), "has no env tag"},
		"a tag that is misspelt":       {loadErr[misspelt](t), "has no env tag but evn: did you mean env?"},
		"a variable read twice":        {loadErr[twice](t), "read by twice.A already"},
		"a field that is not exported": {loadErr[hidden](t), "not exported"},
		"its rule":                     {loadErr[ruleInVain](t), "ruleInVain.b    has a validate tag but is not exported"},
		"its default":                  {loadErr[defaultInVain](t), "defaultInVain.b    the field is not exported"},
		"an embedded type likewise":    {loadErr[embeds](t), "the type of the embedded struct is not exported"},
		"a rule that is not known":     {loadErr[badRule](t), `"nope" is not known`},
		"a type that is not taken":     {loadErr[badType](t), "badType.A  chan int  cannot be read from a variable: use text"},
		"a default that is no number":  {loadErr[badDefault](t), `badDefault.Pool.Size  integer  has envDefault:"x", which cannot be read as an integer`},
		"a default in a list":          {loadErr[badItems](t), `badItems.A  list of integer  has envDefault:"1;x", which cannot be read as a list`},
		"a default against its rule":   {loadErr[brokenDefault](t), `brokenDefault.A  integer  has envDefault:"5", which breaks its own rules: it must be at most 3`},
		"a default that is a secret":   {loadErr[secretDefault](t), `secretDefault.A  secret  has envDefault:"[secret]", which breaks`},
		"the default of an input":      {loadErr[defaultOfAnInput](t), `defaultOfAnInput.A  integer  has default:"7", which a config does not read: write envDefault:"7"`},
		"the place of an input":        {loadErr[tagOfAnInput](t), `tagOfAnInput.A  integer  has the tag query, which is for inputs and outputs: name its variable`},
		"an option that is misspelled": {loadErr[badOption](t), `badOption.A  integer  has the option "requird" in its env tag: there are required`},
		"a config that is no struct":   {loadErr[int](t), "a config is a struct"},
		"a pointer to a group":         {loadErr[pointsToAGroup](t), `pointsToAGroup.In  config_test.inner  holds a struct of variables: write the struct itself`},
		"a list of groups":             {loadErr[listsGroups](t), `listsGroups.In  list of config_test.inner  holds a struct of variables`},
		"a name of a group":            {loadErr[namesAGroup](t), `namesAGroup.In  config_test.inner  is a struct of variables, which have names, and itself has none: take IN out of its env tag; envPrefix:"IN_"`},
		"a default of a group":         {loadErr[groupWithADefault](t), `has envDefault, but is a struct of variables`},
		"an option of a group":         {loadErr[groupWithAnOption](t), `has "required" in its env tag, but is a struct of variables`},
		"a prefix of a variable":       {loadErr[prefixOfAVariable](t), `has envPrefix, which is for structs of variables: write the whole name, as in env:"IN_A"`},
		"a tag that is an option now":  {loadErr[oldExpand](t), `has the tag envExpand, which is an option: write env:"NAME,expand"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.err == nil || !strings.Contains(test.err.Error(), test.want) || !strings.Contains(test.err.Error(), "in the declaration of the config:") {
				t.Errorf("got %v, want %q", test.err, test.want)
			}
		})
	}
}

// loadErr is what is wrong with a config type whatever is set.
func loadErr[T any](t *testing.T) error {
	_, first := config.Load[T](t.Context(), config.From(config.Map{}))
	for _, values := range []config.Map{{"A": "1", "X": "x"}, {"A": "x"}} {
		for _, options := range [][]config.Option{{config.From(values)}, {config.From(values), config.Lenient()}} {
			if _, err := config.Load[T](t.Context(), options...); fmt.Sprint(err) != fmt.Sprint(first) {
				t.Errorf("with nothing set: %v\nwith %v: %v", first, values, err)
			}
		}
	}
	return first
}

func TestAConfigWithoutANameIsCalledConfig(t *testing.T) {
	err := loadErr[struct {
		A int      `env:"A" validate:"email"`
		B string   `env:"B" validate:"nope"`
		C struct { // has no name either
			D string `env:"D" validate:"nope"`
		}
		E string `env:"E" validate:"eqfield=F"`
	}](t)
	if err == nil {
		t.Fatal("nothing is said")
	}
	for _, want := range []string{"\n  Config.A  ", "\n  Config.B  ", "\n  Config.C.D  ", "\n  Config.E  ", `"F", which Config does not have`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
}

func TestAFieldThatIsNotReadMayHaveAnyTags(t *testing.T) {
	type shared struct {
		A string                 `env:"-" query:"a" default:"x"`
		B struct{ C chan<- int } `env:"-" header:"b"`
	}
	if err := loadErr[shared](t); err != nil {
		t.Errorf("got %v", err)
	}
}

// An empty default is none: what is empty is not set.
func TestAnEmptyDefaultIsNone(t *testing.T) {
	type empty struct {
		URL  string        `env:"URL" envDefault:"" validate:"url"`
		Key  string        `env:"KEY" envDefault:"" validate:"required"`
		Pool int           `env:"POOL" envDefault:"" validate:"min=1"`
		Wait time.Duration `env:"WAIT" envDefault:"" validate:"min=1s"`
	}
	load := func(set config.Map) []string {
		_, err := config.Load[empty](t.Context(), config.From(set))
		if err != nil && !strings.Contains(err.Error(), "in the config:") {
			t.Error(err)
		}
		return told(err)
	}
	if got := load(config.Map{}); !slices.Equal(got, []string{"KEY is missing"}) {
		t.Errorf("nothing set: %q", got)
	}
	if got := load(config.Map{"KEY": "k", "URL": "http://a.example", "POOL": "3", "WAIT": "1m"}); got != nil {
		t.Errorf("all set: %q", got)
	}
	if got := load(config.Map{"KEY": "k", "URL": "x", "POOL": "0"}); !slices.Equal(got, []string{"URL must be a URL", "POOL must be at least 1"}) {
		t.Errorf("set and wrong: %q", got)
	}
	if variables, err := config.Describe[empty](); err != nil || !strings.Contains(config.Table(variables[1:2]), "(required)") {
		t.Errorf("got %+v, %v", variables, err)
	}
}

// A default is no mistake for what other variables, the machine or the day are.
func TestADefaultThatDependsOnMoreThanItselfIsJudgedLate(t *testing.T) {
	type late struct {
		From   int            `env:"FROM" envDefault:"1" validate:"ltfield=To"`
		To     int            `env:"TO"`
		Dir    string         `env:"DIR" envDefault:"/not/there" validate:"dir"`
		Either string         `env:"EITHER" envDefault:"/not/there" validate:"file|dir"`
		Key    string         `env:"KEY,file" envDefault:"/not/there" validate:"len=3"`
		Home   string         `env:"HOME_URL,expand" envDefault:"${HOST}/x" validate:"url"`
		Port   int            `env:"PORT,expand" envDefault:"${NUMBER}" validate:"min=1"`
		Zone   *time.Location `env:"ZONE" envDefault:"Mars/X" validate:"required"`
		Named  string         `env:"NAMED" envDefault:"Mars/X" validate:"timezone"`
		Peer   string         `env:"PEER" envDefault:"nowhere" validate:"tcp_addr"`
		Until  time.Time      `env:"UNTIL" envDefault:"2020-01-01T00:00:00Z" validate:"gt"`
	}
	if _, err := config.Load[late](t.Context(), config.Lenient(), config.From(config.Map{})); err != nil {
		t.Errorf("a type without a mistake: %v", err)
	}
	set := config.Map{"TO": "2", "DIR": ".", "EITHER": ".", "KEY": "config_test.go", "HOST": "h", "NUMBER": "3", "HOME_URL": "http://a.example",
		"PORT": "4", "ZONE": "UTC", "NAMED": "UTC", "PEER": "127.0.0.1:1", "UNTIL": "9999-01-01T00:00:00Z"}
	if _, err := config.Load[late](t.Context(), config.From(set)); !slices.Equal(told(err), []string{"KEY must have exactly 3 characters"}) {
		t.Errorf("everything set: %v", err)
	}
	_, err := config.Load[late](t.Context(), config.From(config.Map{"TO": "2", "DIR": ".", "EITHER": ".", "KEY": "config_test.go"}))
	for _, want := range []string{"HOME_URL  text", "ZONE", "NAMED", "PEER", "UNTIL"} {
		if err == nil || !strings.Contains(err.Error(), "in the config:") || !strings.Contains(err.Error(), "\n  "+want) {
			t.Errorf("nothing set: %q is not in %v", want, err)
		}
	}
}

// One default that is judged late does not keep the others from being judged.
func TestTheOtherDefaultsAreJudgedEarly(t *testing.T) {
	type mixed struct {
		A    int    `env:"A" envDefault:"5" validate:"max=3"`
		Key  string `env:"KEY,file" envDefault:"/not/there"`
		Zone string `env:"ZONE,expand" envDefault:"${TZ}" validate:"timezone"`
	}
	if err := loadErr[mixed](t); err == nil || !strings.Contains(err.Error(), `mixed.A  integer  has envDefault:"5", which breaks`) {
		t.Errorf("got %v", err)
	}
}

func TestDescribingUnsetsNothing(t *testing.T) {
	type once struct {
		A string `env:"ANYGRAIN_TEST_ONCE,unset" envDefault:"x" validate:"len=2"`
		B int    `env:"B" envDefault:"1"`
	}
	t.Setenv("ANYGRAIN_TEST_ONCE", "ab")
	if _, err := config.Describe[once](); err != nil {
		t.Fatal(err)
	}
	if cfg, err := config.Load[once](t.Context(), config.From(config.Env())); err != nil || cfg.A != "ab" {
		t.Errorf("got %+v, %v", cfg, err)
	}
}

// TestWhatIsNotSetBreaksNoRuleButRequired is a table of a variable, its rules and what
// is said of a value.
func TestWhatIsNotSetBreaksNoRuleButRequired(t *testing.T) {
	type optional struct {
		A string   `env:"A" validate:"url"`
		N int      `env:"N" validate:"min=3"`
		L []string `env:"L" validate:"min=1,dive,alpha"`
		M string   `env:"M" envDefault:"fast" validate:"oneof=fast slow"`
	}
	type needed struct {
		A string `env:"A" validate:"required,url"`
		N int    `env:"N" validate:"required,min=3"`
		B bool   `env:"B" validate:"required"`
		C string `env:"C" validate:"required_with=A"`
	}
	load := map[string]func(config.Map) error{
		"optional": func(m config.Map) error { _, err := config.Load[optional](t.Context(), config.From(m)); return err },
		"needed":   func(m config.Map) error { _, err := config.Load[needed](t.Context(), config.From(m)); return err },
	}
	tests := []struct {
		name, config string
		set          config.Map
		want         []string // "NAME message"
	}{
		{"nothing is set and nothing required", "optional", config.Map{}, nil},
		{"empty is not set", "optional", config.Map{"A": "", "N": "", "L": "", "M": ""}, nil},
		{"set and wrong", "optional", config.Map{"A": "x", "N": "1", "L": "a,1", "M": "no"},
			[]string{"A must be a URL", "N must be at least 3", "L must have letters a to z only", "M must be one of: fast, slow"}},
		{"zero is set", "optional", config.Map{"N": "0"}, []string{"N must be at least 3"}},
		{"required and not set", "needed", config.Map{}, []string{"A is missing", "N is missing", "B is missing"}},
		{"required and empty", "needed", config.Map{"A": "", "N": "", "B": ""}, []string{"A is missing", "N is missing", "B is missing"}},
		{"required and zero", "needed", config.Map{"A": "http://a.example", "N": "0", "B": "false", "C": "c"},
			[]string{"N must not be 0", "B must not be false"}},
		{"required by another", "needed", config.Map{"A": "http://a.example", "N": "3", "B": "true"}, []string{"C is missing"}},
		{"required and wrong", "needed", config.Map{"A": "x", "N": "1", "B": "true", "C": "c"}, []string{"A must be a URL", "N must be at least 3"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := told(load[test.config](test.set)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
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

// TestTheTextOfASecretIsNeverShown has secrets in every form that a variable can have,
// each with a mistake that the error is about.
func TestTheTextOfASecretIsNeverShown(t *testing.T) {
	type one struct {
		A config.Secret `env:"A" envDefault:"hunter22" validate:"max=3"`
	}
	type pointer struct {
		A *config.Secret `env:"A" envDefault:"hunter22" validate:"max=3"`
	}
	type list struct {
		A []config.Secret `env:"A" envDefault:"hunter22" validate:"dive,max=3"`
	}
	type pointers struct {
		A []*config.Secret `env:"A" envDefault:"hunter22" validate:"dive,max=3"`
	}
	type values struct {
		A map[string]config.Secret `env:"A" envDefault:"hunter22"`
	}
	type keys struct {
		A map[config.Secret]int `env:"A" envDefault:"hunter22:x"`
	}
	type ofAnInput struct {
		A config.Secret `env:"A" default:"hunter22"`
	}
	for name, err := range map[string]error{
		"one": loadErr[one](t), "a pointer": loadErr[pointer](t), "a list": loadErr[list](t), "a list of pointers": loadErr[pointers](t),
		"values of a map": loadErr[values](t), "keys of a map": loadErr[keys](t), "the default of an input": loadErr[ofAnInput](t),
	} {
		if err == nil || strings.Contains(err.Error(), "hunter22") || !strings.Contains(err.Error(), `efault:"[secret]"`) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestADescriptionHidesTheDefaultsOfSecrets(t *testing.T) {
	type secrets struct {
		One     config.Secret            `env:"ONE" envDefault:"hunter22"`
		Pointer *config.Secret           `env:"POINTER" envDefault:"hunter22"`
		List    []config.Secret          `env:"LIST" envDefault:"hunter22,hunter22"`
		Values  map[string]config.Secret `env:"VALUES" envDefault:"a:hunter22"`
	}
	variables, err := config.Describe[secrets]()
	if err != nil || len(variables) != 4 {
		t.Fatalf("got %v, %v", variables, err)
	}
	for _, v := range variables {
		if !v.Secret || v.Default != "[secret]" {
			t.Errorf("%s: got %+v", v.Name, v)
		}
	}
	if table := config.Table(variables); strings.Contains(table, "hunter22") {
		t.Errorf("got\n%s", table)
	}
	if printed := fmt.Sprintf("%+v %#v", variables, variables); strings.Contains(printed, "hunter22") {
		t.Errorf("printed: %s", printed)
	}
}

func TestNilIsAskedForItsPresenceAlone(t *testing.T) {
	type T struct {
		Name *string `env:"NAME" validate:"min=3"`
		Port *int    `env:"PORT" validate:"max=9,required_without=Name"`
	}
	for _, test := range []struct {
		values config.Map
		want   string
	}{
		{config.Map{"NAME": "anygrain"}, ""},
		{config.Map{"PORT": "7"}, ""},
		{config.Map{}, "PORT is missing"},
		{config.Map{"NAME": "an", "PORT": "12"}, "NAME must have at least 3 characters PORT must be at most 9"},
	} {
		_, err := config.Load[T](t.Context(), config.From(test.values))
		wrong, _ := errors.AsType[*config.Error](err)
		got := ""
		if wrong != nil {
			for _, p := range wrong.Problems {
				got += " " + p.Name + " " + p.Message
			}
		}
		if strings.TrimSpace(got) != test.want {
			t.Errorf("%v: got %q, want %q", test.values, got, test.want)
		}
	}
}

// fixedRules is a validator of an app, which is broken in the same places always.
type fixedRules []validation.Failure

func (fixedRules) Check(reflect.Type) []validation.Problem { return nil }

func (r fixedRules) Struct(context.Context, any) []validation.Failure { return r }

// A validator of the app's own is asked instead, and what it says of a field without a
// variable comes behind the others.
func TestAnotherValidatorIsAsked(t *testing.T) {
	type own struct {
		A     string            `env:"A" validate:"url"`
		Port  int               `env:"PORT"`
		Pairs map[string]string `env:"-"`
	}
	rules := fixedRules{
		{Path: "Pairs", Rule: "own", Message: "must agree"},
		{Path: "Port", Rule: "own", Message: "must be odd"},
		{Path: "A", Rule: "own", Message: "must be long"},
	}
	_, err := config.Load[own](t.Context(), config.From(config.Map{"A": "x", "PORT": "2"}), config.ValidateWith(rules))
	if got, want := told(err), []string{"A must be long", "PORT must be odd", "Pairs must agree"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := config.Load[own](t.Context(), config.From(config.Map{"A": "x"}), config.ValidateWith(fixedRules(nil))); err != nil {
		t.Errorf("a rule that this validator does not know: %v", err)
	}
}
