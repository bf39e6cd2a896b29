//go:build !only || chat

package main

import (
	"context"

	"github.com/anygrain/anygrain/fn"
)

const chat = "chat"

func init() {
	app.Group(chat, func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		return []fn.Function{fn.New("chat.reply", nothing)}, nil
	})
}
