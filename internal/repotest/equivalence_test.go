package repotest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryDifferenceHasItsTest looks for the tests that docs/equivalence.md names.
func TestEveryDifferenceHasItsTest(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join(root, "docs", "equivalence.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	err = filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`").FindAllStringSubmatch(string(doc), -1)
	if len(names) < 10 {
		t.Errorf("it names %d tests; the pattern is broken, or the tests are gone from it", len(names))
	}
	for _, name := range names {
		if !strings.Contains(tests.String(), "func "+name[1]+"(") {
			t.Errorf("docs/equivalence.md names %s, and there is no such test", name[1])
		}
	}
}
