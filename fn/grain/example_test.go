package grain_test

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

func Example() {
	price := fn.Define[struct{}, string]("orders.price")
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		price.With(func(context.Context, struct{}) (string, error) { return "2.20", nil }),
		fn.New("chat.reply", func(ctx context.Context, in struct{}) (string, error) { return price.Call(ctx, in) }, fn.Needs(price)),
	)
	description, err := app.Describe(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	units, err := grain.Cut(description, grain.ByGroup(description))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, unit := range units {
		fmt.Println(unit.Name, unit.Tags, unit.Handler)
	}
	fmt.Print(grain.Text(description, units))
	// Output:
	// orders [lambda lambda.norpc validator_novalidatefn quickrules only orders] orders.*
	// chat [lambda lambda.norpc validator_novalidatefn quickrules only chat] chat.*
	// orders.price [orders]
	// chat.reply [chat]
	//   → orders.price (remote)
}
