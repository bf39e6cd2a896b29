// Package randomreq makes random requests for functions out of what their
// declarations say: good ones, near misses and hostile ones.
package randomreq

import (
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/dice"
)

// Request is an HTTP request, or a direct invoke when Function is set.
type Request struct {
	Function string // whose direct form Body is
	Method   string
	Target   string // as in a request line
	Header   []Field
	Body     []byte
}

// Field is one line of a header.
type Field struct{ Name, Value string }

// Generator makes requests. It is not safe for concurrent use.
type Generator struct {
	dice.Dice
	functions []fn.Function
	triggers  []trigger
}

// trigger is one route of a function.
type trigger struct {
	function fn.Function
	route    fn.HTTPRoute
}

// New returns a generator for the functions. The same seed makes the same requests.
func New(seed uint64, functions []fn.Function) *Generator {
	g := &Generator{Dice: dice.New(seed), functions: functions}
	for _, f := range functions {
		for _, r := range f.Routes() {
			g.triggers = append(g.triggers, trigger{f, r})
		}
	}
	return g
}

// Request returns the next HTTP request: three in ten are good, the others are
// changed in one or a few ways, so that some are still good.
func (g *Generator) Request() Request {
	if len(g.triggers) == 0 || g.OneIn(30) {
		return g.stray()
	}
	b := g.good(dice.Pick(g.Dice, g.triggers...))
	if g.IntN(10) >= 3 {
		for range g.Between(1, 3) {
			dice.Pick(g.Dice, mutations...)(g, b)
		}
	}
	return b.request()
}

// stray returns a request that leads nowhere, or almost.
func (g *Generator) stray() Request {
	path := dice.Pick(g.Dice, "/", "/nowhere", "//", "/a//b", "/./a", "/a/../b", "/%2e%2e", "/%", "/live", "/favicon.ico", "/"+escape(odd(g.Dice)))
	return Request{Method: g.method(), Target: path}
}

func (g *Generator) method() string {
	return dice.Pick(g.Dice, "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "get")
}

// Invoke returns the next direct invoke. It is false when no function has an In.
func (g *Generator) Invoke() (Request, bool) {
	typed := slices.DeleteFunc(slices.Clone(g.functions), func(f fn.Function) bool { return f.In() == nil })
	if len(typed) == 0 {
		return Request{}, false
	}
	f := dice.Pick(g.Dice, typed...)
	body := DirectForm(g.Dice, f.Input())
	if g.OneIn(2) {
		body = g.spoil(body)
	}
	return Request{Function: f.Name(), Body: []byte(strings.TrimSpace(body))}, true
}

// DirectForm returns the fields of an In or an Out as one JSON value, which
// keeps their rules as far as they are known here.
func DirectForm(d dice.Dice, fields []binding.Field) string {
	var pairs []string
	for _, f := range fields {
		r := parseRules(f.Rules)
		switch {
		case f.Go == "": // the type is the whole body
			return value(d, f.Type, r, 0)
		case f.HasDef && d.OneIn(2), !f.Required && d.OneIn(4):
			continue
		}
		pairs = append(pairs, quoted(f.JSON)+":"+direct(d, f, r))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// Text returns a text that can be read as the type and keeps the rules of the
// validate tag, as far as they are known here.
func Text(d dice.Dice, t reflect.Type, tag string) string { return text(d, t, parseRules(tag)) }
