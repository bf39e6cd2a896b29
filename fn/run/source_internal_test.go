//go:build !lambda

package run

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
)

func TestCheckTags(t *testing.T) {
	register := func(line, group string) string {
		return line + "\n\npackage main\n\nfunc init() { app.Group(\"" + group + "\", construct) }\n"
	}
	tests := map[string]struct {
		files map[string]string
		want  []string // nothing else
	}{
		"as it should be":  {map[string]string{"a.go": register("//go:build !only || a", "a"), "b.go": register("//go:build !only || b", "b"), "m_test.go": "package main_test!"}, nil},
		"for lambda alone": {map[string]string{"a.go": register("//go:build lambda && (!only || a)", "a"), "b.go": register("//go:build !only || b", "b")}, nil},
		"several groups a file": {map[string]string{"a.go": register("//go:build !only || a", "a") + "\nfunc init() { app.Group(\"b\", x) }\n", "b.go": "package main\n"},
			[]string{`a.go:7: no build selects the group "b": -tags only,b leaves out its file; begin it with //go:build !only || b`}},
		"a tag with a typo":  {map[string]string{"a.go": register("//go:build !only || alpha", "a"), "b.go": register("//go:build !only || b", "b")}, []string{`a.go:5: no build selects the group "a"`, `a.go: the tag "alpha" of its //go:build line links nothing`}},
		"one more tag":       {map[string]string{"a.go": register("//go:build !only || a || aa", "a"), "b.go": register("//go:build !only || b", "b")}, []string{`the tag "aa" of its //go:build line links nothing: no group has that name, did you mean a?`}},
		"no line":            {map[string]string{"a.go": register("", "a"), "b.go": register("//go:build !only || b", "b")}, []string{`a.go:5: the group "a" is linked into every unit, whatever its tags`}},
		"only with only":     {map[string]string{"a.go": register("//go:build a", "a"), "b.go": register("//go:build !only || b", "b")}, []string{`a.go:5: a build without the tag only leaves out the group "a"`}},
		"registered nowhere": {map[string]string{"b.go": register("//go:build !only || b", "b")}, []string{`the group "a" is linked into every unit: no file of the main package registers it`}},
	}
	app := fn.NewApp[fn.NoConfig]("shop")
	for _, name := range []string{"a.x", "b.x"} {
		app.Add(fn.New(name, func(context.Context, struct{}) (string, error) { return "", nil }))
	}
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range test.files {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			files, err := readDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			got := checkTags(d, files)
			if len(got) != len(test.want) {
				t.Errorf("got %d problems:\n%s", len(got), strings.Join(got, "\n"))
			}
			for _, want := range test.want {
				if !strings.Contains(strings.Join(got, "\n"), want) {
					t.Errorf("%s is not in:\n%s", want, strings.Join(got, "\n"))
				}
			}
		})
	}
}
