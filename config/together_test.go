package config_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
)

type ownShop struct {
	Currency string `env:"CURRENCY" envDefault:"EUR" validate:"len=3"`
	Region   string `env:"REGION" validate:"required"`
}

type ownChat struct {
	Token  config.Secret `env:"TOKEN" validate:"required"`
	Region string        `env:"REGION" validate:"required" doc:"read by the app as well"`
	Max    int           `env:"MAX" validate:"min=1"`
}

// counting counts how often it is asked for what.
type counting struct {
	config.Map
	asked map[string]int
}

func (c counting) Lookup(ctx context.Context, name string) (string, bool, error) {
	c.asked[name]++
	return c.Map.Lookup(ctx, name)
}

func TestSeveralConfigsAreLoadedInOneGo(t *testing.T) {
	var shop ownShop
	var chat ownChat
	source := counting{config.Map{"REGION": "eu", "TOKEN": "t", "MAX": "3"}, map[string]int{}}
	err := config.LoadAll(t.Context(), []config.Part{{Into: &shop}, {Into: &chat, Group: "chat"}}, config.From(source))
	if err != nil || shop != (ownShop{"EUR", "eu"}) || chat.Token.Reveal() != "t" || chat.Region != "eu" || chat.Max != 3 {
		t.Errorf("got %+v, %+v, %v", shop, chat, err)
	}
	if source.asked["REGION"] != 1 {
		t.Errorf("the source was asked %d times", source.asked["REGION"])
	}
}

func TestWhatIsMissingInAnyConfigIsOneMessage(t *testing.T) {
	var shop ownShop
	var chat ownChat
	err := config.LoadAll(t.Context(), []config.Part{{Into: &shop}, {Into: &chat, Group: "chat"}}, config.From(config.Map{"CURRENCY": "E", "MAX": "-1"}))
	const want = `4 problems in the config:
  CURRENCY  text     must have exactly 3 characters
  REGION    text     is missing
  TOKEN     secret   is missing
  MAX       integer  must be at least 1
`
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
}

func TestConfigsThatReadOneVariableHaveToAgree(t *testing.T) {
	type inText struct {
		Region string `env:"REGION" envDefault:"eu" validate:"required"`
	}
	type inSecret struct {
		Place config.Secret `env:"REGION,notEmpty" envDefault:"us" validate:"required,min=2"`
	}
	parts := []config.Part{{Into: &inText{}, Place: "shop/app.go:3"}, {Into: &inSecret{}, Group: "chat", Place: "shop/chat.go:9"}}
	const want = `config_test.inSecret.Place  secret  reads REGION (of group "chat", shop/chat.go:9), which inText.Region reads too (shop/app.go:3), but they differ: ` +
		`the types config.Secret and string, the options "notEmpty" and "", envDefault:"[secret]" and envDefault:"eu", validate:"required,min=2" and validate:"required"; ` +
		`let type, options, default and rules agree, or take two variables`
	_, described := config.DescribeAll(parts)
	for _, err := range []error{config.LoadAll(t.Context(), parts, config.From(config.Map{})), described} {
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "in the declaration of the config") {
			t.Errorf("got %v", err)
		}
	}
}

func TestConfigsAreDescribedApart(t *testing.T) {
	lists, err := config.DescribeAll([]config.Part{{Into: &ownShop{}}, {Into: &ownChat{}, Group: "chat"}})
	if err != nil || len(lists) != 2 || len(lists[0]) != 2 || len(lists[1]) != 3 || lists[0][0].Group != "" || lists[1][0].Group != "chat" || !lists[1][0].Secret {
		t.Errorf("got %+v, %v", lists, err)
	}
	if !strings.Contains(config.Table(append(lists[0], lists[1]...)), "chat") {
		t.Error("the table does not say which group reads a variable")
	}
	for _, wrong := range []any{nil, ownShop{}, (*ownShop)(nil)} {
		if _, err := config.DescribeAll([]config.Part{{Into: wrong}}); err == nil {
			t.Errorf("%#v was described", wrong)
		}
	}
}

// place is a resource as another package makes one: it embeds a text.
type place struct {
	text
	field config.Field
	Note  string // not read
}

type text struct{ value string }

func (x *text) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return errors.New("is bad")
	}
	x.value = string(b)
	return nil
}

func (p *place) Declare(f config.Field) { p.field = f }

func (p place) Kind() string { return "place" }

type places struct {
	None  place `env:"-"`
	Here  place `env:"HERE" zone:"a"`
	Store struct {
		There place `env:"THERE,optional" validate:"omitempty"`
	} `envPrefix:"STORE_"`
}

func TestAFieldIsToldWhoItIsWhetherItIsSetOrNot(t *testing.T) {
	for name, test := range map[string]struct {
		values config.Map
		lenient,
		given bool
		want string
	}{
		"set":               {values: config.Map{"HERE": "x", "STORE_THERE": "y"}},
		"optional":          {values: config.Map{"HERE": "x"}},
		"missing":           {values: config.Map{}, want: "HERE  place  is missing"},
		"wrong":             {values: config.Map{"HERE": "bad"}, want: "HERE  place  "},
		"lenient":           {values: config.Map{}, lenient: true},
		"given":             {values: config.Map{}, given: true},
		"lenient and wrong": {values: config.Map{"HERE": "bad"}, lenient: true},
	} {
		t.Run(name, func(t *testing.T) {
			var cfg places
			options := []config.Option{config.From(test.values)}
			if test.lenient {
				options = append(options, config.Lenient())
			}
			err := config.LoadAll(t.Context(), []config.Part{{Into: &cfg, Group: "web", Given: test.given}}, options...)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if got := cfg.Here.field; got != (config.Field{Variable: "HERE", Path: "Here", Group: "web", Tag: `env:"HERE" zone:"a"`}) {
				t.Errorf("Here is told that it is %+v", got)
			}
			if got := cfg.Store.There.field; got.Variable != "STORE_THERE" || got.Path != "Store.There" {
				t.Errorf("There is told that it is %+v", got)
			}
			if got := config.DeclaredFields(&cfg); len(got) != 2 || got[0] != config.Declared(&cfg.Here) || got[1] != config.Declared(&cfg.Store.There) {
				t.Errorf("the declared fields are %v", got)
			}
		})
	}
	if config.DeclaredFields(places{}) != nil || config.DeclaredFields(nil) != nil {
		t.Error("fields of what is no pointer")
	}
}

func TestARequiredFieldIsDescribedAsSuch(t *testing.T) {
	variables, err := config.Describe[places]()
	if err != nil || !variables[0].Required || variables[1].Required || variables[0].Type != "place" {
		t.Errorf("got %+v, %v", variables, err)
	}
}

func TestFieldsThatCannotBeToldWhoTheyAre(t *testing.T) {
	type wrong struct {
		Pointer *place           `env:"POINTER"`
		List    []place          `env:"LIST"`
		Map     map[string]place `env:"MAP"`
		Text    string           `env:"TEXT,optional"`
		Both    place            `env:"BOTH,optional,notEmpty"`
		None    place
	}
	_, err := config.Describe[wrong]()
	for _, want := range []string{
		"wrong.Pointer  place                 each place has a variable of its own",
		"wrong.List", "wrong.Map", "wrong.Text", "is for resources alone", "two options in its env tag of which only one can hold", "the field has no env tag",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

// What is only described depends on no file and changes no environment.
func TestALenientLoadTouchesNothing(t *testing.T) {
	type touching struct {
		File  string `env:"TOUCHING_FILE,file" envDefault:"together_test.go"`
		Unset string `env:"TOUCHING_UNSET,unset"`
	}
	t.Setenv("TOUCHING_UNSET", "x")
	cfg, err := config.Load[touching](t.Context(), config.Lenient(), config.From(config.Env()))
	if _, set := os.LookupEnv("TOUCHING_UNSET"); err != nil || cfg != (touching{Unset: "x"}) || !set {
		t.Errorf("got %+v, %v, set %v", cfg, err, set)
	}
}
