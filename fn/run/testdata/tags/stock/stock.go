// Package stock has its functions registered by others.
package stock

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

// Functions lists the functions of the group.
func Functions() []fn.Function {
	return []fn.Function{fn.New("stock.count", func(context.Context, struct{}) (int, error) { return 0, nil })}
}
