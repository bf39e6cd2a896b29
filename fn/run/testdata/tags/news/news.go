// Package news registers its group itself.
package news

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

// Register adds the group to the app.
func Register(app *fn.App[fn.NoConfig]) {
	app.Group("news", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		return []fn.Function{fn.New("news.latest", func(context.Context, struct{}) (string, error) { return "", nil })}, nil
	})
}
