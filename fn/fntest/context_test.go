package fntest_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

func TestAContextWithoutTheFakeSaysHowToPassIt(t *testing.T) {
	price := fn.Define[struct{}, int]("stock.price")
	count := fn.Define[struct{}, int]("stock.count")
	ctx := fntest.Context(t, price.With(func(context.Context, struct{}) (int, error) { return 3, nil }))
	if got, err := price.Call(ctx, struct{}{}); got != 3 || err != nil {
		t.Errorf("the fake: %d, %v", got, err)
	}
	const want = "call of stock.count: fntest.Context has no stock.count: pass it a fake, made by With of the contract"
	if _, err := count.Call(ctx, struct{}{}); !errors.Is(err, fn.ErrRemote) || fn.CodeOf(err) != fn.Unimplemented || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
