package contender

import (
	"context"
	"net/http"
	"strconv"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/middleware"
)

func itoa(i int) string { return strconv.Itoa(i) }

// HTTP is a contender on net/http.
type HTTP struct {
	Name string
	New  func(routes int) http.Handler
}

// OverHTTP lists the contenders, the reference first.
func OverHTTP() []HTTP {
	return []HTTP{
		{"byhand", ByHand},
		{"anygrain", Anygrain},
		{"anygrain-default", AnygrainDefault},
		{"chi", Chi},
		{"gin", Gin},
		{"echo", Echo},
		{"huma", Huma},
		{"fuego", Fuego},
	}
}

// Anygrain is the service without middleware.
func Anygrain(routes int) http.Handler { return serve(App(routes)) }

// AnygrainDefault is the service with the default middleware. Its access log is
// written and thrown away.
func AnygrainDefault(routes int) http.Handler {
	return serve(App(routes, fn.Use(middleware.Default()...)))
}

func serve(app *fn.App[fn.NoConfig]) http.Handler {
	h, err := fnhttp.New(context.Background(), app, fnhttp.Health(""))
	if err != nil {
		panic(err)
	}
	return h
}
