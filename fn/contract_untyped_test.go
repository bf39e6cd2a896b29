package fn_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/internal/randomapp"
)

// Types that are made at run time serve and call as any others do.
func TestUntypedContracts(t *testing.T) {
	in := reflect.StructOf([]reflect.StructField{{Name: "Who", Type: reflect.TypeFor[string](), Tag: `query:"who" validate:"required"`}})
	greet := randomapp.DefineUntyped("greet.hello", in, reflect.TypeFor[string](), fn.Route("GET /hello"))
	ask := randomapp.DefineUntyped("ask.hello", in, reflect.TypeFor[string](), fn.Route("GET /ask"))
	app := fn.NewApp[fn.NoConfig]("greeter")
	app.Add(
		greet.With(func(_ context.Context, in any) (any, error) {
			text := "Hello " + reflect.ValueOf(in).Elem().Field(0).String()
			return &text, nil
		}),
		ask.With(func(ctx context.Context, in any) (any, error) { return greet.Call(ctx, in) }, fn.Needs(greet)),
	)
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		for _, path := range []string{"/hello", "/ask"} {
			if res := c.Do(fntest.Get(path + "?who=Ada")); res.Status != 200 || string(res.Body) != "Hello Ada" {
				t.Errorf("%s: %v", path, res)
			}
			if res := c.Do(fntest.Get(path)); res.Status != 422 {
				t.Errorf("%s without a name: %v", path, res)
			}
		}
	})
}

func TestUntypedContractsRefuseOtherTypes(t *testing.T) {
	hello := randomapp.DefineUntyped("greet.hello", reflect.TypeFor[struct{}](), reflect.TypeFor[string]())
	ask := randomapp.DefineUntyped("ask.hello", reflect.TypeFor[struct{}](), reflect.TypeFor[string](), fn.Route("GET /ask"))
	app := fn.NewApp[fn.NoConfig]("greeter")
	var in any
	app.Add(
		hello.With(func(context.Context, any) (any, error) { return 1, nil }),
		ask.With(func(ctx context.Context, _ any) (any, error) { return hello.Call(ctx, in) }, fn.Needs(hello)),
	)
	c := fntest.New(t, app)
	for name, value := range map[string]any{"nil": nil, "another type": new(int), "a nil pointer": (*struct{})(nil), "its own, but the handler returns an int": &struct{}{}} {
		in = value
		if res := c.Do(fntest.Get("/ask")); res.Status != 500 {
			t.Errorf("%s: %v", name, res)
		}
	}
	if err := randomapp.DefineUntyped("greet.hello", nil, nil).With(nil).Err(); err == nil {
		t.Error("nil types are taken")
	}
}
