package fn_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

type order struct {
	ID    string `json:"id"`
	State string `json:"state,omitempty"`
}

type getOrder struct {
	ID string `path:"id" validate:"required,max=20"`
}

func get(_ context.Context, in getOrder) (order, error) {
	if in.ID == "0" {
		return order{}, fn.Errorf(fn.NotFound, "order %s does not exist", in.ID)
	}
	return order{ID: in.ID}, nil
}

// What does a function look like, and how is it invoked in a test?
func ExampleNew() {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.get", get, fn.Route("GET /orders/{id}")))
	unit := app.MustStart(context.Background())

	out, err := fn.Call[getOrder, order](context.Background(), unit, "orders.get", getOrder{ID: "42"})
	fmt.Println(out.ID, err)
	_, err = fn.Call[getOrder, order](context.Background(), unit, "orders.get", getOrder{ID: "0"})
	fmt.Println(err)
	// Output:
	// 42 <nil>
	// not_found: order 0 does not exist
}

// What does a client see of an error?
func ExampleError_AppendProblem() {
	err := fn.Errorf(fn.ResourceExhausted, "ten orders a minute").WithDetail("retryAfter", 30)
	text, _ := err.AppendProblem(nil)
	fmt.Println(string(text))
	// Output:
	// {"type":"about:blank","title":"Too Many Requests","status":429,"code":"resource_exhausted","detail":"ten orders a minute","retryAfter":30}
}

// How do domain errors get a code without being named in every handler?
func ExampleMapErrors() {
	app := fn.NewApp[fn.NoConfig]("shop", fn.MapErrors(func(_ context.Context, err error) error {
		if errors.Is(err, sql.ErrNoRows) {
			return fn.Errorf(fn.NotFound, "there is no such row").WithCause(err)
		}
		return nil
	}))
	app.Add(fn.New("rows.get", func(context.Context, struct{}) (order, error) { return order{}, sql.ErrNoRows }))
	unit := app.MustStart(context.Background())
	_, err := fn.Call[struct{}, order](context.Background(), unit, "rows.get", struct{}{})
	fmt.Println(fn.CodeOf(err))
	// Output:
	// not_found
}

// How do errors take the form that an API has already?
func ExampleRenderErrors() {
	app := fn.NewApp[fn.NoConfig]("shop", fn.RenderErrors(
		func(_ context.Context, _ *fn.Request, err *fn.Error) (*fn.Reply, error) {
			return &fn.Reply{
				Header: fn.Header{{Name: "Content-Type", Value: "application/json"}},
				Body:   fmt.Appendf(nil, `{"error":%q}`, err.Message()),
			}, nil
		}))
	app.Add(fn.New("orders.get", get, fn.Route("GET /orders/{id}")))
	unit := app.MustStart(context.Background())
	reply := unit.Host("test").Serve(context.Background(), "orders.get", &fn.Request{
		Kind: fn.KindHTTP, From: fn.InputFromSource(source{path: map[string]string{"id": "0"}}),
	})
	fmt.Println(reply.Status, string(reply.Body))
	// Output: 404 {"error":"order 0 does not exist"}
}

// What is said about a declaration that is wrong?
func ExampleDeclarationError() {
	type input struct {
		Number string `query:"number" header:"X-Number"`
		Limit  int    `query:"limit" default:"ten"`
	}
	f := fn.New("orders.get", func(context.Context, input) (order, error) { return order{}, nil },
		fn.Route("GET /orders/{id}"))
	var declaration *fn.DeclarationError
	errors.As(f.Err(), &declaration)
	for _, p := range declaration.Problems {
		fmt.Println(p.Field)
	}
	// Output:
	// input.Number
	// input.Limit
}

// How do groups get their config, and how are hooks registered?
func ExampleApp_Group() {
	type Config struct {
		Store string `env:"STORE" validate:"required"`
	}
	app := fn.NewApp[Config]("shop")
	app.Group("orders", func(ctx context.Context, cfg Config) ([]fn.Function, error) {
		fn.OnStart(ctx, func(context.Context) error { fmt.Println("connect to", cfg.Store); return nil })
		fn.OnStop(ctx, func(context.Context) error { fmt.Println("close", cfg.Store); return nil })
		return []fn.Function{fn.New("orders.get", get)}, nil
	})
	unit, err := app.Start(context.Background(), fn.WithSources(config.Map{"STORE": "memory"}))
	fmt.Println(len(unit.Functions()), err)
	_ = unit.Stop(context.Background())
	// Output:
	// connect to memory
	// 1 <nil>
	// close memory
}

// How is one middleware written for every host?
func ExampleUse() {
	audit := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			reply, err := next(ctx, req)
			fmt.Println(req.Function().Name(), req.Kind, fn.CodeOf(err) == 0)
			return reply, err
		}
	}
	app := fn.NewApp[fn.NoConfig]("shop", fn.Use(audit))
	app.Add(fn.New("orders.get", get))
	unit := app.MustStart(context.Background())
	_, _ = fn.Call[getOrder, order](context.Background(), unit, "orders.get", getOrder{ID: "42"})
	// Output:
	// orders.get call true
}

// How does a handler redirect?
func ExampleRedirectTo() {
	f := fn.New("links.short", func(_ context.Context, in getOrder) (fn.Redirect, error) {
		return fn.RedirectTo(http.StatusFound, "/orders/"+in.ID), nil
	}, fn.Route("GET /o/{id}"))
	fmt.Println(f.Name(), f.Routes()[0].Pattern)
	// Output:
	// links.short GET /o/{id}
}

// Which functions does a unit serve when something was selected?
func ExampleSelect() {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("orders.get", get), fn.New("orders.find", get), fn.New("chat.reply", get))
	unit := app.MustStart(context.Background(), fn.Select("orders.*"))
	for _, f := range unit.Functions() {
		fmt.Println(f.Name())
	}
	_, err := app.Start(context.Background(), fn.Select("order.*"))
	fmt.Println(err)
	// Output:
	// orders.get
	// orders.find
	// nothing matches the selector "order.*"; this binary has: orders.*, chat.*
}
