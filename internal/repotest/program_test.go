package repotest

import (
	"strings"
	"testing"
)

// Every whole program that the documentation shows compiles against this
// repository: in Markdown and in package comments.
func TestProgramsInTheDocumentationCompile(t *testing.T) {
	shown := Programs{}
	for _, doc := range documents(t) {
		count := shown.AddDocument(doc)
		if doc.Name == "README.md" && count == 0 {
			t.Error(`README.md shows no whole program: it needs a Go block that begins with "package main"`)
		}
	}
	for _, p := range publicPackages(load(t, root)) {
		shown.AddPackage(p)
	}
	if len(shown) == 0 {
		return
	}
	if err := shown.Build(root, t.TempDir()); err != nil {
		t.Error(err)
	}
}

func TestPrograms(t *testing.T) {
	repo := tree(t, "-- a.go --\n// Package m adds:\n//\n//\tpackage main\n//\n//\timport \"example.com/m\"\n//\n//\tfunc main() { println(m.Add(1, 2)) }\npackage m\nfunc Add(x, y int) int { return x + y }\n")
	const use = "```go\npackage main\n\nimport \"example.com/m\"\n\nfunc main() { println(m.Add(1, 2)) }\n```\n"
	const parts = "<!-- file: shop/main.go -->\n```go\npackage main\n\nimport \"example.com/shop/orders\"\n\nfunc main() { orders.Do() }\n```\n" +
		"<!-- file: shop/orders/orders.go -->\n```go\npackage orders\n\nfunc Do() {}\n```\n"
	for name, c := range map[string]struct {
		text  string
		count int
		want  string // part of the error, "" for none
	}{
		"one file":               {text: use, count: 1},
		"two that do not meet":   {text: use + use, count: 2},
		"several files":          {text: parts, count: 2},
		"pieces are not taken":   {text: "```go\nm.Add(1)\n```\n", count: 0},
		"a wrong call is told":   {text: strings.Replace(use, "1, 2", "1", 1), count: 1, want: "a_md/line1/main.go:5:30: not enough arguments in call to m.Add"},
		"a wrong import is told": {text: strings.Replace(use, "example.com/m", "example.com/m/none", 1), count: 1, want: "example.com/m/none"},
	} {
		t.Run(name, func(t *testing.T) {
			shown := Programs{}
			if got := shown.AddDocument(ParseDocument("a.md", c.text)); got != c.count {
				t.Errorf("took %d blocks, want %d", got, c.count)
			}
			for _, p := range load(t, repo).Packages {
				shown.AddPackage(p)
			}
			err := shown.Build(repo, t.TempDir())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("the error is %v and should contain %q", err, c.want)
			}
		})
	}
}
