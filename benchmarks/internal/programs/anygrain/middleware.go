//go:build !no_timeout

package main

import (
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

func around() []fn.Middleware { return middleware.Default() }
