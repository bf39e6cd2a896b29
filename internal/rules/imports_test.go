package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A build with the tag quickrules has no go-playground/validator.
func TestTheTagLeavesValidatorOut(t *testing.T) {
	files, err := filepath.Glob("*.go")
	quick, err2 := filepath.Glob("quick/*.go")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	imports := 0
	for _, file := range append(files, quick...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") || !strings.Contains(string(text), `"github.com/go-playground/validator/v10"`) {
			continue
		}
		imports++
		if !strings.HasPrefix(string(text), "//go:build !quickrules\n") {
			t.Errorf("%s imports validator, and the tag quickrules does not leave it out", file)
		}
	}
	if imports == 0 {
		t.Error("no file imports validator: the test looks past them")
	}
}
