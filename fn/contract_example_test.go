package fn_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// Package ordersapi: what siblings import.
type (
	totalInput  struct{ Cents []int }
	totalOutput struct{ Cents int }
)

var total = fn.Define[totalInput, totalOutput]("orders.total", fn.Idempotent())

// Package orders: the contract and a handler are a function.
func sum(_ context.Context, in totalInput) (totalOutput, error) {
	var out totalOutput
	for _, c := range in.Cents {
		out.Cents += c
	}
	return out, nil
}

// Package cart: the call is the same whether orders is in this unit or in another.
func checkout(ctx context.Context, _ struct{}) (string, error) {
	out, err := total.Call(ctx, totalInput{Cents: []int{220, 380}})
	switch {
	case errors.Is(err, fn.ErrRemote):
		return "", fn.Errorf(fn.Unavailable, "the till is closed").WithCause(err)
	case err != nil:
		return "", err
	}
	return fmt.Sprintf("%d.%02d EUR", out.Cents/100, out.Cents%100), nil
}

func ExampleContract() {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(
		total.With(sum),
		fn.New("cart.checkout", checkout, fn.Route("POST /checkout"), fn.Needs(total)),
	)
	for _, host := range []string{"direct", "grain/function"} { // one unit; one unit for each function
		c, err := fntest.Open(context.Background(), app, fntest.Hosts(host))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(host, c.Do(fntest.Post("/checkout")))
		_ = c.Close(context.Background())
	}
	// Output:
	// direct 200 6.00 EUR
	// grain/function 200 6.00 EUR
}
