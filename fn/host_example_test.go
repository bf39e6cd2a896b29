package fn_test

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/fn"
)

// A host outside of this module runs functions for messages of its own kind.
func ExampleHost() {
	type order struct {
		SKU string `json:"sku" validate:"required"`
	}
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.create", func(ctx context.Context, in order) (string, error) {
		req, _ := fn.RequestFrom(ctx)
		return fmt.Sprintf("%s, by %s of %s", in.SKU, req.Kind, req.Host), nil
	}))
	ctx := context.Background()
	unit := app.MustStart(ctx)
	defer func() { _ = unit.Stop(ctx) }()

	host := unit.Host("broker")
	for _, message := range []string{`{"sku":"tea"}`, `{"sku":""}`} {
		reply, err := host.Invoke(ctx, "orders.create", &fn.Request{Kind: "mqtt", From: fn.InputFromJSON([]byte(message))})
		if err != nil {
			fmt.Println(fn.CodeOf(err))
			continue
		}
		fmt.Printf("%s\n", reply.Body)
	}
	// Output:
	// "tea, by mqtt of broker"
	// invalid_argument
}
