package repotest

import (
	"strings"
	"testing"
)

const root = "../.." // the repository that this package belongs to

// tree writes a small repository from text in which a line "-- name --"
// begins a file, and returns its directory.
func tree(t *testing.T, text string) string {
	t.Helper()
	files := map[string]string{"go.mod": "module example.com/m\n\ngo 1.26.0\n"}
	name := ""
	for line := range strings.Lines(text) {
		if next, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSuffix(strings.TrimSpace(next), " --")
			files[name] = ""
			continue
		}
		files[name] += line
	}
	delete(files, "")
	dir := t.TempDir()
	if err := writeFiles(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

func load(t *testing.T, dir string) *Repo {
	t.Helper()
	r, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// report fails the test with each problem.
func report(t *testing.T, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		t.Error(p)
	}
}

// same fails the test unless there is one problem for each wanted text, in
// order, that contains it.
func same(t *testing.T, problems []Problem, want []string) {
	t.Helper()
	for i, p := range problems {
		if i >= len(want) {
			t.Errorf("a problem too many: %s", p)
		} else if !strings.Contains(p.String(), want[i]) {
			t.Errorf("problem %d is\n%s\nand should contain\n%s", i, p, want[i])
		}
	}
	for _, missing := range want[min(len(problems), len(want)):] {
		t.Errorf("not found: %s", missing)
	}
}
