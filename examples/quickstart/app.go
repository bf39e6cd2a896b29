package main

import (
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// Config is read once, whatever is linked in, and handed to the groups.
type Config struct {
	Currency   string        `env:"CURRENCY"    envDefault:"EUR"        validate:"len=3" doc:"ISO 4217 code of all prices"`
	ChatSecret config.Secret `env:"CHAT_SECRET" envDefault:"local-only" doc:"what the chat service signs its requests with"`
}

// app is one app with one config type, shared by every unit.
var app = fn.NewApp[Config]("shop", fn.Use(middleware.Default()...))
