package fn_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/fn"
)

// A build that was checked answers as any other: the same functions, asked the same.
func TestABuildThatWasCheckedAnswersTheSame(t *testing.T) {
	answers := func(t *testing.T) []string {
		unit, _ := start(t, manyGreetings(20))
		var bodies []string
		for _, query := range []string{"", "times=2", "times=9", "times=x"} {
			reply := serve(t, unit, "greet.f7", source{path: map[string]string{"name": "Ada"}, query: query})
			bodies = append(bodies, string(reply.Body))
		}
		return bodies
	}
	eager := answers(t)
	fn.AsChecked(t)
	if lazy := answers(t); strings.Join(lazy, "\n") != strings.Join(eager, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lazy, "\n"), strings.Join(eager, "\n"))
	}
}

func manyGreetings(n int) []fn.Function {
	functions := make([]fn.Function, n)
	for i := range functions {
		functions[i] = fn.New("greet.f"+string(rune('0'+i/10))+string(rune('0'+i%10)), greet, fn.Route("GET /f"+string(rune('a'+i))+"/{name}"))
	}
	functions[7] = fn.New("greet.f7", greet, fn.Route("GET /f7/{name}"))
	return functions
}

// What was never checked is an error in the log that says where, and never a panic: not at the
// start, and not for the functions beside it.
func TestAPromiseThatWasWrong(t *testing.T) {
	type unreadable struct {
		C chan int `query:"c"`
	}
	type unruly struct {
		Name string `json:"name" validate:"nonsense"`
	}
	type unruled struct {
		Times int `query:"times" default:"9" validate:"max=5"`
	}
	broken := map[string]func(name string) fn.Function{
		"a type that cannot be read": func(name string) fn.Function { return fn.New(name, nothing[unreadable]) },
		"a rule that is not known":   func(name string) fn.Function { return fn.New(name, nothing[unruly]) },
		"a route that is none":       func(name string) fn.Function { return fn.New(name, greet, fn.Route("GET hello/{name}")) },
		"a raw function's route": func(name string) fn.Function {
			return fn.Raw(name, func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }, fn.Route("hello"))
		},
		"a route without a wildcard": func(name string) fn.Function { return fn.New(name, greet, fn.Route("GET /hello")) },
		"a type that embeds itself":  func(name string) fn.Function { return fn.New(name, nothing[embedsItself]) },
		"a default against a rule":   func(name string) fn.Function { return fn.New(name, nothing[unruled]) },
		"an output without a form":   func(name string) fn.Function { return fn.New(name, unwritable) },
	}
	fn.AsChecked(t)
	for what, declare := range broken {
		t.Run(what, func(t *testing.T) {
			unit, log := start(t, append(manyGreetings(12), declare("greet.broken")))
			reply := serve(t, unit, "greet.broken", source{})
			if reply.Status != 500 || problemOf(t, reply)["detail"] != nil {
				t.Errorf("got %d %s", reply.Status, reply.Body)
			}
			for _, part := range []string{"greet.broken", "_test.go:", "checked"} {
				if !strings.Contains(log.String(), part) {
					t.Errorf("the log does not say %q: %s", part, log)
				}
			}
			if reply := serve(t, unit, "greet.f7", source{path: map[string]string{"name": "Ada"}}); reply.Status != 200 {
				t.Errorf("the function beside it: %d %s", reply.Status, reply.Body)
			}
		})
	}
}

type embedsItself struct {
	//lint:ignore U1000 only the type is looked at
	*embedsItself
	Name string `json:"name"`
}

func unwritable(context.Context, struct{}) (struct{ C chan int }, error) {
	return struct{ C chan int }{}, nil
}

// manyUse uses a function in every way at a time, for an answer with the code.
func manyUse(t *testing.T, unit *fn.Unit, name string, want fn.Code) {
	t.Helper()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			_, err := unit.Host("test").Invoke(t.Context(), name, &fn.Request{Kind: fn.KindHTTP, From: fn.InputFromSource(source{})})
			_, direct := unit.Host("test").Invoke(t.Context(), name, &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))})
			_, call := fn.Call[struct{}, struct{}](t.Context(), unit, name, struct{}{})
			if fn.CodeOf(err) != want || fn.CodeOf(direct) != want || fn.CodeOf(call) != want {
				t.Errorf("got %v, %v, %v", err, direct, call)
			}
		})
	}
	group.Wait()
}

// Many first uses of a function that is declared wrongly, in every way at a time, say the same.
func TestManyFirstUsesOfAPromiseThatWasWrong(t *testing.T) {
	fn.AsChecked(t)
	type unruly struct {
		Name string `json:"name" validate:"nonsense"`
	}
	app := fn.NewApp[fn.NoConfig]("test", fn.Logger(zerolog.Nop()))
	app.Add(append(manyGreetings(12), fn.New("greet.broken", nothing[unruly]))...)
	manyUse(t, app.MustStart(t.Context()), "greet.broken", fn.Internal)
}

type service struct{}

func (*service) Find(context.Context, struct{ C chan int }) (struct{}, error) { return struct{}{}, nil }

// Where nobody notes the places of declarations, a method value has its own name for one: it stands in no file.
func TestAMethodValueIsNamedInABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	if place := fn.New("greet.find", (&service{}).Find).Place(); place != "fn_test.(*service).Find" {
		t.Errorf("the place is %q", place)
	}
	if place := fn.New("greet.drop", fn.NoReply(func(context.Context, struct{}) error { return nil })).Place(); place != "" {
		t.Errorf("a place in the framework is none: %q", place)
	}
}

// What stops a start that is no declaration names its place in every build.
func TestAFailedStartNamesItsPlaceInABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	failed := errors.New("no connection")
	app := fn.NewApp[fn.NoConfig]("test")
	app.Group("greet", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, failed })
	if _, err := app.Start(t.Context()); err == nil || !strings.Contains(err.Error(), `group "greet" (fn/start_checked_test.go:`) {
		t.Errorf("got %v", err)
	}
	app = fn.NewApp[fn.NoConfig]("test")
	app.Group("greet", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStart(ctx, func(context.Context) error { return failed })
		return []fn.Function{newGreet()}, nil
	})
	if _, err := app.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "start hook at fn/start_checked_test.go:") {
		t.Errorf("got %v", err)
	}
}

// Two functions of one name are an error of that name, in place of one of them answering for both.
func TestANameThatIsTakenInABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	unit, log := start(t, append(manyGreetings(12), fn.New("greet.f7", nothing[struct{}])))
	if reply := serve(t, unit, "greet.f7", source{}); reply.Status != 500 || !strings.Contains(log.String(), "the name is taken by the function at fn/help_test.go:") {
		t.Errorf("got %d: %s", reply.Status, log)
	}
	if n := len(unit.Functions()); n != 12 {
		t.Errorf("there are %d functions", n)
	}
}

// What an option says that a constructor made from the config was not seen when the build was checked, and
// stops the start as in any other build.
func TestAnOptionMadeFromTheConfigStopsTheStartOfABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	app := fn.NewApp[time.Duration]("test")
	app.Group("greet", func(_ context.Context, patience time.Duration) ([]fn.Function, error) {
		return fn.Apply(manyGreetings(12), fn.Timeout(patience)), nil
	})
	if _, err := app.Start(t.Context(), fn.WithConfig(-time.Second)); err == nil || !strings.Contains(err.Error(), "Apply: timeout -1s is negative") {
		t.Errorf("got %v", err)
	}
	if _, err := app.Start(t.Context(), fn.WithConfig(time.Second), fn.WithLogger(zerolog.Nop())); err != nil {
		t.Error(err)
	}
}

// A small unit is made ready at its start, and says then what cannot be used.
func TestASmallUnitThatWasCheckedLogsItsBrokenFunctionsAtTheStart(t *testing.T) {
	fn.AsChecked(t)
	type unruly struct {
		Name string `json:"name" validate:"nonsense"`
	}
	_, log := start(t, []fn.Function{newGreet(), fn.New("greet.broken", nothing[unruly])})
	if lines := strings.Split(log.String(), "\n"); !strings.Contains(lines[0], "proof") || !strings.Contains(lines[1], `nonsense`) {
		t.Errorf("the log says %s", log)
	}
}

// Middleware of the app that panics when it is put around a function stops every start.
func TestMiddlewareOfTheAppThatPanicsStopsTheStartOfABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	app := fn.NewApp[fn.NoConfig]("test", fn.Use(func(fn.Invoker) fn.Invoker { panic("no key") }))
	app.Add(manyGreetings(12)...)
	defer func() {
		if v := recover(); v != "no key" {
			t.Errorf("recovered %v", v)
		}
	}()
	app.MustStart(t.Context())
}

// A middleware that panics when it is put around a function is told at every request, and not only at the first.
func TestAMiddlewareThatPanicsAtTheFirstUse(t *testing.T) {
	fn.AsChecked(t)
	unit, log := start(t, append(manyGreetings(12), fn.New("greet.broken", nothing[struct{}], fn.Use(func(fn.Invoker) fn.Invoker { panic("no key") }))))
	for _, want := range []string{"no key", "the log of the first request"} {
		log.Reset()
		if reply := serve(t, unit, "greet.broken", source{}); reply.Status != 500 || !strings.Contains(log.String(), want) {
			t.Errorf("got %d, and the log does not say %q: %s", reply.Status, want, log)
		}
	}
}

// Describe is where a developer looks, whatever the build says.
func TestDescribeChecksABuildThatWasChecked(t *testing.T) {
	fn.AsChecked(t)
	type unruly struct {
		Name string `json:"name" validate:"nonsense"`
	}
	app := fn.NewApp[fn.NoConfig]("test")
	app.Add(append(manyGreetings(12), fn.New("greet.broken", nothing[unruly]), fn.New("greet.lost", nothing[struct{}], fn.Route("lost")),
		fn.New("greet.twice", greet, fn.Route("GET /f7/{other}")))...)
	_, err := app.Describe(t.Context())
	if err == nil {
		t.Fatal("nothing is wrong with it")
	}
	for _, part := range []string{`"nonsense"`, `"lost"`, `"GET /f7/{other}"`} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s is not named in %v", part, err)
		}
	}
}

// A log says which declarations run.
func TestABuildThatWasCheckedSaysSoInItsFirstLine(t *testing.T) {
	fn.AsChecked(t)
	_, log := start(t, manyGreetings(10))
	first, _, _ := strings.Cut(log.String(), "\n")
	if !strings.Contains(first, `"proof":"test"`) {
		t.Errorf("the first line is %s", first)
	}
}

// Many first requests at a time compile once, and all are answered.
func TestManyFirstRequestsAtATime(t *testing.T) {
	fn.AsChecked(t)
	unit, _ := start(t, manyGreetings(20))
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			for _, f := range unit.Functions() {
				if reply := serve(t, unit, f.Name(), source{path: map[string]string{"name": "Ada"}}); reply.Status != 200 {
					t.Errorf("%s: %d %s", f.Name(), reply.Status, reply.Body)
				}
			}
		})
	}
	group.Wait()
}

// A start costs little for each function that is linked in: it is paid for at every cold start.
func TestAStartAllocatesLittlePerFunction(t *testing.T) {
	fn.AsChecked(t)
	fewAllocations, fewBytes := allocated(t, 100)
	manyAllocations, manyBytes := allocated(t, 500)
	t.Logf("%.1f allocations and %.0f bytes per function", float64(manyAllocations-fewAllocations)/400, float64(manyBytes-fewBytes)/400)
	if per := float64(manyAllocations-fewAllocations) / 400; per > 10 {
		t.Errorf("%.1f allocations per function, at most 10 are wanted", per)
	}
	if per := float64(manyBytes-fewBytes) / 400; per > 1000 {
		t.Errorf("%.0f bytes per function, at most 1000 are wanted", per)
	}
}

// allocated is what declaring and starting n functions allocates.
func allocated(t *testing.T, n int) (allocations, bytes uint64) {
	names, routes := make([]string, n), make([]string, n)
	for i := range n {
		names[i] = "greet.f" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26))
		routes[i] = "GET /" + names[i] + "/{name}"
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	app := fn.NewApp[fn.NoConfig]("test", fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) { return next(ctx, req) }
	}))
	functions := make([]fn.Function, n)
	for i := range n {
		functions[i] = fn.New(names[i], greet, fn.Route(routes[i]))
	}
	app.Add(functions...)
	unit, err := app.Start(t.Context(), fn.WithConfig(fn.NoConfig{}))
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	runtime.KeepAlive(unit)
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
}
