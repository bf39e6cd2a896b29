package fn_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
)

type (
	memory int
	scopes []string
	region struct{ name string }
)

// CheckAnnotation refuses what nobody could mean.
func (m memory) CheckAnnotation(level string) error {
	if m < 128 {
		return errors.New("128 megabytes are the least; say more")
	}
	return nil
}

func (region) CheckAnnotation(level string) error {
	if level != "app" {
		return errors.New("a region belongs to the app, not to a " + level)
	}
	return nil
}

func TestAnAnnotationIsTheFunctionsElseItsGroupsElseTheApps(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop", fn.Annotate(memory(128)), fn.Annotate(region{"north"}), fn.Annotate(memory(256)))
	app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		small := fn.New("orders.small", nothing[struct{}], fn.Annotate(memory(500)), fn.Annotate(memory(300)))
		if m, ok := fn.AnnotationOf[memory](small); m != 300 || !ok {
			t.Errorf("of the function alone: %v, %v", m, ok)
		}
		return append(fn.Apply([]fn.Function{small, fn.New("orders.large", nothing[struct{}])}, fn.Annotate(memory(2000))),
			fn.New("orders.plain", nothing[struct{}])), nil
	}, fn.Annotate(memory(512)), fn.Annotate(scopes{"orders"}))
	app.Add(fn.New("chat.reply", nothing[struct{}]))
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]memory{"orders.small": 300, "orders.large": 2000, "orders.plain": 512, "chat.reply": 256}
	for _, f := range d.Functions {
		if m, ok := fn.AnnotationOf[memory](f); m != want[f.Name()] || !ok {
			t.Errorf("%s: %v, %v", f.Name(), m, ok)
		}
		if s, ok := fn.AnnotationOf[scopes](f); ok != (f.Group() == "orders") || ok && !slices.Equal(s, scopes{"orders"}) {
			t.Errorf("%s: %v, %v", f.Name(), s, ok)
		}
		if r, ok := fn.AnnotationOf[region](f); !ok || r.name != "north" {
			t.Errorf("%s: %v, %v", f.Name(), r, ok)
		}
		if _, ok := fn.AnnotationOf[string](f); ok {
			t.Errorf("%s has what nobody said", f.Name())
		}
		if a, ok := fn.AnnotationOf[any](f); ok || a != nil {
			t.Errorf("%s: an annotation of any type is %v", f.Name(), a)
		}
	}
	if _, ok := fn.AnnotationOf[memory](fn.Function{}); ok {
		t.Error("the zero Function has an annotation")
	}
}

func TestAContractsAnnotationsAreItsFunctions(t *testing.T) {
	c := fn.Define[struct{}, string]("stock.count", fn.Annotate(memory(256)))
	f := c.With(func(context.Context, struct{}) (string, error) { return "", nil }, fn.Annotate(scopes{"stock"}))
	m, _ := fn.AnnotationOf[memory](f)
	s, _ := fn.AnnotationOf[scopes](f)
	if m != 256 || len(s) != 1 || f.Err() != nil {
		t.Errorf("got %v, %v, %v", m, s, f.Err())
	}
}

func TestWhatIsWrongWithAnAnnotationIsAProblem(t *testing.T) {
	m, count := memory(256), 0
	var checker interface{ CheckAnnotation(string) error } = m
	for want, option := range map[string]fn.Option{
		"Annotate: an annotation of type string cannot be told from those of other packages": fn.Annotate("text"),
		"Annotate: an annotation of type *fn_test.memory cannot":                             fn.Annotate(&m),
		"Annotate: an annotation of type *int cannot":                                        fn.Annotate(&count),
		"Annotate: an annotation of type []string cannot":                                    fn.Annotate([]string(nil)),
		"Annotate: an annotation of type interface { CheckAnnotation(string) error } cannot": fn.Annotate(checker),
		"Annotate: an annotation of type interface {} cannot":                                fn.Annotate[any](nil),
		"Annotate: an annotation of type error cannot":                                       fn.Annotate[error](nil),
		"Annotate: fn_test.memory: 128 megabytes are the least; say more":                    fn.Annotate(memory(1)),
		"Annotate: fn_test.region: a region belongs to the app, not to a":                    fn.Annotate(region{"x"}),
	} {
		app := fn.NewApp[fn.NoConfig]("shop", option)
		app.Add(fn.New("web.page", nothing[struct{}], option))
		app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
			return fn.Apply([]fn.Function{fn.New("orders.get", nothing[struct{}]), fn.New("orders.list", nothing[struct{}])}, option), nil
		}, option)
		_, err := app.Start(t.Context())
		n := 4 // of the app, the group, Apply and the function
		if strings.Contains(want, "region") {
			n = 3
		}
		if err == nil || strings.Count(err.Error(), want) != n || strings.Count(err.Error(), "annotation_test.go:") != n ||
			!strings.Contains(err.Error(), `group "orders": Annotate: `) || !strings.Contains(err.Error(), "orders.get: Apply: Annotate: ") {
			t.Errorf("got  %v\nwant %s, %d times", err, want, n)
		}
	}
}

// What Apply and a group say stands around a function: its own option wins.
func TestOptionsAroundAFunction(t *testing.T) {
	var order []string
	note := func(name string) fn.Option {
		return fn.Use(func(next fn.Invoker) fn.Invoker {
			return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
				order = append(order, name)
				return next(ctx, req)
			}
		})
	}
	type strict struct{ Name string }
	app := fn.NewApp[fn.NoConfig]("shop", note("app"), fn.Timeout(time.Hour), fn.BodyLimit(10))
	app.Group("orders", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
		own := fn.New("orders.own", nothing[strict], note("function"), fn.Timeout(time.Second), fn.BodyLimit(40), fn.Needs(bucket{"table", "ORDERS"}.read()))
		given := fn.New("orders.given", nothing[strict])
		inner := fn.Apply([]fn.Function{own, given, {}}[:2], note("inner"), fn.Timeout(time.Minute), fn.BodyLimit(30), nil)
		return fn.Apply(inner, note("outer"), fn.NoTimeout(), fn.Needs(bucket{"table", "ORDERS"}.write())), nil
	}, note("group"), fn.Needs(price), fn.AllowUnknown())
	unit := app.MustStart(t.Context())
	for name, want := range map[string]struct {
		order, needs string
		timeout      time.Duration
		limit        int64
	}{
		"orders.own":   {"app group outer inner function", "read+write of table ORDERS, call of function stock.price", time.Second, 40},
		"orders.given": {"app group outer inner", "write of table ORDERS, call of function stock.price", time.Minute, 30},
	} {
		f, _ := unit.Lookup(name)
		var needs []string
		for _, n := range f.Needs() {
			needs = append(needs, n.String())
		}
		timeout, ok := f.Timeout()
		if timeout != want.timeout || !ok || f.BodyLimit() != want.limit || strings.Join(needs, ", ") != want.needs {
			t.Errorf("%s: %v, %d, %q", name, timeout, f.BodyLimit(), needs)
		}
		order = nil
		req := &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(`{"Name":"x","other":1}`))}
		if _, err := unit.Host("test").Invoke(t.Context(), name, req); err != nil || strings.Join(order, " ") != want.order {
			t.Errorf("%s: ran %q, %v", name, order, err)
		}
	}
	if got := fn.Apply([]fn.Function{{}}, fn.Annotate("wrong")); got[0] != (fn.Function{}) {
		t.Error("Apply made something of the zero Function")
	}
}
