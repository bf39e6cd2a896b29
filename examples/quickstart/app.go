package main

import (
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// Config is read by every unit, and handed to the groups. What one group alone reads stands in its own
// section, as in chat.
type Config struct {
	Currency string `env:"CURRENCY" envDefault:"EUR" validate:"len=3" doc:"ISO 4217 code of all prices"`
}

// app is one app with one config type, shared by every unit.
var app = fn.NewApp[Config]("shop", fn.Use(middleware.Default()...))
