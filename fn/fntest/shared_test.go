package fntest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/fntest"
	"github.com/anygrain/anygrain/internal/randomapp"
)

// oneAndTwo are the hosts on which a call is one of Go, goes through JSON, and
// goes to another unit.
var oneAndTwo = fntest.Hosts(fntest.Direct, fntest.Shared, "grain/function", "grain/group/http")

// status is an enum as everybody writes it: its zero value is none of it.
type status string

func (s status) MarshalText() ([]byte, error) { return []byte(s), nil }
func (s *status) UnmarshalText(text []byte) error {
	switch v := status(text); v {
	case "open", "closed":
		*s = v
		return nil
	}
	return errors.New("is no status")
}

// word is read in lower case, and written as it is.
type word string

func (w *word) UnmarshalText(text []byte) error {
	*w = word(strings.ToLower(string(text)))
	return nil
}

// cents are not written when they are few.
type cents int

func (c cents) IsZero() bool { return c < 10 }

type (
	base   struct{ ID string }
	hiding struct {
		base
		Other string `json:"ID"`
	}
)

// shape is a value that a call passes to and fro.
type shape struct {
	name string
	app  *fn.App[fn.NoConfig]
}

// shapeOf is an app that passes the value to a function and gets it back. It
// answers with what was seen on both sides.
func shapeOf[T any](name string, value T) shape {
	echo := fn.Define[T, T]("there.echo")
	app := fn.NewApp[fn.NoConfig]("shapes")
	there := "nothing"
	app.Add(
		echo.With(func(_ context.Context, in T) (T, error) {
			there = randomapp.Spell(in)
			return in, nil
		}),
		fn.New("here.page", func(ctx context.Context, _ struct{}) (string, error) {
			there = "nothing"
			back, err := echo.Call(ctx, value)
			return fmt.Sprintf("there %s, here %s, %v", there, randomapp.Spell(back), fn.CodeOf(err)), nil
		}, fn.Route("GET /page"), fn.Needs(echo)))
	return shape{name, app}
}

func TestACallPassesTheSameToOneUnitAndToTwo(t *testing.T) {
	var list []string
	var table map[string]int
	var number *int
	circle := node{}
	circle.Next = &circle
	for _, s := range []shape{
		shapeOf("an enum that is left zero", struct{ Status status }{}),
		shapeOf("a text that is read in another way", struct{ Words []word }{[]word{"Ada"}}),
		shapeOf("keys that are read in another way", struct{ Words map[word]int }{map[word]int{"Ada": 1}}),
		shapeOf("a value that holds itself", circle),
		shapeOf("a pointer to a nil slice", struct{ P *[]string }{&list}),
		shapeOf("a pointer to a nil map", struct{ P []*map[string]int }{[]*map[string]int{&table}}),
		shapeOf("a pointer to a nil pointer", struct{ P **int }{&number}),
		shapeOf("a reader that is nil", struct {
			Body io.Reader `body:""`
		}{}),
		shapeOf("omitzero with a zero of its own", struct {
			Cents cents `json:"cents,omitzero"`
		}{5}),
		shapeOf("omitzero of a time with an offset", struct {
			At time.Time `json:"at,omitzero"`
		}{time.Time{}.In(time.FixedZone("", 3600))}),
		shapeOf("a field that another one hides", struct{ Within []hiding }{[]hiding{{base{"1"}, "2"}}}),
		shapeOf("what is nil and what is empty", struct {
			A, B []string
			C, D map[string]int
			E, F []byte
		}{nil, []string{}, nil, map[string]int{}, nil, []byte{}}),
	} {
		t.Run(s.name, func(t *testing.T) {
			fntest.Same(t, s.app, []fntest.Request{fntest.Get("/page")}, oneAndTwo)
		})
	}
}

// closing tells when it is closed.
type closing struct {
	io.Reader
	closed *bool
}

func (c closing) Close() error {
	*c.closed = true
	return nil
}

func TestAStreamIsReadAndClosedBeforeTheCallerHasIt(t *testing.T) {
	type stream struct {
		Body io.ReadCloser `body:""`
	}
	closed := false
	open := fn.Define[struct{}, stream]("there.open")
	app := fn.NewApp[fn.NoConfig]("streams")
	app.Add(
		open.With(func(context.Context, struct{}) (stream, error) {
			return stream{closing{strings.NewReader("tea"), &closed}}, nil
		}),
		fn.New("here.page", func(ctx context.Context, _ struct{}) (string, error) {
			closed = false
			out, err := open.Call(ctx, struct{}{})
			if err != nil {
				return "", err
			}
			text, err := io.ReadAll(out.Body)
			return fmt.Sprintf("%s, closed: %v", text, closed), err
		}, fn.Route("GET /page"), fn.Needs(open)))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		if res := c.Do(fntest.Get("/page")); res.String() != "200 tea, closed: true" {
			t.Errorf("got %v", res)
		}
	}, oneAndTwo)
}

// node is part of a list.
type node struct {
	Next *node
}

// appointment has a time.
type appointment struct {
	At time.Time `json:"at"`
}

// What JSON has no form for, or another one, passes where values are shared.
func TestWhatOnlySharedValuesAre(t *testing.T) {
	clock := time.FixedZone("", 3600+28)
	tests := map[string]struct {
		value  appointment
		shared string
		copied string
	}{
		"a year of five digits":      {appointment{At: time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC)}, "passes", "internal"},
		"an offset that has seconds": {appointment{At: time.Date(1890, 1, 1, 0, 0, 0, 0, clock)}, "passes", "changes"},
	}
	for name, test := range tests {
		echo := fn.Define[appointment, appointment]("there.echo")
		app := fn.NewApp[fn.NoConfig]("appointments")
		app.Add(
			echo.With(func(_ context.Context, in appointment) (appointment, error) { return in, nil }),
			fn.New("here.page", func(ctx context.Context, _ struct{}) (string, error) {
				back, err := echo.Call(ctx, test.value)
				switch {
				case err != nil:
					return fn.CodeOf(err).String(), nil
				case !back.At.Equal(test.value.At):
					return "changes", nil
				}
				return "passes", nil
			}, fn.Route("GET /page"), fn.Needs(echo)))
		t.Run(name, func(t *testing.T) {
			fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
				want := test.copied
				if c.Host() == fntest.Shared {
					want = test.shared
				}
				if res := c.Do(fntest.Get("/page")); res.String() != "200 "+want {
					t.Errorf("got %v, want %s", res, want)
				}
			}, oneAndTwo)
		})
	}
}

// A caller and a callee that do not keep to the rules show on the host
// "direct/shared", as they would in production.
func TestOnlyTheSharedHostSharesWhatCallsPass(t *testing.T) {
	type list struct{ Items []string }
	clobber := fn.Define[list, list]("there.clobber")
	app := fn.NewApp[fn.NoConfig]("sharing")
	app.Add(
		clobber.With(func(_ context.Context, in list) (list, error) { in.Items[0] = "theirs"; return in, nil }),
		fn.New("here.page", func(ctx context.Context, _ struct{}) (string, error) {
			in := list{[]string{"mine"}}
			_, err := clobber.Call(ctx, in)
			return in.Items[0], err
		}, fn.Route("GET /page"), fn.Needs(clobber)),
		fn.New("here.undeclared", func(ctx context.Context, _ struct{}) (string, error) {
			_, err := clobber.Call(ctx, list{[]string{""}})
			return "called", err
		}, fn.Route("GET /undeclared")))
	fntest.Each(t, app, func(t *testing.T, c *fntest.Client) {
		want, status := "mine", http.StatusInternalServerError
		if c.Host() == fntest.Shared {
			want, status = "theirs", http.StatusOK
		}
		if res := c.Do(fntest.Get("/page")); res.String() != "200 "+want {
			t.Errorf("got %v, want %s", res, want)
		}
		if res := c.Do(fntest.Get("/undeclared")); res.Status != status {
			t.Errorf("an undeclared call: got %v, want %d", res, status)
		}
		logged := slices.ContainsFunc(c.Logs(), func(line map[string]any) bool {
			return line["level"] == "error" && line["function"] == "here.undeclared"
		})
		if !logged {
			t.Errorf("the undeclared call is not logged as an error: %v", c.Logs())
		}
	})
}

func TestWithoutLeavesTheSharedHostOut(t *testing.T) {
	fntest.Each(t, newApp(), func(t *testing.T, c *fntest.Client) {
		if c.Host() == fntest.Shared {
			t.Error("ran")
		}
	}, fntest.Without(fntest.Shared))
}
