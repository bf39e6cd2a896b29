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
		{"anygrain", func(n int) http.Handler { return anygrain(n) }},
		{"anygrain-default", func(n int) http.Handler { return anygrain(n, fn.Use(middleware.Default()...)) }},
		{"chi", Chi},
		{"gin", Gin},
		{"echo", Echo},
		{"huma", Huma},
		{"fuego", Fuego},
	}
}

func anygrain(routes int, options ...fn.AppOption) http.Handler {
	h, err := fnhttp.New(context.Background(), App(routes, options...), fnhttp.Health(""))
	if err != nil {
		panic(err)
	}
	return h
}
