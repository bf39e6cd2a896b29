package dev_test

import (
	"context"
	"fmt"
	"os"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/dev"
	"github.com/anygrain/anygrain/fn/fnlambda/awsevent"
	"github.com/anygrain/anygrain/fn/grain"
)

// A program that runs another one split up; fn/run's command dev does the same
// with the program itself. Everything that is wrong with the Config is said
// before anything is built.
func Example() {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.price", func(context.Context, struct{}) (string, error) { return "2.20", nil }))
	description, err := app.Describe(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	units, err := grain.Cut(description, grain.ByGroup(description))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = dev.Run(context.Background(), dev.Config{
		App: app.Name(), Package: "example.com/shop", Units: units, Callees: grain.Callees(description, units, "lambda:shop-"),
		Format: awsevent.ALB, // a load balancer has no routes
		Env:    os.Environ(), Out: os.Stdout,
	})
	fmt.Println(err)
	// Output: dev: Config.Format is "alb"; want one of ["http-2.0" "http-1.0" "rest-1.0"], which have routes
}
