package fntest_test

import (
	"context"
	"fmt"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
)

type helloInput struct {
	Name string `path:"name" validate:"max=10"`
}

func greeter() *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("greeter")
	app.Add(fn.New("greet.hello", func(_ context.Context, in helloInput) (string, error) {
		return "Hello " + in.Name, nil
	}, fn.Route("GET /hello/{name}")))
	return app
}

// Outside of a test, Open takes the place of New.
func ExampleOpen() {
	ctx := context.Background()
	c, err := fntest.Open(ctx, greeter(), fntest.Hosts("lambda/http-2.0"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = c.Close(ctx) }()
	fmt.Println(c.Do(fntest.Get("/hello/Ada%20L")))
	// Output: 200 Hello Ada L
}

// A problem document is decoded with its violations.
func ExampleResponse_Problem() {
	ctx := context.Background()
	c, err := fntest.Open(ctx, greeter())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = c.Close(ctx) }()
	p := c.Do(fntest.Get("/hello/Wolfeschlegelstein")).Problem()
	fmt.Println(p.Status, p.Code, p.Violations[0].Location, p.Violations[0].Rule)
	// Output: 422 invalid_argument path.name max
}

// Call gives and takes Go values, whichever host is in between.
func ExampleCall() {
	ctx := context.Background()
	for _, host := range []string{"direct", "http", "lambda/alb"} {
		c, err := fntest.Open(ctx, greeter(), fntest.Hosts(host))
		if err != nil {
			fmt.Println(err)
			return
		}
		out, err := fntest.Call[helloInput, string](c, "greet.hello", helloInput{Name: "Ada"})
		fmt.Println(host, out, err)
		_ = c.Close(ctx)
	}
	// Output:
	// direct Hello Ada <nil>
	// http Hello Ada <nil>
	// lambda/alb Hello Ada <nil>
}
