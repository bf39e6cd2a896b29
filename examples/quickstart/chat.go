//go:build !only || chat

package main

import (
	"context"
	"time"

	"github.com/anygrain/anygrain/examples/quickstart/chat"
	"github.com/anygrain/anygrain/fn"
)

func init() { app.Group("chat", newChat) }

func newChat(_ context.Context, cfg Config) ([]fn.Function, error) {
	return chat.New(cfg.ChatSecret, time.Now).Functions(), nil
}
