package fn_test

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

type fansConfig struct {
	Key config.Secret `env:"SIGNING_KEY" validate:"required"`
}

type fansChat struct {
	Token config.Secret `env:"CHAT_TOKEN" validate:"required"`
}

func newFansChat(_ context.Context, _ fansConfig, own fansChat) ([]fn.Function, error) {
	hello := func(context.Context, struct{}) (string, error) { return "hello", nil }
	return []fn.Function{fn.New("chat.hello", hello)}, nil
}

func newFansShows(context.Context, fansConfig) ([]fn.Function, error) {
	list := func(context.Context, struct{}) (string, error) { return "two shows", nil }
	return []fn.Function{fn.New("shows.list", list)}, nil
}

// A unit needs the variables of its own groups: the group shows starts without the token of the group chat.
func ExampleAddGroup() {
	app := fn.NewApp[fansConfig]("fans")
	fn.AddGroup(app, "chat", newFansChat)
	app.Group("shows", newFansShows)

	shared := fn.WithSources(config.Map{"SIGNING_KEY": "k"})
	_, err := app.Start(context.Background(), shared, fn.Select("shows.*"))
	fmt.Println("shows:", err)
	_, err = app.Start(context.Background(), shared, fn.Select("chat.*"))
	fmt.Println("chat:", err)
	// Output:
	// shows: <nil>
	// chat: 1 problem in the config:
	//   CHAT_TOKEN  secret  is missing
	// Set them in the environment, or in .env on your machine; the command "config" lists all.
}

// A test gives the app's config and the sections by their types.
func ExampleWithConfig() {
	app := fn.NewApp[fansConfig]("fans")
	fn.AddGroup(app, "chat", newFansChat)

	unit, err := app.Start(context.Background(), fn.WithConfig(
		fansConfig{Key: config.NewSecret("k")},
		fansChat{Token: config.NewSecret("t")},
	))
	fmt.Println(unit.Functions()[0].Name(), err)
	// Output: chat.hello <nil>
}

// signedBy refuses requests over HTTP that are not signed with the key.
func signedBy(key config.Secret) fn.Middleware {
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Kind == fn.KindHTTP && !key.Equal(req.Header("X-Key")) {
				return nil, fn.Errorf(fn.Unauthenticated, "the key is wrong")
			}
			return next(ctx, req)
		}
	}
}

// Middleware for all functions that needs a secret of the config.
func ExampleApp_Configure() {
	app := fn.NewApp[fansConfig]("fans")
	app.Configure(func(_ context.Context, cfg fansConfig) ([]fn.AppOption, error) {
		return []fn.AppOption{fn.Use(signedBy(cfg.Key))}, nil
	})
	app.Group("shows", newFansShows)

	unit := app.MustStart(context.Background(), fn.WithConfig(fansConfig{Key: config.NewSecret("k")}))
	shows, err := fn.Call[struct{}, string](context.Background(), unit, "shows.list", struct{}{})
	fmt.Println(shows, err)
	// Output: two shows <nil>
}

// What is opened at the start is closed at the stop.
func ExampleOpen() {
	app := fn.NewApp[fn.NoConfig]("fans")
	app.Group("shows", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		store := fn.Open(ctx,
			func(context.Context) (string, error) { fmt.Println("open"); return "the store", nil },
			func(string) error { fmt.Println("close"); return nil })
		list := func(context.Context, struct{}) (string, error) {
			s, err := store.Get()
			return "two shows of " + s, err
		}
		return []fn.Function{fn.New("shows.list", list)}, nil
	})

	unit := app.MustStart(context.Background())
	fmt.Println(fn.Call[struct{}, string](context.Background(), unit, "shows.list", struct{}{}))
	fmt.Println(unit.Stop(context.Background()))
	// Output:
	// open
	// two shows of the store <nil>
	// close
	// <nil>
}
