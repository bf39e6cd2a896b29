//go:build !only || chat

package main

import (
	"context"
	"time"

	"github.com/anygrain/anygrain/examples/quickstart/chat"
	"github.com/anygrain/anygrain/fn"
)

func init() { fn.AddGroup(app, "chat", newChat) }

func newChat(_ context.Context, _ Config, own chat.Config) ([]fn.Function, error) {
	return chat.New(own.Secret, time.Now).Functions(), nil
}
