package repotest

import (
	"testing"
)

func TestLinksLeadSomewhere(t *testing.T) {
	for _, doc := range documents(t) {
		report(t, CheckLinks(root, doc))
	}
}

func TestGoBlocksAreGo(t *testing.T) {
	for _, doc := range documents(t) {
		report(t, CheckSnippets(root, doc))
	}
}

func documents(t *testing.T) []Document {
	t.Helper()
	docs, err := Documents(root)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestCheckLinks(t *testing.T) {
	dir := tree(t, "-- docs/b.md --\n# The Rules: of `Go`!\n\n```sh\n# no heading\n```\n")
	for name, c := range map[string]struct {
		prose string
		want  []string
	}{
		"a file":                {prose: "[b](docs/b.md) and [a dir](docs)"},
		"elsewhere":             {prose: "[b](https://example.com/none.md) [m](mailto:a@example.com)"},
		"a heading":             {prose: "# Über uns\n[b](docs/b.md#the-rules-of-go) [u](#über-uns)"},
		"in code":               {prose: "`[b](none.md)`\n```\n[b](none.md)\n```"},
		"no such file":          {prose: "\n[b](none.md) [c](docs/b.md)", want: []string{"a.md:2: the link to none.md leads nowhere: no such file"}},
		"no such heading there": {prose: "[b](docs/b.md#no-heading)", want: []string{"no such heading; headings are the-rules-of-go"}},
		"no such heading here":  {prose: "# One\n[b](#two)", want: []string{"headings are one"}},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, CheckLinks(dir, ParseDocument("a.md", c.prose)), c.want)
		})
	}
}

func TestCheckSnippets(t *testing.T) {
	dir := tree(t, "-- x/a.go --\npackage x\n\nfunc F() {\n\tif true {\n\t\tg(1)\n\t\th(2)\n\t}\n}\n")
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"a file":          {text: "```go\npackage p\n\nimport \"io\"\n```"},
		"declarations":    {text: "```go\nimport \"io\"\n\ntype T struct{}\n```"},
		"statements":      {text: "```go\nx := f()\nreturn x // done\n```"},
		"not Go":          {text: "words\n```go\nx := …\n```", want: []string{"a.md:2: this Go block is neither"}},
		"another tongue":  {text: "```text\nx := …\n```"},
		"still in a file": {text: "<!-- from: x/a.go -->\n```go\ng(1)\nh(2)\n```"},
		"changed since":   {text: "<!-- from: x/a.go -->\n\n```go\ng(1)\nh(3)\n```", want: []string{"a.md:3: this block is said to be from x/a.go and is not there"}},
		"from no file":    {text: "<!-- from: x/b.go -->\n```go\ng(1)\n```", want: []string{"said to be from x/b.go"}},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, CheckSnippets(dir, ParseDocument("a.md", c.text)), c.want)
		})
	}
}
