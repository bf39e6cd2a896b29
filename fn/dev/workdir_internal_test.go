package dev

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestDirectoriesOfDeadProcessesAreSwept(t *testing.T) {
	dead := exec.Command(os.Args[0], "-test.run=^$")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	tests := map[string]struct {
		name string
		left bool
	}{
		"a dead process's":              {fmt.Sprintf("anygrain-dev-%d-1234", dead.Process.Pid), false},
		"our own":                       {fmt.Sprintf("anygrain-dev-%d-1234", os.Getpid()), true},
		"the parent's":                  {fmt.Sprintf("anygrain-dev-%d-1234", os.Getppid()), true},
		"one without a process":         {"anygrain-dev-1234", true},
		"one of no process":             {"anygrain-dev-0-1234", true},
		"a number that is no process's": {"anygrain-dev-99999999999999999999-1", true},
		"somebody else's":               {fmt.Sprintf("anygrain-dev-%d-1234.old", dead.Process.Pid), true},
	}
	for _, test := range tests {
		if err := os.MkdirAll(filepath.Join(temp, test.name, "below"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(temp, fmt.Sprintf("anygrain-dev-%d-5678", dead.Process.Pid))
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	sweep(temp)
	for name, test := range tests {
		if _, err := os.Stat(filepath.Join(temp, test.name)); (err == nil) != test.left {
			t.Errorf("%s: left is %t, want %t", name, err == nil, test.left)
		}
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("a file: %v", err)
	}
}
