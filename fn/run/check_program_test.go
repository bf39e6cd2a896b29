//go:build !lambda

package run_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Whichever way a group is registered, its tag is seen to work.
func TestAProgramThatRegistersInEveryWay(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", "./testdata/tags", "check")
	out, err := cmd.CombinedOutput()
	if want := "tags: 5 functions in 4 groups, cut by app, group, function: every one is in one unit, every call has its function, every group has its tag\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// A program that was built with the tag of a group cuts like any other.
func TestAProgramWithTheTagOfAGroup(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	binary := filepath.Join(t.TempDir(), "tags.exe")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", "orders,extra", "-o", binary, "./testdata/tags").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.CommandContext(t.Context(), binary, "units").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "lambda,lambda.norpc,validator_novalidatefn,quickrules,only,chat,extra") || strings.Contains(string(out), "only,chat,orders") {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), binary, "check").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
