package buildtag_test

import (
	"go/build/constraint"
	"testing"

	"github.com/anygrain/anygrain/internal/buildtag"
)

func TestTagsWithAMeaning(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"linux": "an operating system", "arm64": "an architecture", "race": "set by the Go toolchain or read by the standard library",
		"go1": "set by the Go toolchain or read by the standard library", "lambda": "chooses the host or the cut in anygrain",
		"only": "chooses the host or the cut in anygrain", "validator_novalidatefn": "in every build of a unit", "orders": "", "": "",
	} {
		if got := buildtag.Meaning(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}

func TestTheTagsOfAUnitAreTags(t *testing.T) {
	t.Parallel()
	for _, tag := range append(buildtag.Unit(), buildtag.Only) {
		if e, err := constraint.Parse("//go:build " + tag); err != nil || e.String() != tag || buildtag.Meaning(tag) == "" {
			t.Errorf("%q: %v, %v", tag, e, err)
		}
	}
}
