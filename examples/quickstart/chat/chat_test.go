package chat_test

import (
	"context"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/examples/quickstart/chat"
	"github.com/anygrain/anygrain/examples/quickstart/ordersapi"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

// The handler by itself, with a fake of the function that it calls.
func TestPrice(t *testing.T) {
	tests := map[string]struct {
		out  ordersapi.PriceOutput
		err  error
		want string
		code fn.Code
	}{
		"a product":        {ordersapi.PriceOutput{Cents: 905, Currency: "CHF"}, nil, "tea costs 9.05 CHF.", 0},
		"no product":       {ordersapi.PriceOutput{}, fn.Errorf(fn.FailedPrecondition, "none"), "There is no tea.", 0},
		"orders is down":   {ordersapi.PriceOutput{}, fn.Errorf(fn.Unavailable, "down"), "", fn.Unavailable},
		"orders is broken": {ordersapi.PriceOutput{}, context.Canceled, "", fn.Internal},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ctx := fntest.Context(t, ordersapi.Price.With(func(context.Context, ordersapi.PriceInput) (ordersapi.PriceOutput, error) {
				return test.out, test.err
			}))
			out, err := chat.New(config.NewSecret("secret")).Command(ctx, chat.CommandInput{Token: "secret", User: "Ada", Command: "/price", Text: "tea"})
			if fn.CodeOf(err) != test.code || !strings.Contains(out.Text, test.want) {
				t.Errorf("got %v, %v", out, err)
			}
		})
	}
}
