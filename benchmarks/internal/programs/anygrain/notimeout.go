//go:build no_timeout

package main

import (
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/middleware"
)

// around is middleware.Default without Timeout, and so without a goroutine for
// each request.
func around() []fn.Middleware {
	return []fn.Middleware{middleware.RequestID(), middleware.AccessLog(), middleware.Recover()}
}
