package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/middleware"
)

// Errors whose own methods panic: a nil pointer in an interface, as a rule.
type (
	textError struct{ text string }
	wrapError struct{ inner error }
	asError   struct{}
	isError   struct{}
)

func (e *textError) Error() string { return e.text }
func (e *wrapError) Error() string { return "wrapped" }
func (e *wrapError) Unwrap() error { return e.inner }
func (asError) Error() string      { return "as" }
func (asError) As(any) bool        { panic("As panics") }
func (isError) Error() string      { return "is" }
func (isError) Is(error) bool      { panic("Is panics") }

type brokenIn struct {
	Kind string `json:"kind" query:"kind"`
}

// Validate breaks a rule, within an error that says something else.
func (in brokenIn) Validate(context.Context) error {
	inner := &binding.Error{Kind: binding.Invalid, Violations: []fn.Violation{{Location: "x", Rule: "r", Message: "a secret"}}}
	switch in.Kind {
	case "a rule behind an error":
		return fn.Errorf(fn.PermissionDenied, "not you").WithCause(inner)
	case "a rule beside an error":
		return errors.Join(fn.Errorf(fn.PermissionDenied, "not you"), inner)
	}
	return nil
}

// brokenErrors has the answer to each kind.
var brokenErrors = map[string]string{
	"a nil pointer":                       "internal 500",
	"a nil pointer that wraps":            "internal 500",
	"a nil *fn.Error":                     "internal 500",
	"a nil *fn.Error, wrapped":            "internal 500",
	"As":                                  "internal 500",
	"Is":                                  "internal 500",
	"a cause with As":                     "not_found 404 gone",
	"a cause with Is":                     "not_found 404 gone",
	"a cause that is a nil pointer":       "not_found 404 gone",
	"a panic with a nil pointer":          "internal 500",
	"a panic with As":                     "internal 500",
	"a panic with a nil pointer, wrapped": "internal 500",
	"a rule behind an error":              "permission_denied 403 not you",
	"a rule beside an error":              "permission_denied 403 not you",
}

func breakWith(_ context.Context, in brokenIn) (string, error) {
	switch in.Kind {
	case "a nil pointer":
		return "", (*textError)(nil)
	case "a nil pointer that wraps":
		return "", (*wrapError)(nil)
	case "a nil *fn.Error":
		return "", (*fn.Error)(nil)
	case "a nil *fn.Error, wrapped":
		return "", fmt.Errorf("wrapped: %w", (*fn.Error)(nil))
	case "As":
		return "", asError{}
	case "Is":
		return "", isError{}
	case "a cause with As":
		return "", fn.Errorf(fn.NotFound, "gone").WithCause(asError{})
	case "a cause with Is":
		return "", fn.Errorf(fn.NotFound, "gone").WithCause(isError{})
	case "a cause that is a nil pointer":
		return "", fn.Errorf(fn.NotFound, "gone").WithCause((*textError)(nil))
	case "a panic with a nil pointer":
		panic((*textError)(nil))
	case "a panic with As":
		panic(asError{})
	case "a panic with a nil pointer, wrapped":
		panic((*wrapError)(nil))
	}
	return "", errors.New("there is no such kind")
}

// seen is all of an error that a client or a caller gets to see.
func seen(err error) string {
	e, ok := errors.AsType[*fn.Error](err)
	if !ok {
		return fmt.Sprintf("%T", err)
	}
	return strings.TrimSpace(fmt.Sprintf("%v %d %s", e.Code(), e.HTTPStatus(), e.Message()))
}

func TestErrorsThatPanicAreAnsweredEverywhere(t *testing.T) {
	broken := fn.Define[brokenIn, string]("there.broken")
	for name, around := range map[string][]fn.Middleware{"without middleware": nil, "with the default": middleware.Default()} {
		app := fn.NewApp[fn.NoConfig]("shop", fn.Use(around...))
		app.Add(
			broken.With(breakWith, fn.Route("GET /direct")),
			fn.New("here.call", func(ctx context.Context, in struct {
				Kind string `query:"kind"`
			}) (string, error) {
				_, err := broken.Call(ctx, brokenIn(in))
				return seen(err), nil
			}, fn.Route("GET /call"), fn.Needs(broken)),
		)
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				for kind, want := range brokenErrors {
					if got := c.Do(fntest.Get("/call?kind=" + url.QueryEscape(kind))); string(got.Body) != want {
						t.Errorf("a call answered by %s: got %d %s, want %q", kind, got.Status, got.Body, want)
					}
					direct := c.Do(fntest.Get("/direct?kind=" + url.QueryEscape(kind)))
					code, _, _ := strings.Cut(want, " ")
					if !strings.Contains(string(direct.Body), `"code":"`+code+`"`) || !strings.Contains(want, fmt.Sprint(direct.Status)) || strings.Contains(string(direct.Body), "secret") {
						t.Errorf("a request answered by %s: got %d %s, want %q", kind, direct.Status, direct.Body, want)
					}
				}
			})
		})
	}
}
