package fntest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

func TestAFailingStopHookFailsTheTest(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Group("orders", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStop(ctx, func(context.Context) error { return errors.New("cannot close") })
		return nil, nil
	})
	tb := &recordingTB{TB: t}
	fntest.New(tb, app)
	tb.finish()
	if len(tb.failures) != 1 || !strings.Contains(tb.failures[0], "cannot close") {
		t.Errorf("got %q", tb.failures)
	}
}

type needsConfig struct {
	StoreURL string `env:"STORE_URL" validate:"required"`
}

func TestWhatCannotBeOpenedIsAnError(t *testing.T) {
	failing := fn.NewApp[fn.NoConfig]("failing")
	failing.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, errors.New("no table") })
	for name, c := range map[string]struct {
		app     fn.Starter
		options []fntest.Option
		says    string
	}{
		"a host that does not exist":              {newApp(), []fntest.Option{fntest.Hosts("lambda")}, `no host "lambda"`},
		"no host at all":                          {newApp(), []fntest.Option{fntest.Hosts("http"), fntest.Without("http")}, "no host"},
		"a host to leave out that does not exist": {newApp(), []fntest.Option{fntest.Without("lambda/abl")}, `fntest.Without: there is no host "lambda/abl"; there are direct, `},
		"two hosts that do not exist":             {newApp(), []fntest.Option{fntest.Hosts("http", "htp"), fntest.Without("alb")}, "no host \"htp\"; there are direct, direct/shared, http, lambda/rest-1.0, lambda/rest-1.0/proxy, lambda/http-1.0, lambda/http-2.0, lambda/http-2.0/default, lambda/http-2.0/stage, lambda/function-url, lambda/alb, lambda/alb-multi, grain/group, grain/function, grain/group/http\nfntest.Without: there is no host \"alb\""},
		"a config that is not there":              {fn.NewApp[needsConfig]("shop"), []fntest.Option{fntest.Start(fn.WithSources(config.Map{}))}, "A test gives the app a config by fntest.Start(fn.WithConfig(…))"},
		"an app that does not start":              {failing, nil, "no table"},
		"a selector that matches nothing":         {newApp(), []fntest.Option{fntest.Start(fn.Select("nope.*"))}, "nope"},
		"a config that is not of the type":        {newApp(), []fntest.Option{fntest.Start(fn.WithConfig(1))}, "int"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := fntest.Open(t.Context(), c.app, c.options...); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error with %q", err, c.says)
			}
		})
	}
}

func TestAUnitThatWasStartedBeforeIsNotStopped(t *testing.T) {
	stops := 0
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Group("orders", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStop(ctx, func(context.Context) error { stops++; return nil })
		return nil, nil
	})
	unit := app.MustStart(t.Context())
	for range 2 {
		tb := &recordingTB{TB: t}
		fntest.New(tb, unit)
		tb.finish()
	}
	if stops != 0 {
		t.Errorf("stopped %d times", stops)
	}
	if err := unit.Stop(t.Context()); err != nil || stops != 1 {
		t.Errorf("its owner stops it: %v, %d times", err, stops)
	}
}

func TestAClientWithoutATestSaysWhatWentWrong(t *testing.T) {
	c, err := fntest.Open(t.Context(), newApp())
	if err != nil {
		t.Fatal(err)
	}
	if res := c.Do(fntest.Post("/notes").JSON(make(chan int))); res.Status != 0 || !strings.Contains(string(res.Body), "POST /notes") {
		t.Errorf("got %v", res)
	}
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLogsAreTheAppsLines(t *testing.T) {
	fntest.Each(t, newApp(), func(t *testing.T, c *fntest.Client) {
		if got := c.Logs(); got != nil {
			t.Errorf("before any request: %v", got)
		}
		c.Do(fntest.Get("/fail/plain"))
		logs := c.Logs()
		i := slices.IndexFunc(logs, func(line map[string]any) bool { return line["level"] == "error" })
		if i < 0 || logs[i]["function"] != "fail.now" || logs[i]["error"] != "internal: the password is hunter2" {
			t.Errorf("got %v", logs)
		}
	})
}

func TestAClientCanBeUsedByManyGoroutines(t *testing.T) {
	fntest.Each(t, newApp(), func(t *testing.T, c *fntest.Client) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if res, err := c.Try(t.Context(), fntest.Get("/echo/7")); err != nil || res.Status != 200 {
					t.Errorf("got %v, %v", res, err)
				}
				c.Logs()
			})
		}
		all.Wait()
	})
}
