package tagcheck

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/fn/grain"
)

// appOf describes functions that do nothing.
func appOf(t testing.TB, names ...string) *fn.Description {
	t.Helper()
	app := fn.NewApp[fn.NoConfig]("shop")
	for _, name := range names {
		app.Add(fn.New(name, func(context.Context, struct{}) (string, error) { return "", nil }))
	}
	d, err := app.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a unit has is what its build imports, directly or not.
func TestPackagesAreFollowed(t *testing.T) {
	register := func(pkg, group string) string {
		return "package " + pkg + "\n\nfunc init() { app.Group(\"" + group + "\", construct) }\n"
	}
	imports := func(line, pkg string) string {
		return line + "\n\npackage main\n\nimport _ \"example.com/shop/" + pkg + "\"\n"
	}
	good := map[string]string{
		"go.mod": "module example.com/shop\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() {}\n",
		"a.go": imports("//go:build !only || a", "a"), "a/a.go": register("a", "a"),
		"b.go": "//go:build !only || b\n\n" + register("main", "b"),
		"c.go": "//go:build !only || c\n\n" + register("main", "c"),
	}
	tests := map[string]struct {
		files map[string]string // in addition
		units string            // a partition
		want  []string
	}{
		"by a file with the tag":         {},
		"by a file without the tag":      {files: map[string]string{"main.go": imports("", "a")}, want: []string{`a/a.go:3: the group "a" is linked into every unit`}},
		"through another package":        {files: map[string]string{"a.go": imports("//go:build !only || a", "x"), "x/x.go": "package x\n\nimport _ \"example.com/shop/a\"\n"}},
		"by no file of its unit":         {files: map[string]string{"a.go": imports("//go:build !only || b", "a")}, want: []string{`a/a.go:3: no build selects the group "a": -tags only,a imports its package nowhere; import it in a file that begins with //go:build !only || a`}},
		"by units alone":                 {files: map[string]string{"a.go": imports("//go:build only && a", "a")}, want: []string{`a/a.go:3: a build without the tag only leaves out the group "a"`}},
		"with a system of its own":       {files: map[string]string{"a.go": imports("//go:build (!only || a) && windows", "a")}, want: []string{`a/a.go:3: no build selects the group "a"`}},
		"by a file that needs cgo":       {files: map[string]string{"a.go": imports("//go:build !only || a", "a") + "import \"C\"\n"}, want: []string{`a/a.go:3: no build selects the group "a"`}},
		"not together with another":      {files: map[string]string{"a.go": imports("//go:build !only || a && !b", "a")}, units: "x: a.* b.*\nc: c.*\n", want: []string{`a/a.go:3: -tags only,a,b leave out the group "a", which -tags only,a have`}},
		"by a file that no build has":    {files: map[string]string{"z.go": imports("//go:build zeta", "z"), "z/z.go": register("z", "zeta")}, want: []string{`z/z.go:3: a build without the tag only leaves out the group "zeta"`}},
		"by what only a unit can import": {files: map[string]string{"a.go": imports("//go:build !only", "a"), "u.go": imports("//go:build only && a", "u"), "u/u.go": "package u\n\nimport _ \"example.com/shop/a\"\n"}},
	}
	d := appOf(t, "a.x", "b.x", "c.x")
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(good)
			maps.Copy(files, test.files)
			got := checkIn(t, d, files, test.units)
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

// checkIn checks the tags of a module.
func checkIn(t *testing.T, d *fn.Description, files map[string]string, partition string) (problems []string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "of [1]")
	write(t, dir, files)
	t.Chdir(dir)
	var units []grain.Unit
	if partition != "" {
		p, err := grain.Parse(partition)
		if err == nil {
			units, err = grain.Cut(d, p)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	problems, unknown, err := Check(t.Context(), Build{Package: "."}, d, units)
	if err != nil || len(unknown) > 0 {
		t.Errorf("not checked: %v %q", err, unknown)
	}
	return problems
}

// A large app is checked while one waits.
func TestALargeProgramIsCheckedSoon(t *testing.T) {
	files := map[string]string{"go.mod": "module example.com/shop\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() {}\n"}
	var names []string
	for g := range 40 {
		group := fmt.Sprintf("g%d", g)
		files[group+".go"] = "//go:build !only || " + group + "\n\npackage main\n\nfunc init() { app.Group(\"" + group + "\", construct) }\n"
		for f := range 5 {
			names = append(names, fmt.Sprintf("%s.f%d", group, f))
		}
	}
	begin := time.Now()
	if got := checkIn(t, appOf(t, names...), files, ""); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	if took := time.Since(begin); took > 10*time.Second { // it takes a fraction of a second on an idle machine
		t.Errorf("it took %v", took)
	}
}

// It is said whether the source or the go command is not there.
func TestWhatIsNotThere(t *testing.T) {
	t.Chdir(t.TempDir())
	d := appOf(t, "a.x", "b.x")
	_, _, err := Check(t.Context(), Build{Package: "example.com/shop"}, d, nil)
	if err == nil || !strings.Contains(err.Error(), "the go command does not find the source of example.com/shop; run this command in its module") {
		t.Errorf("got %v", err)
	}
	t.Setenv("PATH", "")
	_, _, err = Check(t.Context(), Build{Package: "example.com/shop"}, d, nil)
	if err == nil || !strings.Contains(err.Error(), "the go command, which finds the source, cannot be run") {
		t.Errorf("got %v", err)
	}
}
