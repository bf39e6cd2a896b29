package fn

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/rs/zerolog"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/internal/funcname"
)

// StartOption is an option of Start and Describe.
type StartOption func(*startSettings)

type startSettings struct {
	selection selection
	configs   []any // values of WithConfig
	sources   []config.Source
	replaced  map[string]func(context.Context, any) ([]Function, error)
	transport Transport
	strict    bool
	logger    *zerolog.Logger
}

// Select serves only the functions that a selector matches: "orders.get",
// "orders.*" or "*"; several may stand in one string, separated by commas. A
// selector that matches nothing fails the start. The default is everything.
func Select(selectors ...string) StartOption {
	return func(s *startSettings) {
		s.selection = append(s.selection, funcname.Fields(strings.Join(selectors, ","))...)
	}
}

// WithConfig hands values to the constructors instead of loading them: the app's config, and
// sections of groups, told apart by their types. Nothing is read from the environment then: a
// config or section that a selected group has and that is not among the values comes from
// WithSources, or is an error if there is none. One that reads nothing may be left out. Sections
// of groups that are not selected are ignored, so that many tests can share one list.
func WithConfig(values ...any) StartOption {
	return func(s *startSettings) { s.configs = append(s.configs, values...) }
}

// WithSources loads the config from the sources instead of the .env file and
// the environment.
func WithSources(sources ...config.Source) StartOption {
	return func(s *startSettings) { s.sources = append(s.sources, sources...) }
}

// WithLogger replaces the app's logger.
func WithLogger(logger zerolog.Logger) StartOption {
	return func(s *startSettings) { s.logger = &logger }
}

// WithTransport is how the unit reaches the functions that it calls and does
// not serve. Without one such a call is Unimplemented.
func WithTransport(t Transport) StartOption {
	return func(s *startSettings) { s.transport = t }
}

// ReplaceGroup uses another constructor for the group: the way to hand fakes
// to the code under test. It is given the app's config; the group's section is not loaded.
func ReplaceGroup[C any](name string, construct func(ctx context.Context, cfg C) ([]Function, error)) StartOption {
	return func(s *startSettings) {
		if s.replaced == nil {
			s.replaced = map[string]func(context.Context, any) ([]Function, error){}
		}
		s.replaced[name] = func(ctx context.Context, cfg any) ([]Function, error) {
			typed, ok := cfg.(*C)
			if !ok {
				return nil, fmt.Errorf("ReplaceGroup: the constructor takes %v, the app's config is %v", reflect.TypeFor[C](), reflect.TypeOf(cfg).Elem())
			}
			return construct(ctx, *typed)
		}
	}
}

// Strict decides what happens to a call that Needs does not declare: it fails,
// or it is logged as an error and goes on. A strict unit also passes all calls as JSON,
// those within it too. It goes on by default; tests with fntest, the units of the
// command dev, and serve --strict are strict. Addresses decide nothing: a server behind a
// proxy of its own machine listens on loopback too.
func Strict(strict bool) StartOption {
	return func(s *startSettings) { s.strict = strict }
}

func newStartSettings(options []StartOption) *startSettings {
	s := &startSettings{}
	for _, o := range options {
		if o != nil {
			o(s)
		}
	}
	return s
}
