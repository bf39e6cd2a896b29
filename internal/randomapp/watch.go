package randomapp

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/dice"
)

// watch is middleware that looks at a request over HTTP in all the ways in which
// middleware can, before the function and after it, and leaves what it has seen as
// an effect. How it looks follows from the request, so it is the same on all hosts.
func watch(effects *Effects) fn.Middleware {
	return func(next fn.Invoker) fn.Invoker {
		return func(ctx context.Context, req *fn.Request) (*fn.Reply, error) {
			if req.Kind != fn.KindHTTP {
				return next(ctx, req)
			}
			d := diceOfRequest(req)
			effects.add(fmt.Sprintf("watched %s: %s", req.Method, headersOf(req)))
			effects.add("before: " + look(ctx, d, req))
			reply, err := next(ctx, req)
			effects.add("after: " + look(ctx, d, req))
			return reply, err
		}
	}
}

// watched are header fields that something on the way might change. The names of
// what functions take are added to them.
var watched = []string{"x-request-ID", "Authorization", "Traceparent", "ORIGIN", "if-none-match", "Content-Type", "Content-Encoding", "Cookie", "x-LOWER", "X-None"}

func headersOf(req *fn.Request) string {
	names := watched
	for _, f := range req.Function().Input() {
		if f.Where == "header" {
			names = append(names[:len(names):len(names)], f.Name)
		}
	}
	text := ""
	for _, name := range names {
		if values := req.Source().HeaderValues(name); values != nil {
			text += spellHeader(name, values) + " " + spellHeader(name, []string{req.Header(name)}) + "; "
		}
	}
	return text
}

// spellHeader writes values of a header. HTTP APIs send cookies apart, so the space
// between them is not compared.
func spellHeader(name string, values []string) string {
	if name == "Cookie" {
		values = strings.FieldsFunc(strings.Join(values, "\n"), func(c rune) bool { return c == ';' || c == ' ' || c == '\t' })
	}
	return fmt.Sprintf("%s %q", name, values)
}

// look reads the body in one of the ways there are.
func look(ctx context.Context, d dice.Dice, req *fn.Request) string {
	switch d.IntN(5) {
	case 0:
		return "nothing"
	case 1:
		return fmt.Sprint("whether there is one: ", req.Source().Body() != nil)
	case 2:
		data, err := req.Body(ctx)
		return fmt.Sprintf("%q %v", shortened(data), err)
	}
	body := req.Source().Body()
	if body == nil {
		return "none"
	}
	if d.OneIn(2) {
		some := make([]byte, d.Between(1, 4))
		n, err := io.ReadFull(body, some)
		return fmt.Sprintf("some: %q %v", some[:n], err)
	}
	data, err := io.ReadAll(body)
	return fmt.Sprintf("all: %q %v", shortened(data), err)
}

// shortened keeps an effect readable.
func shortened(data []byte) string {
	if len(data) <= 100 {
		return string(data)
	}
	h := fnv.New64a()
	_, _ = h.Write(data)
	return fmt.Sprintf("%d bytes, %x", len(data), h.Sum64())
}

func diceOfRequest(req *fn.Request) dice.Dice {
	return diceOf(req.Function().Name(), fmt.Append(nil, req.Method, req.Header("Content-Type"), req.Header("X-F1")))
}
