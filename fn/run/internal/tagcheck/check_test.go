package tagcheck

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

func TestCheckTags(t *testing.T) {
	register := func(line, group string) string {
		return line + "\n\npackage main\n\nfunc init() { app.Group(\"" + group + "\", construct) }\n"
	}
	good := map[string]string{"a.go": register("//go:build !only || a", "a"), "b.go": register("//go:build !only || b", "b")}
	with := func(name, text string) map[string]string { // one more file, or another one
		files := maps.Clone(good)
		files[name] = text
		return files
	}
	tests := map[string]struct {
		files   map[string]string
		want    []string // the problems, nothing else
		unknown string   // a part of what cannot be checked
	}{
		"as it should be":  {files: with("m_test.go", "package main_test!")},
		"for lambda alone": {files: with("a.go", register("//go:build lambda && (!only || a)", "a"))},
		"several groups a file": {files: map[string]string{"a.go": register("//go:build !only || a", "a") + "\nfunc init() { app.Group(\"b\", x) }\n"},
			want: []string{`a.go:7: no build selects the group "b": -tags only,b leaves out its file; begin it with //go:build !only || b`}},
		"two groups with two tags": {files: map[string]string{"a.go": register("//go:build !only || (a || b)", "a") + "\nfunc init() { app.Group(\"b\", x) }\n"}},
		"a tag with a typo": {files: with("a.go", register("//go:build !only || aa", "a")),
			want: []string{`a.go:5: no build selects the group "a"`, `a.go:1: the tag "aa" of this //go:build line links nothing: no group has that name, did you mean a?`}},
		"one more tag": {files: with("a.go", register("//go:build !only || a || aa", "a")),
			want: []string{`a.go:1: the tag "aa" of this //go:build line links nothing: no group has that name, did you mean a?`}},
		"a typo in a file without a group": {files: with("store.go", "// Comment.\n\n//go:build !only || bb\n\npackage main\n"),
			want: []string{`store.go:3: the tag "bb" of this //go:build line links nothing: no group has that name, did you mean b?`}},
		"tags that only narrow":         {files: with("a.go", register("//go:build (!only || a) && !windows && !integration && go1.20", "a"))},
		"a group with options":          {files: with("a.go", "//go:build !only || a\n\npackage main\n\nfunc init() { app.Group(\"a\", x, o, o) }\n")},
		"a group with a section":        {files: with("a.go", "//go:build !only || a\n\npackage main\n\nfunc init() { fn.AddGroup(app, \"a\", x, o) }\n")},
		"a group with a section, typed": {files: with("a.go", "//go:build !only || a\n\npackage main\n\nfunc init() { fn.AddGroup[C, a.C](app, \"a\", x) }\n")},
		"a group with a section, without the tag": {files: with("a.go", "package main\n\nfunc init() { fn.AddGroup(app, \"a\", x) }\n"),
			want: []string{`a.go:3: the group "a" is linked into every unit`}},
		"files without only": {files: with("tool.go", "//go:build ignore || tools\n\npackage main\n")},
		"another system": {files: map[string]string{"a_windows.go": register("//go:build !only || a", "a"), "b.go": good["b.go"]},
			want: []string{`a_windows.go:5: no build selects the group "a"`}},
		"no line":                           {files: with("a.go", register("", "a")), want: []string{`a.go:5: the group "a" is linked into every unit, whatever its tags`}},
		"linked by only":                    {files: with("a.go", register("//go:build only || a", "a")), want: []string{`a.go:5: the group "a" is linked into every unit, whatever its tags`}},
		"another group, with its tag alone": {files: with("chat.go", register("//go:build chat", "chat")), want: []string{`chat.go:5: a build without the tag only leaves out the group "chat"; register it in a file of its own that begins with //go:build !only || chat`}},
		"another group, both tags":          {files: with("chat.go", register("//go:build !only && chat", "chat")), want: []string{`chat.go:5: no build selects the group "chat"`}},
		"another group, with a typo":        {files: with("chat.go", register("//go:build chta", "chat")), want: []string{`chat.go:5: no build selects the group "chat"`}},
		"another group, the old form":       {files: with("chat.go", register("// +build chat", "chat")), want: []string{`chat.go:5: a build without the tag only leaves out the group "chat"`}},
		"another group, on purpose":         {files: with("chat.go", register("//go:build integration", "chat"))},
		"another group, linux":              {files: with("linu.go", register("//go:build !linux", "linu"))},
		"only with its tag":                 {files: with("a.go", register("//go:build a", "a")), want: []string{`a.go:5: a build without the tag only leaves out the group "a"`}},
		"registered nowhere": {files: map[string]string{"b.go": good["b.go"]},
			want: []string{`the group "a" is linked into every unit: no file of the program registers it`}},
		"a constant as name": {files: with("a.go", "//go:build !only || aa\n\npackage main\n\nconst name = \"a\"\n\nfunc init() { app.Group(name, x) }\n"),
			want: []string{`a.go:7: no build selects the group "a"`, `a.go:1: the tag "aa"`}},
		"a name of elsewhere": {files: with("a.go", "//go:build !only || a\n\npackage main\n\nfunc init() { app.Group(a.Name, x) }\n")},
		"a name of elsewhere, without the tag": {files: with("a.go", "package main\n\nfunc init() { app.Group(a.Name, x) }\n"),
			want: []string{`a.go:3: the group "a" is linked into every unit`}},
		"two names of elsewhere": {files: map[string]string{
			"a.go": "//go:build !only || a\n\npackage main\n\nfunc init() { app.Group(a.Name, x) }\n",
			"b.go": "//go:build !only || b\n\npackage main\n\nfunc init() { app.Group(b.Name, x) }\n"},
			unknown: `b.go:5: the build tag of the group "a" is not checked`},
		"functions of elsewhere": {files: with("a.go", "//go:build !only || a\n\npackage main\n\nfunc init() { wg.Add(1); app.Add(a.Functions()...) }\n")},
		"functions of elsewhere, without the tag": {files: with("a.go", "package main\n\nfunc init() { app.Add(a.Functions()...) }\n"),
			want: []string{`a.go:3: the group "a" is linked into every unit`}},
		"a file that is no Go": {files: with("template.go", "//go:build ignore\n\npackage {{.Name}}\n")},
		"groups of a router":   {files: with("routes.go", "package main\n\nfunc f() { e.Group(\"/api\", m); e.Group(\"admin\", m) }\n")},
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
			got, unknown := checkTags(d, buildsOf(d, nil), mainOf(t, test.files))
			if len(got) != len(test.want) {
				t.Errorf("got %d problems:\n%s", len(got), strings.Join(got, "\n"))
			}
			for _, want := range test.want {
				if !strings.Contains(strings.Join(got, "\n"), want) {
					t.Errorf("%s is not in:\n%s", want, strings.Join(got, "\n"))
				}
			}
			if text := strings.Join(unknown, "\n"); !strings.Contains(text, test.unknown) || (text == "") != (test.unknown == "") {
				t.Errorf("unknown: got %q, want %q", text, test.unknown)
			}
		})
	}
}

// write puts files into a new directory.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mainOf is a program of one package with these files.
func mainOf(t *testing.T, files map[string]string) *program {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shop[1]")
	write(t, dir, map[string]string{"go.mod": ""})
	write(t, dir, files)
	read, err := readDir(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := newProgram("main")
	p.packages["main"] = &sourcePackage{"main", true, read}
	return p
}

// An app of one group is never cut by tags.
func TestOneGroupNeedsNoTag(t *testing.T) {
	app := fn.NewApp[fn.NoConfig]("shop")
	app.Add(fn.New("a.x", func(context.Context, struct{}) (string, error) { return "", nil }))
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	registered := map[string]string{"a.go": "package main\n\nfunc init() { app.Group(\"a\", x) }\n"}
	for name, files := range map[string]map[string]string{"registered": registered, "added": nil} {
		if problems, unknown := checkTags(d, buildsOf(d, nil), mainOf(t, files)); len(problems)+len(unknown) > 0 {
			t.Errorf("%s: %q %q", name, problems, unknown)
		}
	}
}

func TestTheTagsOfThisBuildAreKept(t *testing.T) {
	b := Build{Tags: []string{"integration", "lambda.norpc"}}
	if got := strings.Join(b.With([]string{"lambda", "lambda.norpc", "validator_novalidatefn", "only", "a"}), ","); got != "lambda,lambda.norpc,validator_novalidatefn,only,a,integration" {
		t.Errorf("got %s", got)
	}
	if err := b.Whole(); err != nil {
		t.Error(err)
	}
}

// A unit built with the tag of another group would have that too.
func TestTheGroupsOfThisBuildAreNotKept(t *testing.T) {
	b := Build{Tags: []string{"integration", "orders"}}
	unit := []string{"lambda", "only", "chat"}
	if got := strings.Join(b.Without([]string{"orders", "chat"}).With(unit), ","); got != "lambda,only,chat,integration" {
		t.Errorf("got %s", got)
	}
}

// What a part of the app says of itself would be wrong for the whole.
func TestAPartOfAnAppIsNotCut(t *testing.T) {
	err := Build{Tags: []string{"only", "a"}}.Whole()
	if err == nil || !strings.Contains(err.Error(), "-tags only,a and has only some groups") {
		t.Errorf("got %v", err)
	}
}

// A unit without a group cannot start; one with too many can, since its Handler
// setting narrows it.
func TestWhatUnitsWouldLack(t *testing.T) {
	register := func(line, group string) string {
		return line + "\n\npackage main\n\nfunc init() { app.Group(\"" + group + "\", construct) }\n"
	}
	good := register("//go:build !only || b", "b")
	tests := map[string]struct {
		a     string // the file that registers the group a
		grain string
		want  string
	}{
		"its tag":                   {register("//go:build !only || a", "a"), "group", ""},
		"no tag":                    {register("", "a"), "group", ""},
		"a typo":                    {register("//go:build !only || aa", "a"), "group", "a.go:1: the tag \"aa\" of this //go:build line links nothing: no group has that name, did you mean a?"},
		"a typo, and one unit":      {register("//go:build !only || aa", "a"), "app", ""},
		"a tag that no other suits": {register("//go:build !only || a && !b", "a"), "group", ""},
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
			cut := map[string]func(*fn.Description) grain.Partition{"group": grain.ByGroup, "app": grain.Whole}[test.grain]
			units, err := grain.Cut(d, cut(d))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(leftOut(d, units, buildsOf(d, units), mainOf(t, map[string]string{"a.go": test.a, "b.go": good})), "\n")
			if !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("got %q", got)
			}
		})
	}
}
