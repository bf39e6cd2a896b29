package fn_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
)

func nothing[In any](context.Context, In) (struct{}, error) { return struct{}{}, nil }

// TestEveryMistakeOfADeclarationIsNamed holds each mistake to a message that
// says what was seen and what to do.
func TestEveryMistakeOfADeclarationIsNamed(t *testing.T) {
	type pathInput struct {
		ID string `path:"id"`
	}
	type bodyInput struct {
		Text string `json:"text"`
	}
	type defaultInput struct {
		Limit int `query:"limit" default:"many"`
	}
	var nilHandler func(context.Context, struct{}) (struct{}, error)
	tests := map[string]struct {
		function fn.Function
		want     []string // parts of the message
	}{
		"a name without a group":          {fn.New("get", nothing[struct{}]), []string{"group.function"}},
		"a name with capitals":            {fn.New("Orders.get", nothing[struct{}]), []string{"group.function"}},
		"a name with two dots":            {fn.New("a.b.c", nothing[struct{}]), []string{"group.function"}},
		"no handler":                      {fn.New("orders.get", nilHandler), []string{"the handler is nil"}},
		"no raw handler":                  {fn.Raw("orders.get", nil), []string{"the handler is nil"}},
		"a problem that its maker found":  {fn.New("orders.get", nothing[struct{}], fn.Misdeclared("the adapter takes no channels")), []string{"takes no channels"}},
		"a negative timeout":              {fn.New("orders.get", nothing[struct{}], fn.Timeout(-time.Second)), []string{"-1s is negative"}},
		"a route that does not parse":     {fn.New("orders.get", nothing[struct{}], fn.Route("GET orders")), []string{`route "GET orders"`}},
		"a route with a host":             {fn.New("orders.get", nothing[struct{}], fn.Route("GET example.com/orders")), []string{"host"}},
		"middleware that is nil":          {fn.New("orders.get", nothing[struct{}], fn.Use(nil)), []string{"Use: a middleware is nil"}},
		"a method that nobody sends":      {fn.New("orders.get", nothing[struct{}], fn.Route("get /a")), []string{`route "get /a"`, "did you mean GET?"}},
		"a wildcard of another router":    {fn.New("orders.get", nothing[struct{}], fn.Route("GET /a/:id")), []string{"write {id}"}},
		"a route among those of calls":    {fn.New("orders.get", nothing[struct{}], fn.Route("POST /.anygrain/call/orders.get")), []string{"calls between units"}},
		"a status that is no success":     {fn.New("orders.get", nothing[struct{}], fn.Route("GET /x", fn.Status(404))), []string{"status 404"}},
		"a path field without a wildcard": {fn.New("orders.get", nothing[pathInput], fn.Route("GET /orders/{order}")), []string{"pathInput.ID", `path:"id"`, `"order"`}},
		"a body field of a GET":           {fn.New("orders.get", nothing[bodyInput], fn.Route("GET /orders")), []string{"bodyInput.Text", "read from the body"}},
		"a field of a struct without a name": {fn.New("orders.get", nothing[struct {
			ID string `path:"id"`
		}], fn.Route("GET /orders")), []string{" In.ID: ", `path:"id"`}},
		"a default that does not parse": {fn.New("orders.get", nothing[defaultInput]), []string{"defaultInput.Limit", "default"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := test.function.Err()
			if err == nil {
				t.Fatal("the declaration was accepted")
			}
			for _, part := range append(test.want, "fn/declaration_test.go:") {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
		})
	}
}

func TestAllProblemsOfAnAppAreReportedTogether(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Group("linux", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, nil })
	app.Group("Orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, nil })
	app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		return []fn.Function{
			fn.New("orders.get", nothing[struct{}], fn.Route("GET /orders/{id}")),
			fn.New("orders.get", nothing[struct{}], fn.Route("GET /orders/{name}")),
			fn.New("chat.reply", nothing[struct{}]),
			{},
		}, nil
	})
	app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, nil })
	_, err := app.Start(t.Context())
	var declaration *fn.DeclarationError
	if !errors.As(err, &declaration) {
		t.Fatalf("got %v", err)
	}
	for _, part := range []string{
		`app "shop"`,
		`group "linux": the name is a build tag already (an operating system)`,
		`group "Orders": a group's name is lower-case`,
		`group "orders" is registered twice`,
		`orders.get: the name is taken by the function at fn/declaration_test.go:`,
		`route "GET /orders/{name}" claims the same requests as route "GET /orders/{id}" of orders.get (fn/declaration_test.go:`,
		`both match "GET /orders/`,
		`chat.reply: the constructor of group "orders"`,
		`returned the zero Function`,
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in:\n%v", part, err)
		}
	}
}

func TestAddRefusesTheNamesThatGroupDoes(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("linux.x", nothing[struct{}]), fn.New("only.x", nothing[struct{}]), fn.New("lambda.x", nothing[struct{}]))
	_, err := app.Start(t.Context())
	for _, part := range []string{
		`fn/declaration_test.go:`,
		`group "linux": the name is a build tag already (an operating system)`,
		`group "only": the name is a build tag already (chooses the host or the cut in anygrain)`,
		`group "lambda": the name is a build tag already`,
	} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %v", part, err)
		}
	}
}

func TestAMistakeInTheConfigTypeIsFoundWithoutAVariable(t *testing.T) {
	type settings struct {
		Days int `env:"LOAN_DAYS" envDefault:"5" validate:"max=3"`
	}
	app := fn.NewApp[settings]("shop")
	app.Add(fn.New("orders.get", nothing[struct{}]))
	const want = `settings.Days  integer  has envDefault:"5", which breaks its own rules: it must be at most 3`
	if _, err := app.Start(t.Context(), fn.WithSources(config.Map{"LOAN_DAYS": "2"})); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Start: %v", err)
	}
	if _, err := app.Describe(t.Context(), fn.WithSources(config.Map{})); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("Describe: %v", err)
	}
}

func TestAConstructorThatFailsIsNamed(t *testing.T) {
	broken := errors.New("no such table")
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, broken })
	_, err := app.Start(t.Context())
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), `group "orders" (fn/declaration_test.go:`) {
		t.Errorf("got %v", err)
	}
}

func TestMustStartPanicsWithTheError(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("get", nothing[struct{}]))
	defer func() {
		if _, ok := recover().(*fn.DeclarationError); !ok {
			t.Error("the panic's value is no *fn.DeclarationError")
		}
	}()
	app.MustStart(t.Context())
}

func TestAFunctionTellsWhatItIs(t *testing.T) {
	f := fn.New("greet.hello", greet, fn.Route("GET /hello/{name}"), fn.Route("GET /hi/{name}"),
		fn.Doc("Greets."), fn.Timeout(time.Second), fn.BodyLimit(10))
	timeout, ok := f.Timeout()
	if f.Name() != "greet.hello" || f.Group() != "greet" || f.Doc() != "Greets." || timeout != time.Second || !ok || f.BodyLimit() != 10 {
		t.Errorf("got %s %s %s %v %v %d", f.Name(), f.Group(), f.Doc(), timeout, ok, f.BodyLimit())
	}
	var patterns []string
	for _, r := range f.Routes() {
		patterns = append(patterns, r.Method()+" "+r.Path())
	}
	if want := []string{"GET /hello/{name}", "GET /hi/{name}"}; !slices.Equal(patterns, want) {
		t.Errorf("routes %q, want %q", patterns, want)
	}
	if fields := f.Input(); len(fields) != 2 || fields[1].Name != "times" || fields[1].Default != "1" {
		t.Errorf("input %+v", fields)
	}
	if !strings.HasPrefix(f.Place(), "fn/declaration_test.go:") {
		t.Errorf("place %s", f.Place())
	}
}

// An app without a group is a build whose tags link nothing.
func TestAnAppWithoutGroupsSaysSo(t *testing.T) {
	if _, err := fn.NewApp[fn.NoConfig]("shop").Start(t.Context()); err == nil || !strings.Contains(err.Error(), "no group is linked in") {
		t.Errorf("got %v", err)
	}
}
