package fntest_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fnhttp"
	"github.com/anygrain/anygrain/fn/fnlambda"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/fn/grain"
	"github.com/anygrain/anygrain/fn/remote"
	"github.com/anygrain/anygrain/fn/resource"
	"github.com/anygrain/anygrain/middleware"
	"github.com/rs/zerolog"
)

func sayHello(context.Context, struct{}) (string, error) { return "hello", nil }

func helloApp(options ...fn.FunctionOption) *fn.App[fn.NoConfig] {
	app := fn.NewApp[fn.NoConfig]("greeter")
	app.Add(fn.New("greet.hello", sayHello, append(options, fn.Route("GET /hello"))...))
	return app
}

func wrapped(m fn.Middleware) error {
	return ignoring(helloApp(fn.Use(m)).Start(context.Background()))
}

func ignoring[T any](_ T, err error) error { return err }

// nilOptions has every function that takes options, by its line in api/*.txt, given one that is nil.
var nilOptions = map[string]func(t *testing.T) error{
	"config.Load": func(t *testing.T) error { return ignoring(config.Load[fn.NoConfig](t.Context(), nil)) },
	"config.LoadAll": func(t *testing.T) error {
		return config.LoadAll(t.Context(), []config.Part{{Into: new(fn.NoConfig)}}, nil)
	},

	"fn.NewApp": func(t *testing.T) error {
		app := fn.NewApp[fn.NoConfig]("greeter", nil)
		app.Add(fn.New("greet.hello", sayHello))
		return ignoring(app.Start(t.Context()))
	},
	"fn.New": func(*testing.T) error { return fn.New("greet.hello", sayHello, nil).Err() },
	"fn.Raw": func(*testing.T) error {
		return fn.Raw("greet.hello", func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }, nil).Err()
	},
	"fn.Define":        func(*testing.T) error { return fn.Define[struct{}, string]("greet.hello", nil).With(sayHello).Err() },
	"fn.Contract.With": func(*testing.T) error { return fn.Define[struct{}, string]("greet.hello").With(sayHello, nil).Err() },
	"fn.Route":         func(*testing.T) error { return fn.New("greet.hello", sayHello, fn.Route("GET /", nil)).Err() },
	"fn.Apply": func(*testing.T) error {
		return fn.Apply([]fn.Function{fn.New("greet.hello", sayHello)}, nil)[0].Err()
	},
	"fn.App.Config":   func(t *testing.T) error { return ignoring(helloApp().Config(t.Context(), nil)) },
	"fn.App.Describe": func(t *testing.T) error { return ignoring(helloApp().Describe(t.Context(), nil)) },
	"fn.App.Start":    func(t *testing.T) error { return ignoring(helloApp().Start(t.Context(), nil)) },
	"fn.App.MustStart": func(t *testing.T) error {
		helloApp().MustStart(t.Context(), nil)
		return nil
	},
	"fn.App.Group": func(t *testing.T) error {
		app := fn.NewApp[fn.NoConfig]("greeter")
		app.Group("greet", func(context.Context, fn.NoConfig) ([]fn.Function, error) {
			return []fn.Function{fn.New("greet.hello", sayHello)}, nil
		}, nil)
		return ignoring(app.Start(t.Context()))
	},
	"fn.AddGroup": func(t *testing.T) error {
		app := fn.NewApp[fn.NoConfig]("greeter")
		fn.AddGroup(app, "greet", func(context.Context, fn.NoConfig, struct{}) ([]fn.Function, error) {
			return []fn.Function{fn.New("greet.hello", sayHello)}, nil
		}, nil)
		return ignoring(app.Start(t.Context()))
	},
	"fn.Unit.Start": func(t *testing.T) error {
		unit, err := helloApp().MustStart(t.Context()).Start(t.Context(), nil)
		if unit == nil {
			t.Error("there is no unit")
		}
		return err
	},

	"fnhttp.Handle": func(*testing.T) error { return fnhttp.Handle("greet.hello", http.NotFoundHandler(), nil).Err() },
	"fnhttp.New":    func(t *testing.T) error { return ignoring(fnhttp.New(t.Context(), helloApp(), nil)) },
	"fnhttp.Start": func(t *testing.T) error {
		return ignoring(fnhttp.New(t.Context(), helloApp(), fnhttp.Start(nil, nil)))
	},
	"fnhttp.ListenAndServe": func(t *testing.T) error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		return fnhttp.ListenAndServe(ctx, helloApp(), nil, fnhttp.Addr("localhost:0"), fnhttp.Start(fn.WithLogger(zerolog.Nop())))
	},

	"fnlambda.New": func(t *testing.T) error { return ignoring(fnlambda.New(t.Context(), helloApp(), nil)) },
	"fnlambda.Start": func(t *testing.T) error {
		return ignoring(fnlambda.New(t.Context(), helloApp(), fnlambda.Start(nil, nil)))
	},
	"fnlambda.Run": func(t *testing.T) error { // outside of Lambda it serves nothing
		err := fnlambda.Run(t.Context(), helloApp(), nil)
		if err == nil {
			t.Error("there is no error outside of Lambda")
		}
		return nil
	},
	"fnlambda.Native": func(*testing.T) error { return fnlambda.Native("greet.hello", func() error { return nil }, nil).Err() },

	"fntest.New": func(t *testing.T) error { fntest.New(t, helloApp(), nil); return nil },
	"fntest.Each": func(t *testing.T) error {
		fntest.Each(t, helloApp(), func(*testing.T, *fntest.Client) {}, nil, fntest.Hosts(fntest.Direct))
		return nil
	},
	"fntest.Open": func(t *testing.T) error {
		c, err := fntest.Open(t.Context(), helloApp(), nil)
		if err == nil {
			err = c.Close(t.Context())
		}
		return err
	},
	"fntest.Random": func(t *testing.T) error { fntest.Random(t, helloApp(), 1, 1, nil); return nil },
	"fntest.Same": func(t *testing.T) error {
		fntest.Same(t, helloApp(), []fntest.Request{fntest.Get("/hello")}, nil)
		return nil
	},
	"fntest.Start": func(t *testing.T) error { fntest.New(t, helloApp(), fntest.Start(nil, nil)); return nil },

	"remote.New": func(*testing.T) error { return ignoring(remote.New("*=http://localhost", nil)) },
	"remote.FromEnvironment": func(t *testing.T) error {
		return ignoring(remote.FromEnvironment(t.Context(), config.Map{remote.CalleesVariable: "*=http://localhost"}, nil))
	},

	"middleware.AccessLog": func(*testing.T) error { return wrapped(middleware.AccessLog(nil)) },
	"middleware.RequestID": func(*testing.T) error { return wrapped(middleware.RequestID(nil)) },
	"middleware.Timeout":   func(*testing.T) error { return wrapped(middleware.Timeout(nil)) },
}

var takesOptions = regexp.MustCompile(`(?m)^(?:func (\w+)|method \(\*?(\w+)[^)]*\) (\w+)).*\.\.\.\w*\.?\w*Option\)`)

// optionFunctions lists the functions that take options, from the text of the API.
func optionFunctions(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../api/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no text of the API", err)
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Split(strings.TrimSuffix(filepath.Base(file), ".txt"), "-")
		for _, match := range takesOptions.FindAllStringSubmatch(string(text), -1) {
			name := strings.Join(slices.DeleteFunc(match[1:], func(s string) bool { return s == "" }), ".")
			all = append(all, words[len(words)-1]+"."+name)
		}
	}
	return all
}

// An option that is nil is what a condition left out.
func TestANilOptionIsIgnoredEverywhere(t *testing.T) {
	t.Parallel()
	for _, name := range optionFunctions(t) {
		run, ok := nilOptions[name]
		if !ok {
			t.Errorf("%s takes options and has no case; add one", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			if err := withoutPanic(func() error { return run(t) }); err != nil {
				t.Error(err)
			}
		})
	}
}

// What an option takes can be nil too: it is ignored, or a problem that says so.
func TestWhatOptionsTakeMayBeNil(t *testing.T) {
	t.Parallel()
	app := func(options ...fn.AppOption) error {
		app := fn.NewApp[fn.NoConfig]("greeter", options...)
		app.Add(fn.New("greet.hello", func(context.Context, struct{}) (string, error) { return "", io.EOF }, fn.Route("GET /hello")))
		unit, err := app.Start(t.Context(), fn.WithLogger(zerolog.Nop()))
		if err == nil {
			_, err = unit.Host("test").Invoke(t.Context(), "greet.hello", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte("{}"))})
		}
		return err
	}
	server := func(options ...fnhttp.Option) error { return ignoring(fnhttp.New(t.Context(), helloApp(), options...)) }
	listen := func(options ...fnhttp.Option) error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		return fnhttp.ListenAndServe(ctx, helloApp(), append(options, fnhttp.Addr("localhost:0"), fnhttp.Start(fn.WithLogger(zerolog.Nop())))...)
	}
	start := func(options ...fn.StartOption) error { return ignoring(helloApp().Start(t.Context(), options...)) }
	group := fn.NewApp[fn.NoConfig]("greeter")
	group.Group("greet", func(context.Context, fn.NoConfig) ([]fn.Function, error) { return nil, nil })
	hook := fn.NewApp[fn.NoConfig]("greeter")
	hook.Group("greet", func(ctx context.Context, _ fn.NoConfig) ([]fn.Function, error) {
		fn.OnStart(ctx, nil)
		fn.OnStop(ctx, nil)
		return []fn.Function{fn.New("greet.hello", sayHello)}, nil
	})
	const fine = "<nil>"
	for name, c := range map[string]struct {
		run  func() error
		want string
	}{
		"fn.Use":                   {func() error { return app(fn.Use(nil)) }, "Use: a middleware is nil"},
		"fn.MapErrors":             {func() error { return app(fn.MapErrors(nil)) }, "MapErrors: the function is nil"},
		"fn.RenderErrors":          {func() error { return app(fn.RenderErrors(nil)) }, "RenderErrors: "},
		"fn.Rule":                  {func() error { return app(fn.Rule("good", nil, "must be good")) }, "good"},
		"fn.ValidateWith":          {func() error { return app(fn.ValidateWith(nil)) }, "internal"},
		"fn.WithTransport":         {func() error { return start(fn.WithTransport(nil)) }, fine},
		"fn.WithSources":           {func() error { return start(fn.WithSources(nil)) }, fine},
		"fn.WithConfig":            {func() error { return start(fn.WithConfig(nil)) }, "WithConfig: "},
		"fn.ReplaceGroup":          {func() error { return ignoring(group.Start(t.Context(), fn.ReplaceGroup[fn.NoConfig]("greet", nil))) }, "ReplaceGroup"},
		"fn.OnStart":               {func() error { return ignoring(hook.Start(t.Context())) }, fine},
		"fnhttp.Wrap":              {func() error { return server(fnhttp.Wrap(nil)) }, fine},
		"fnhttp.Mount":             {func() error { return server(fnhttp.Mount("GET /a", nil)) }, "fnhttp.Mount"},
		"fnhttp.AuthenticateCalls": {func() error { return server(fnhttp.AuthenticateCalls(nil)) }, fine},
		"fnhttp.Listener":          {func() error { return listen(fnhttp.Listener(net.Listener(nil))) }, fine},
		"fnhttp.Server":            {func() error { return listen(fnhttp.Server(nil)) }, fine},
		"fnlambda.OtherEvents":     {func() error { return ignoring(fnlambda.New(t.Context(), helloApp(), fnlambda.OtherEvents(nil))) }, fine},
		"config.From":              {func() error { return ignoring(config.Load[fn.NoConfig](t.Context(), config.From(nil))) }, fine},
		"config.From, with a variable": {func() error {
			return ignoring(config.Load[struct {
				Name string `env:"NAME"`
			}](t.Context(), config.From(nil, config.Map{"NAME": "x"})))
		}, fine},
		"config.ValidateWith": {func() error { return ignoring(config.Load[fn.NoConfig](t.Context(), config.ValidateWith(nil))) }, fine},
		"remote.SignWith":     {func() error { return ignoring(remote.New("*=http://localhost", remote.SignWith(nil))) }, fine},
		"remote.RoundTripper": {func() error { return ignoring(remote.New("*=http://localhost", remote.RoundTripper(nil))) }, fine},
		"remote, no source":   {func() error { return ignoring(remote.FromEnvironment(t.Context(), nil)) }, fine},
		"middleware.NewID":    {func() error { return app(fn.Use(middleware.RequestID(middleware.NewID(nil)))) }, "internal"},
		"middleware.Quiet":    {func() error { return app(fn.Use(middleware.AccessLog(middleware.Quiet(nil)))) }, "internal"},
		"a handler":           {func() error { return fn.New[struct{}, string]("greet.hello", nil).Err() }, "the handler is nil"},
		"an app for fnhttp":   {func() error { return ignoring(fnhttp.New(t.Context(), nil)) }, "the app is nil"},
		"an app for fnlambda": {func() error { return ignoring(fnlambda.New(t.Context(), nil)) }, "the app is nil"},
		"the zero App": {func() error {
			var app fn.App[fn.NoConfig]
			app.Add(fn.New("greet.hello", sayHello))
			app.Group("greet", nil)
			return ignoring(app.Start(t.Context()))
		}, "make one with fn.NewApp"},
		"a description of a nil app": {func() error { return ignoring((*fn.App[fn.NoConfig])(nil).Describe(t.Context())) }, "make one with fn.NewApp"},
		"the config of a nil app":    {func() error { return ignoring((*fn.App[fn.NoConfig])(nil).Config(t.Context())) }, "make one with fn.NewApp"},
		"a nil app for fnhttp":       {func() error { return ignoring(fnhttp.New(t.Context(), (*fn.App[fn.NoConfig])(nil))) }, "make one with fn.NewApp"},
		"a nil unit for fnlambda":    {func() error { return ignoring(fnlambda.New(t.Context(), (*fn.Unit)(nil))) }, "the unit is nil"},
		"an app for fntest":          {func() error { return ignoring(fntest.Open(t.Context(), nil)) }, "the app is nil"},
	} {
		if got := fmt.Sprint(withoutPanic(c.run)); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// zeroes are the values that somebody holds who has not got a real one: the zero
// Function of a lookup that found nothing, a nil *Error, the Request of a test of
// middleware. What is made by New, Start or Open alone is not among them.
var zeroes = []any{
	fn.Function{}, fn.Contract[struct{}, string]{}, fn.HTTPRoute{}, fn.Code(0), fn.Problem{}, fn.TimeLimit{},
	(*fn.Error)(nil), (*fn.DeclarationError)(nil), (*fn.PanicError)(nil), (*fn.SelectError)(nil),
	new(fn.Error), new(fn.DeclarationError), new(fn.PanicError), new(fn.SelectError),
	new(fn.Request), fn.Need{}, new(fn.Reply), (*fn.Reply)(nil),
	(*binding.Error)(nil), new(binding.Error), new(binding.Header), binding.Header(nil), new(binding.SetCookie), binding.SetCookie{},
	(*config.Error)(nil), new(config.Error), config.Secret{}, new(config.Secret), config.Map(nil), config.Problem{},
	(*grain.Error)(nil), new(grain.Error), grain.Unit{},
	new(fntest.Response), fntest.Request{},
	fn.Input{}, fn.RequestKind(""), fn.Access(0), fn.Section{}, (*fn.Opened[string])(nil), new(fn.Opened[string]),
	resource.Table[struct{}]{}, new(resource.Table[struct{}]), resource.Bucket{}, new(resource.Bucket), resource.Existing{}, new(resource.Existing),
	resource.Queue[string]{},
}

// Every method of theirs can be called, with arguments that are zero too.
func TestZeroValuesDoNotPanic(t *testing.T) {
	t.Parallel()
	for _, zero := range zeroes {
		v := reflect.ValueOf(zero)
		for i := range v.NumMethod() {
			name := v.Type().String() + "." + v.Type().Method(i).Name
			err := withoutPanic(func() error {
				m := v.Method(i)
				args := make([]reflect.Value, m.Type().NumIn())
				for j := range args {
					args[j] = zeroOf(t, m.Type().In(j))
				}
				if m.Type().IsVariadic() {
					m.CallSlice(args)
				} else {
					m.Call(args)
				}
				return nil
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func zeroOf(t *testing.T, typ reflect.Type) reflect.Value {
	t.Helper()
	switch typ {
	case reflect.TypeFor[context.Context]():
		return reflect.ValueOf(t.Context())
	case reflect.TypeFor[fmt.State]():
		return reflect.ValueOf(noState{io.Discard})
	}
	return reflect.Zero(typ)
}

// noState is a fmt.State without any flags.
type noState struct{ io.Writer }

func (noState) Width() (int, bool)     { return 0, false }
func (noState) Precision() (int, bool) { return 0, false }
func (noState) Flag(int) bool          { return false }

func withoutPanic(run func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("it panicked: %v\n%s", v, debug.Stack())
		}
	}()
	return run()
}
