package resource_test

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/resource"
)

// The section of a group says what it uses, each function what it does with it.
func Example() {
	type Show struct {
		ID string `json:"id"`
	}
	type Section struct {
		Table  resource.Table[Show] `env:"SHOWS_TABLE"`
		Images resource.Bucket      `env:"IMAGES_BUCKET"`
	}
	app := fn.NewApp[fn.NoConfig]("fans")
	fn.AddGroup(app, "shows", func(_ context.Context, _ fn.NoConfig, own Section) ([]fn.Function, error) {
		table := own.Table.Name() // for the client of one's choice
		get := func(context.Context, struct{}) (string, error) { return "from " + table, nil }
		return []fn.Function{fn.New("shows.get", get, fn.Needs(own.Table.Read(), own.Images.Read()))}, nil
	})

	unit := app.MustStart(context.Background(), fn.WithSources(config.Map{"SHOWS_TABLE": "fans-dev-shows", "IMAGES_BUCKET": "fans-dev-images"}))
	show, err := fn.Call[struct{}, string](context.Background(), unit, "shows.get", struct{}{})
	fmt.Println(show, err)
	fmt.Println(unit.Functions()[0].Needs())
	// Output:
	// from fans-dev-shows <nil>
	// [read of table SHOWS_TABLE read of bucket IMAGES_BUCKET]
}
