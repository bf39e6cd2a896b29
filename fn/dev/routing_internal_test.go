package dev

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// API Gateway sends a path with a slash at its end to the route without one.
func TestWhereAPIGatewaySendsARequest(t *testing.T) {
	raw := func(name, route string) fn.Function {
		return fn.Raw(name, func(context.Context, *fn.Request) (*fn.Reply, error) { return &fn.Reply{}, nil }, fn.Route(route))
	}
	a := &worker{unit: grain.Unit{Name: "a", Functions: []fn.Function{raw("a.cond", "GET /cond"), raw("a.one", "/cond/{id}"), raw("a.root", "GET /{$}")}}}
	b := &worker{unit: grain.Unit{Name: "b", Functions: []fn.Function{raw("b.both", "GET /both"), raw("b.rest", "GET /files/{rest...}")}}}
	c := &worker{unit: grain.Unit{Name: "c", Functions: []fn.Function{raw("c.both", "GET /both/{$}"), raw("c.tree", "GET /tree/")}}}
	table, err := newTable([]*worker{a, b, c})
	if err != nil {
		t.Fatal(err)
	}
	for request, want := range map[string]way{
		"GET /cond": {a, "/cond", ""}, "GET /cond/": {a, "/cond", ""}, "POST /cond/": {}, "HEAD /cond/": {}, "GET /cond//": {},
		"GET /cond/7/": {a, "/cond/{id}", "ANY"}, "GET /both/": {c, "", ""}, "GET /": {a, "/", ""},
		"GET /files/": {}, "GET /files/a/": {b, "/files/{rest+}", ""}, "GET /tree": {}, "GET /tree/": {c, "", ""}, "GET /nope/": {},
	} {
		method, path, _ := strings.Cut(request, " ")
		got, ok := table.find(httptest.NewRequest(method, "/", nil), path, "")
		if got != want || ok != (want.unit != nil) {
			t.Errorf("%s goes to %+v, want %+v", request, got, want)
		}
	}
}
