//go:build !lambda

package run_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/run"
)

type featureConfig struct {
	Admin  bool   `env:"FEATURE_ADMIN"`
	Prefix string `env:"FEATURE_PREFIX" envDefault:"/v1" validate:"startswith=/"`
	Mode   string `env:"FEATURE_MODE" envDefault:"plain" validate:"oneof=fancy plain"`
}

type chatSection struct {
	Token config.Secret `env:"FEATURE_TOKEN" validate:"required"`
}

// featuredFor is an app whose group makes what the function says. The group beside it takes one token alone.
func featuredFor(token string, construct func(featureConfig) []fn.Function) *fn.App[featureConfig] {
	app := fn.NewApp[featureConfig]("features")
	app.Group("web", func(_ context.Context, cfg featureConfig) ([]fn.Function, error) { return construct(cfg), nil })
	fn.AddGroup(app, "chat", func(_ context.Context, _ featureConfig, own chatSection) ([]fn.Function, error) {
		if own.Token.Reveal() != token {
			return nil, errors.New("this is no token")
		}
		return []fn.Function{fn.New("chat.reply", nothing)}, nil
	})
	return app
}

// featured is such an app whose other group refuses sample values.
func featured(construct func(featureConfig) []fn.Function) *fn.App[featureConfig] {
	return featuredFor("", construct)
}

func outputOf(t *testing.T, app run.App, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	run.Command(t.Context(), app, args, run.IO{In: strings.NewReader(""), Out: &out, Err: &out})
	return out.String()
}

func TestCheckFindsConstructorsThatDependOnTheConfig(t *testing.T) {
	price := fn.Define[struct{}, string]("chat.price")
	page := func(options ...fn.FunctionOption) fn.Function { return fn.New("web.page", nothing, options...) }
	tests := map[string]struct {
		construct func(featureConfig) []fn.Function
		want      string // "" for no problem
	}{
		"always the same": {construct: func(featureConfig) []fn.Function { return []fn.Function{page(fn.Route("GET /{$}"))} }},
		"one more function": {func(cfg featureConfig) []fn.Function {
			if cfg.Admin {
				return []fn.Function{page(), fn.New("web.admin", nothing)}
			}
			return []fn.Function{page()}
		}, `the constructor of the group "web" makes it with sample values of the config, and not without values; a deployment is planned without the values of the config`},
		"one function less": {func(cfg featureConfig) []fn.Function {
			if cfg.Mode == "plain" {
				return []fn.Function{page(), fn.New("web.plain", nothing)}
			}
			return []fn.Function{page()}
		}, `makes it without values of the config, and not with sample values`},
		"another route": {func(cfg featureConfig) []fn.Function {
			return []fn.Function{page(fn.Route("GET " + cfg.Prefix + "/page"))}
		},
			`its routes depend on the config: "GET /v1/page" without values, "GET /sample/page" with sample values`},
		"another need": {func(cfg featureConfig) []fn.Function {
			if cfg.Admin {
				return []fn.Function{page(fn.Needs(price))}
			}
			return []fn.Function{page()}
		}, `its needs depend on the config: "" without values, "call of function chat.price" with sample values`},
		"a declaration that is wrong then": {func(cfg featureConfig) []fn.Function {
			if cfg.Admin {
				return []fn.Function{page(), page()}
			}
			return []fn.Function{page()}
		}, `with sample values of the config the group "web" has a problem that it does not have without: `},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, token := range []string{"", "sample"} { // refuses made-up values, or the lack of any
				text := outputOf(t, featuredFor(token, test.construct), "check")
				if depends := strings.Contains(text, "sample"); depends != (test.want != "") || !strings.Contains(text, test.want) {
					t.Errorf("got  %s\nwant %s", text, test.want)
				}
			}
		})
	}
}

// What a constructor says against values that are made up is no problem of the app.
func TestCheckDoesNotMindAConstructorThatRefusesSampleValues(t *testing.T) {
	text := outputOf(t, featured(func(featureConfig) []fn.Function { return []fn.Function{fn.New("web.page", nothing)} }), "check")
	if strings.Contains(text, "no token") || strings.Contains(text, "sample") {
		t.Error(text)
	}
}

// A plan is the same on every machine: with variables and a file .env, and without.
func TestAPlanReadsNoEnvironment(t *testing.T) {
	app := featured(func(cfg featureConfig) []fn.Function {
		if cfg.Admin {
			return []fn.Function{fn.New("web.admin", nothing)}
		}
		return []fn.Function{fn.New("web.page", nothing, fn.Route("GET "+cfg.Prefix+"/page"))}
	})
	commands := [][]string{{"units"}, {"units", "--json", "--grain", "function"}, {"check"}, {"graph", "--grain", "app"}, {"routes", "--json"}}
	outputs := func() (all []string) {
		for _, args := range commands {
			text := outputOf(t, app, args...)
			all = append(all, text)
		}
		return all
	}
	without := outputs()
	for name, value := range map[string]string{"FEATURE_ADMIN": "true", "FEATURE_PREFIX": "/v2", "FEATURE_TOKEN": "a", "ANYGRAIN_CALLEES": "x=lambda:y"} {
		t.Setenv(name, value)
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, ".env")
	if err := os.WriteFile(file, []byte("FEATURE_MODE=fancy\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(file) })
	for i, text := range outputs() {
		if text != without[i] || text == "" {
			t.Errorf("%q with variables:\n%s\nwithout:\n%s", commands[i], text, without[i])
		}
	}
}

// The variables of a unit are those that its groups read, with the secrets marked.
func TestUnitsListWhatTheyRead(t *testing.T) {
	app := featured(func(featureConfig) []fn.Function { return []fn.Function{fn.New("web.page", nothing)} })
	const shared = "variables  FEATURE_ADMIN, FEATURE_PREFIX, FEATURE_MODE"
	text := outputOf(t, app, "units")
	for _, want := range []string{"functions  web.page\n  " + shared + "\n  handler", "functions  chat.reply\n  " + shared + ", FEATURE_TOKEN (secret)\n  handler"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	text = outputOf(t, app, "units", "--json")
	for _, want := range []string{`"secrets": []`, "\"secrets\": [\n      \"FEATURE_TOKEN\"\n    ]"} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%q is not once in\n%s", want, text)
		}
	}
}
