package main

import (
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// Config is read once, whatever is linked in, and handed to the groups.
type Config struct {
	Currency  string        `env:"CURRENCY"   envDefault:"EUR"        validate:"len=3" doc:"ISO 4217 code of all prices"`
	ChatToken config.Secret `env:"CHAT_TOKEN" envDefault:"local-only" doc:"the token that the chat service sends"`
}

// app is one app with one config type, shared by every unit.
var app = fn.NewApp[Config]("shop", fn.Use(middleware.Default()...))
