package binding_test

import (
	"testing"
)

func TestRequestPath(t *testing.T) {
	type in struct {
		ID   int    `path:"id"`
		Rest string `path:"rest" default:"index.html"`
	}
	got, err := bind[in](t, fakeRequest{path: map[string]string{"id": "7", "rest": "a/b"}})
	wantTold(t, err)
	if got != (in{7, "a/b"}) {
		t.Errorf("bound %+v", got)
	}
	got, err = bind[in](t, fakeRequest{path: map[string]string{"id": "x", "rest": ""}})
	wantTold(t, err, "malformed", "path.id type: must be an integer")
	if got.Rest != "index.html" {
		t.Errorf("an empty wildcard is bound to %q, want the default", got.Rest)
	}
}

func TestRequestHeader(t *testing.T) {
	type in struct {
		One  string   `header:"x-one"`
		Many []string `header:"X-Many"`
		N    *int     `header:"X-N"`
	}
	tests := []struct {
		name   string
		header map[string][]string
		one    string
		many   string
		told   []string
	}{
		{name: "nothing"},
		{name: "one line each", header: map[string][]string{"X-One": {" a "}, "X-Many": {"a"}}, one: "a", many: "a"},
		{name: "several lines are one joined by commas", header: map[string][]string{"X-One": {"a", "b"}}, one: "a,b"},
		{name: "list in several lines", header: map[string][]string{"X-Many": {"a", "b"}}, many: "a|b"},
		{name: "list in one line", header: map[string][]string{"X-Many": {"a, b ,,c,"}}, many: "a|b|c"},
		{name: "comma in quotes", header: map[string][]string{"X-Many": {`"a,\"b", c`}}, many: `"a,\"b"|c`},
		{name: "number twice", header: map[string][]string{"X-N": {"1", "2"}}, told: []string{"malformed", "header.X-N type: must be an integer"}},
		{name: "empty number", header: map[string][]string{"X-N": {""}}, told: []string{"malformed", "header.X-N type: must be an integer"}},
		{name: "no UTF-8", header: map[string][]string{"X-Many": {"a,\xff"}}, told: []string{"malformed", "header.X-Many[1] type: must be text in UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bind[in](t, fakeRequest{header: tt.header})
			wantTold(t, err, tt.told...)
			if err == nil && (got.One != tt.one || joined(got.Many) != tt.many) {
				t.Errorf("bound %+v", got)
			}
		})
	}
}
