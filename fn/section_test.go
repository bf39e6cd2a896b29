package fn_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

type showsSection struct {
	Table string `env:"SHOWS_TABLE" validate:"required"`
}

type chatSection struct {
	Token config.Secret `env:"CHAT_TOKEN" validate:"required"`
	Store string        `env:"STORE" validate:"required"` // the app reads it too
}

// sectioned is an app of two groups with a section each and one without.
func sectioned(notes *[]string) *fn.App[shopConfig] {
	app := fn.NewApp[shopConfig]("shop", fn.Timeout(3*time.Second))
	fn.AddGroup(app, "shows", func(_ context.Context, shared shopConfig, own showsSection) ([]fn.Function, error) {
		*notes = append(*notes, "shows "+shared.Store+" "+own.Table)
		return []fn.Function{fn.New("shows.get", nothing[struct{}]), fn.New("shows.list", nothing[struct{}], fn.Timeout(time.Second))}, nil
	}, fn.Timeout(2*time.Second), fn.Needs(bucket{"bucket", "IMAGES"}.read()))
	fn.AddGroup(app, "chat", func(_ context.Context, shared shopConfig, own chatSection) ([]fn.Function, error) {
		*notes = append(*notes, "chat "+shared.Store+" "+own.Token.Reveal())
		return []fn.Function{fn.New("chat.reply", nothing[struct{}])}, nil
	})
	app.Group("plain", func(_ context.Context, shared shopConfig) ([]fn.Function, error) {
		*notes = append(*notes, "plain "+shared.Store)
		return []fn.Function{fn.New("plain.get", nothing[struct{}])}, nil
	})
	return app
}

func TestAUnitNeedsTheSectionsOfItsOwnGroups(t *testing.T) {
	all := config.Map{"STORE": "s", "SHOWS_TABLE": "t", "CHAT_TOKEN": "secret"}
	tests := map[string]struct {
		selector string
		without  string
		notes    []string
		missing  []string
	}{
		"everything":                              {selector: "*", notes: []string{"shows s t", "chat s secret", "plain s"}},
		"a group without what another reads":      {selector: "shows.*", without: "CHAT_TOKEN", notes: []string{"shows s t"}},
		"a function without what another reads":   {selector: "shows.get", without: "CHAT_TOKEN", notes: []string{"shows s t"}},
		"the group without what it reads":         {selector: "chat.*", without: "CHAT_TOKEN", missing: []string{"1 problem", "CHAT_TOKEN  secret  is missing"}},
		"everything without what one group reads": {selector: "*", without: "CHAT_TOKEN", missing: []string{"CHAT_TOKEN"}},
		"a group without a section":               {selector: "plain.*", without: "CHAT_TOKEN,SHOWS_TABLE", notes: []string{"plain s"}},
		"everything is missing":                   {selector: "*", without: "CHAT_TOKEN,SHOWS_TABLE,STORE", missing: []string{"3 problems", "STORE", "SHOWS_TABLE", "CHAT_TOKEN"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values := config.Map{}
			for variable, value := range all {
				if !slices.Contains(strings.Split(test.without, ","), variable) {
					values[variable] = value
				}
			}
			var notes []string
			_, err := sectioned(&notes).Start(t.Context(), fn.WithSources(values), fn.Select(test.selector))
			if (err == nil) != (test.missing == nil) || !slices.Equal(notes, test.notes) {
				t.Errorf("constructed %q, %v", notes, err)
			}
			for _, part := range test.missing {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in %v", part, err)
				}
			}
		})
	}
}

func TestOptionsOfAGroupWithASectionAreTheGroups(t *testing.T) {
	d, err := sectioned(new([]string)).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	timeouts := map[string]time.Duration{"shows.get": 2 * time.Second, "shows.list": time.Second, "chat.reply": 0, "plain.get": 0}
	for _, f := range d.Functions {
		if limit, _ := f.Timeout(); limit != timeouts[f.Name()] || (len(f.Needs()) == 1) != (f.Group() == "shows") {
			t.Errorf("%s: %v, %v", f.Name(), limit, f.Needs())
		}
	}
}

func TestADescriptionSaysWhichGroupReadsWhat(t *testing.T) {
	t.Setenv("STORE", "of the environment")
	var notes []string
	d, err := sectioned(&notes).Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(notes, []string{"shows  ", "chat  ", "plain "}) {
		t.Errorf("the constructors got %q", notes)
	}
	names := func(variables []config.Variable) (all []string) {
		for _, v := range variables {
			all = append(all, fmt.Sprint(v.Name, v.Secret))
		}
		return all
	}
	got := [][]string{names(d.Config), names(d.Variables("shows")), names(d.Variables("plain")), names(d.Variables("chat", "shows"))}
	want := [][]string{{"STOREfalse"}, {"STOREfalse", "SHOWS_TABLEfalse"}, {"STOREfalse"}, {"STOREfalse", "SHOWS_TABLEfalse", "CHAT_TOKENtrue"}}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(d.Sections) != 2 || d.Sections[1].Group != "chat" {
		t.Errorf("got %v, want %v, in %v", got, want, d.Sections)
	}
	variables, err := sectioned(&notes).Config(t.Context(), fn.WithSources(config.Map{}))
	if missing := new(config.Error); len(variables) != 4 || !errors.As(err, &missing) || len(missing.Problems) != 3 {
		t.Errorf("Config: %v, %v", variables, err)
	}
}

func TestConfigsAreGivenByTheirTypes(t *testing.T) {
	shop, shows, chat := shopConfig{"s"}, showsSection{"t"}, chatSection{Token: config.NewSecret("x")}
	tests := map[string]struct {
		options []fn.StartOption
		notes   string
		wrong   []string
	}{
		"all":                            {options: []fn.StartOption{fn.WithConfig(chat, shop, shows)}, notes: "[shows s t chat s x plain s]"},
		"in two options":                 {options: []fn.StartOption{fn.WithConfig(chat), fn.WithConfig(shop, shows)}, notes: "[shows s t chat s x plain s]"},
		"what a group reads":             {options: []fn.StartOption{fn.WithConfig(shop, shows), fn.Select("shows.*")}, notes: "[shows s t]"},
		"more than the group reads":      {options: []fn.StartOption{fn.WithConfig(shop, shows, chat), fn.Select("plain.*")}, notes: "[plain s]"},
		"the others from a source":       {options: []fn.StartOption{fn.WithConfig(shop, shows), fn.WithSources(config.Map{"CHAT_TOKEN": "y", "STORE": "z"})}, notes: "[shows s t chat s y plain s]"},
		"the others from one with a gap": {options: []fn.StartOption{fn.WithConfig(shop, shows), fn.WithSources(config.Map{"STORE": "z"})}, wrong: []string{"CHAT_TOKEN  secret  is missing"}},
		"not all": {options: []fn.StartOption{fn.WithConfig(shop)}, wrong: []string{
			`WithConfig: fn_test.showsSection, the section of group "shows" (fn/section_test.go:`, `WithConfig: fn_test.chatSection, the section of group "chat"`, "reads no environment"}},
		"without the app's": {options: []fn.StartOption{fn.WithConfig(chat, shows)}, wrong: []string{"WithConfig: fn_test.shopConfig, the app's config, is not among the values"}},
		"unknown, twice and nil": {options: []fn.StartOption{fn.WithConfig(&shop, shop, shop, nil, "x", chat, shows)}, wrong: []string{
			`WithConfig: a value is of the type *fn_test.shopConfig, which is no config of app "shop"; it has fn_test.shopConfig, fn_test.showsSection (of group "shows"), fn_test.chatSection (of group "chat")`,
			"WithConfig: two values are of the type fn_test.shopConfig", "a value is nil", "of the type string"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CHAT_TOKEN", "of the environment")
			var notes []string
			_, err := sectioned(&notes).Start(t.Context(), test.options...)
			if test.wrong == nil && (err != nil || fmt.Sprint(notes) != test.notes) || test.wrong != nil && err == nil {
				t.Errorf("got %q, %v", notes, err)
			}
			for _, part := range test.wrong {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in %v", part, err)
				}
			}
		})
	}
}

func TestAReplacedGroupNeedsNoSection(t *testing.T) {
	var notes []string
	fake := fn.ReplaceGroup("chat", func(context.Context, shopConfig) ([]fn.Function, error) {
		return []fn.Function{fn.New("chat.fake", nothing[struct{}])}, nil
	})
	for _, values := range []fn.StartOption{fn.WithConfig(shopConfig{"s"}, showsSection{"t"}), fn.WithSources(config.Map{"STORE": "s", "SHOWS_TABLE": "t"})} {
		if _, err := sectioned(&notes).Start(t.Context(), fake, values); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatIsWrongWithASectionIsAProblem(t *testing.T) {
	construct := func(context.Context, shopConfig, showsSection) ([]fn.Function, error) { return nil, nil }
	tests := map[string]struct {
		add  func(*fn.App[shopConfig])
		want []string
	}{
		"two groups of one type": {func(app *fn.App[shopConfig]) {
			fn.AddGroup(app, "shows", construct)
			fn.AddGroup(app, "films", construct)
		},
			[]string{`group "films": its section is of the type fn_test.showsSection, as that of group "shows" at fn/section_test.go:`}},
		"a group twice": {func(app *fn.App[shopConfig]) {
			fn.AddGroup(app, "shows", construct)
			app.Group("shows", func(context.Context, shopConfig) ([]fn.Function, error) { return nil, nil })
		}, []string{`group "shows" is registered twice, the first time at fn/section_test.go:`}},
		"the app's config": {func(app *fn.App[shopConfig]) {
			fn.AddGroup(app, "shows", func(context.Context, shopConfig, shopConfig) ([]fn.Function, error) { return nil, nil })
		}, []string{`group "shows": its section is of the type of the app's config, fn_test.shopConfig`}},
		"no constructor": {func(app *fn.App[shopConfig]) { fn.AddGroup[shopConfig, showsSection](app, "Shows", nil) },
			[]string{`group "Shows": the constructor is nil`, `group "Shows": a group's name is lower-case`}},
		"no struct": {func(app *fn.App[shopConfig]) {
			fn.AddGroup(app, "shows", func(context.Context, shopConfig, string) ([]fn.Function, error) { return nil, nil })
		}, []string{"a config is a struct whose fields have env tags"}},
		"a variable that is not the same": {func(app *fn.App[shopConfig]) {
			type other struct {
				Store string `env:"STORE"`
			}
			fn.AddGroup(app, "shows", func(context.Context, shopConfig, other) ([]fn.Function, error) { return nil, nil })
		}, []string{`fn_test.other.Store  text  reads STORE (of group "shows", fn/section_test.go:`, `which shopConfig.Store reads too (fn/section_test.go:`, `validate:"" and validate:"required"`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			app := fn.NewApp[shopConfig]("shop")
			test.add(app)
			_, err := app.Start(t.Context(), store, fn.WithSources(config.Map{"SHOWS_TABLE": "t"}))
			_, described := app.Describe(t.Context())
			for _, part := range test.want {
				if err == nil || !strings.Contains(err.Error(), part) || described == nil || !strings.Contains(described.Error(), part) {
					t.Errorf("%q is not in both of\n%v\n%v", part, err, described)
				}
			}
		})
	}
	fn.AddGroup[shopConfig](nil, "shows", construct)
}

// NoConfig reads nothing, so that any number of groups can have it for a section.
func TestASectionThatReadsNothing(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	for _, name := range []string{"a", "b"} {
		fn.AddGroup(app, name, func(context.Context, fn.NoConfig, fn.NoConfig) ([]fn.Function, error) {
			return []fn.Function{fn.New(name+".get", nothing[struct{}])}, nil
		})
	}
	if _, err := app.Start(t.Context(), fn.WithConfig(fn.NoConfig{})); err != nil {
		t.Error(err)
	}
}
