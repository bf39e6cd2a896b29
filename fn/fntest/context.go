package fntest

import (
	"context"
	"fmt"
	"testing"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// Context returns a context in which a handler can call these functions and no
// others: for the test of a handler by itself. They are fakes as a rule, made of
// the contracts that the handler calls:
//
//	ctx := fntest.Context(t, ordersapi.Price.With(func(context.Context, ordersapi.PriceInput) (ordersapi.PriceOutput, error) {
//		return ordersapi.PriceOutput{Cents: 220}, nil
//	}))
//	out, err := service.Command(ctx, chat.CommandInput{Text: "espresso"})
//
// The fakes get what a real callee would: the In is validated, the error comes
// without its cause. It ends with the test's own context.
func Context(tb testing.TB, functions ...fn.Function) context.Context {
	tb.Helper()
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.Nop()))
	app.Add(functions...)
	ctx := tb.Context()
	app.Add(fn.Raw("fntest.caller", func(inside context.Context, _ *fn.Request) (*fn.Reply, error) {
		ctx = inside
		return &fn.Reply{}, nil
	}))
	unit, err := app.Start(ctx, fn.WithTransport(noFake{}))
	if err == nil {
		_, err = unit.Host("test").Invoke(ctx, "fntest.caller", &fn.Request{Kind: fn.KindEvent})
	}
	if err != nil {
		tb.Fatal(err)
	}
	return ctx
}

// noFake is where the calls of functions go that Context was not given.
type noFake struct{}

// Carry implements fn.Transport.
func (noFake) Carry(_ context.Context, function string, _ []byte) ([]byte, error) {
	return nil, fn.Errorf(fn.Unimplemented, "").WithCause(fmt.Errorf(
		"fntest.Context has no %s: pass it a fake, made by With of the contract, as in fntest.Context(t, contract.With(fake))", function))
}
