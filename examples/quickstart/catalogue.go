//go:build !only || catalogue

package main

import (
	"context"

	"github.com/anygrain/anygrain/examples/quickstart/catalogue"
	"github.com/anygrain/anygrain/fn"
)

func init() { app.Group("catalogue", newCatalogue) }

func newCatalogue(_ context.Context, cfg Config) ([]fn.Function, error) {
	return catalogue.New(cfg.Currency).Functions(), nil
}
