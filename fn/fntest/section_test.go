package fntest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type signedConfig struct {
	Key config.Secret `env:"KEY" validate:"required"`
}

type pageSection struct {
	Title string `env:"TITLE" validate:"required"`
}

type mailSection struct {
	Sender string `env:"SENDER" validate:"required"`
}

// signed is an app with two sections, middleware from its config and something that is opened.
func signed() *fn.App[signedConfig] {
	app := fn.NewApp[signedConfig]("signed")
	app.Configure(func(_ context.Context, cfg signedConfig) ([]fn.AppOption, error) {
		return []fn.AppOption{fn.Use(func(next fn.Invoker) fn.Invoker {
			return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				if req.Kind == fn.KindHTTP && !cfg.Key.Equal(req.Header("X-Key")) {
					return nil, fn.Errorf(fn.Unauthenticated, "the key is wrong")
				}
				return next(ctx, req)
			}
		})}, nil
	})
	sender := fn.Define[struct{}, string]("mail.sender", fn.Route("GET /sender"))
	fn.AddGroup(app, "page", func(ctx context.Context, _ signedConfig, own pageSection) ([]fn.Function, error) {
		title := fn.Open(ctx, func(context.Context) (string, error) { return own.Title, nil }, nil)
		return []fn.Function{fn.New("page.show", func(ctx context.Context, _ struct{}) (string, error) {
			by, err := sender.Call(ctx, struct{}{})
			if err != nil {
				return "", err
			}
			text, err := title.Get()
			return text + " by " + by, err
		}, fn.Route("GET /page"), fn.Needs(sender))}, nil
	})
	fn.AddGroup(app, "mail", func(_ context.Context, _ signedConfig, own mailSection) ([]fn.Function, error) {
		return []fn.Function{sender.With(func(context.Context, struct{}) (string, error) { return own.Sender, nil })}, nil
	})
	return app
}

func TestSectionsAndMiddlewareOfAConfigOnEveryHost(t *testing.T) {
	given := fntest.Start(fn.WithConfig(signedConfig{config.NewSecret("k")}, pageSection{"Moby-Dick"}, mailSection{"Herman"}))
	fntest.Each(t, signed(), func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/page").Header("X-Key", "k")); res.Status != 200 || !strings.Contains(string(res.Body), "Moby-Dick by Herman") {
			t.Errorf("got %v", res)
		}
		if res := c.Do(fntest.Get("/page").Header("X-Key", "other")); res.Status != 401 {
			t.Errorf("with another key: %v", res)
		}
	}, given)
	fntest.Same(t, signed(), []fntest.Request{
		fntest.Get("/page").Header("X-Key", "k"), fntest.Get("/page"), fntest.Get("/sender").Header("X-Key", "k"), fntest.Get("/nothing"),
	}, fntest.Start(fn.WithSources(config.Map{"KEY": "k", "TITLE": "Moby-Dick", "SENDER": "Herman"})))
}
