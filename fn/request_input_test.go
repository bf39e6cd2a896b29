package fn_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

// readText is a text that counts how often it is read.
type readText struct{ text string }

var reads int

func (c *readText) UnmarshalText(text []byte) error {
	reads++
	c.text = string(text)
	return nil
}

func (c readText) MarshalText() ([]byte, error) { return []byte(c.text), nil }

type readIn struct {
	Name readText `json:"name"`
	Size int      `json:"size" validate:"max=3"`
}

type readOut struct {
	Name string `json:"name"`
}

var anyKind = fn.Define[readIn, readOut]("count.it")

// watch is middleware that looks at the In before the function and after it.
func watch(seen *[]string) fn.Option {
	look := func(ctx context.Context, req *fn.Request, when string) *readIn {
		in, err := req.Input(ctx)
		again, same := req.Input(ctx)
		if in != again || !errors.Is(err, same) {
			*seen = append(*seen, "it is not remembered")
		}
		if err != nil {
			*seen = append(*seen, when+" "+fn.CodeOf(err).String())
			return nil
		}
		*seen = append(*seen, fmt.Sprintf("%s %s", when, in.(*readIn).Name.text))
		return in.(*readIn)
	}
	return fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			before := look(ctx, req, "before")
			reply, err := next(ctx, req)
			if look(ctx, req, "after") != before {
				*seen = append(*seen, "another In")
			}
			return reply, err
		}
	})
}

// A host may invent a kind: the form of the input alone says how In and Out travel.
func TestTheFormOfTheInputDecides(t *testing.T) {
	var seen []string
	unit, _ := start(t, []fn.Function{anyKind.With(func(_ context.Context, in readIn) (readOut, error) {
		return readOut{Name: in.Name.text}, nil
	}, watch(&seen), fn.Route("POST /"))})
	const good, bad = `{"name":"ada","size":1}`, `{"name":"ada","size":9}`
	for name, test := range map[string]struct {
		input, refused fn.Input
		out            func(*fn.Reply) string
		reads          int
	}{
		"JSON":      {fn.InputFromJSON([]byte(good)), fn.InputFromJSON([]byte(bad)), func(r *fn.Reply) string { return string(r.Body) }, 1},
		"a request": {fn.InputFromSource(source{body: good}), fn.InputFromSource(source{body: bad}), func(r *fn.Reply) string { return strings.TrimPrefix(fmt.Sprint(r.Status, " ", string(r.Body)), "200 ") }, 1},
		"a value": {fn.InputFromValue(&readIn{Name: readText{"ada"}}), fn.InputFromValue(&readIn{Size: 9}), func(r *fn.Reply) string {
			return fmt.Sprintf("{%q:%q}", "name", r.Value.(*readOut).Name)
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			seen, reads = nil, 0
			reply, err := unit.Host("test").Invoke(t.Context(), "count.it", &fn.Request{Kind: "mqtt", From: test.input})
			if err != nil || test.out(reply) != `{"name":"ada"}` || fmt.Sprint(seen) != "[before ada after ada]" || reads != test.reads {
				t.Errorf("got %v, %v, %q, read %d times", reply, err, seen, reads)
			}
			seen = nil
			_, err = unit.Host("test").Invoke(t.Context(), "count.it", &fn.Request{Kind: "mqtt", From: test.refused})
			if fn.CodeOf(err) != fn.InvalidArgument || fmt.Sprint(seen) != "[before invalid_argument after invalid_argument]" {
				t.Errorf("refused: %v, %q", err, seen)
			}
		})
	}
}

func TestAnInputThatCannotBeRead(t *testing.T) {
	var raw any
	var rawErr error
	unit, log := start(t, []fn.Function{anyKind.With(func(_ context.Context, in readIn) (readOut, error) { return readOut{}, nil }),
		fn.Raw("count.raw", func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			raw, rawErr = req.Input(ctx)
			return &fn.Reply{}, nil
		})})
	for want, test := range map[string]struct {
		from fn.Input
		code fn.Code
	}{
		"the host sets Request.From":                    {fn.Input{}, fn.Internal},
		"cannot be started by \"mqtt\" events":          {fn.InputFromEvent([]byte("{}")), fn.Unimplemented},
		"the call passed *int, want a *fn_test.readIn":  {fn.InputFromValue(new(int)), fn.Internal},
		"the call passed <nil>, want a *fn_test.readIn": {fn.InputFromValue(nil), fn.Internal},
	} {
		log.Reset()
		_, err := unit.Host("test").Invoke(t.Context(), "count.it", &fn.Request{Kind: "mqtt", From: test.from})
		if fn.CodeOf(err) != test.code || !strings.Contains(err.Error()+strings.ReplaceAll(log.String(), `\"`, `"`), want) {
			t.Errorf("got %v and %s, want %s", err, log, want)
		}
	}
	if _, err := unit.Host("test").Invoke(t.Context(), "count.raw", &fn.Request{Kind: "mqtt", From: fn.InputFromValue(7)}); err != nil || raw != 7 || rawErr != nil {
		t.Errorf("a Raw function: %v, %v, %v", err, raw, rawErr)
	}
	if _, err := unit.Host("test").Invoke(t.Context(), "count.raw", &fn.Request{Kind: "mqtt", From: fn.InputFromJSON(nil)}); err != nil || raw != nil || rawErr == nil {
		t.Errorf("a Raw function: %v, %v, %v", err, raw, rawErr)
	}
	if _, err := (&fn.Request{}).Input(t.Context()); err == nil || !strings.Contains(fmt.Sprint(errors.Unwrap(err)), "the request has no In") {
		t.Errorf("a request of nobody: %v", err)
	}
}

// Middleware that runs the function twice gets two runs with an In each, as if nobody had asked.
func TestAnInputIsReadAgainForASecondRun(t *testing.T) {
	var seen []*int
	type in struct {
		Sizes []int `json:"sizes"`
	}
	grow := func(_ context.Context, in in) (struct{}, error) {
		seen = append(seen, &in.Sizes[0])
		in.Sizes[0]++
		return struct{}{}, nil
	}
	twice := func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := req.Input(ctx); err != nil {
				return nil, err
			}
			if _, err := next(ctx, req); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	}
	unit, _ := start(t, []fn.Function{fn.New("count.grow", grow, fn.Use(twice))})
	if _, err := unit.Host("test").Invoke(t.Context(), "count.grow", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(`{"sizes":[1]}`))}); err != nil || *seen[0] != 2 || *seen[1] != 2 || seen[0] == seen[1] {
		t.Errorf("got %v, %v", err, seen)
	}
}

// Middleware may give the function another input than it has looked at.
func TestAnotherInput(t *testing.T) {
	replace := fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := req.Input(ctx); err != nil {
				return nil, err
			}
			req.From = fn.InputFromJSON([]byte(`{"name":"bob"}`))
			return next(ctx, req)
		}
	})
	unit, _ := start(t, []fn.Function{anyKind.With(func(_ context.Context, in readIn) (readOut, error) { return readOut{in.Name.text}, nil }, replace)})
	reply, err := unit.Host("test").Invoke(t.Context(), "count.it", &fn.Request{Kind: fn.KindDirect, From: fn.InputFromJSON([]byte(`{"name":"ada"}`))})
	if err != nil || string(reply.Body) != `{"name":"bob"}` {
		t.Errorf("got %v, %v", reply, err)
	}
}

// A body that the In takes as a stream is the function's, whoever asked for the In before.
func TestAnInputWithAStream(t *testing.T) {
	type in struct {
		Body io.Reader `body:""`
	}
	unit, _ := start(t, []fn.Function{fn.New("count.stream", func(_ context.Context, in in) (string, error) {
		data, err := io.ReadAll(in.Body)
		return string(data), err
	}, fn.Route("POST /"), fn.Use(func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if _, err := req.Input(ctx); err != nil {
				return nil, err
			}
			return next(ctx, req)
		}
	}))})
	if reply := serve(t, unit, "count.stream", source{body: "all of it"}); !strings.Contains(string(reply.Body), "all of it") {
		t.Errorf("got %s", reply.Body)
	}
}
