package coldstart

import (
	"strings"
	"testing"
)

// load without a server ends at once. It is not waited for, and its words are in
// the error.
func TestAProgramThatEndsIsAnError(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a binary")
	}
	b, err := Program{Name: "load", pkg: "load", asked: "get"}.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Start(t.Context()); err == nil || !strings.Contains(err.Error(), "before it had answered") || !strings.Contains(err.Error(), "unsupported protocol") {
		t.Errorf("got %v", err)
	}
}

func TestField(t *testing.T) {
	const status = "Name:\tbootstrap\nVmHWM:\t    9876 kB\nVmRSS:\t      12 kB\n"
	if got, err := field(status, "VmRSS"); err != nil || got != 12*1024 {
		t.Errorf("got %d, %v", got, err)
	}
	for _, name := range []string{"VmSize", "Name"} {
		if got, err := field(status, name); err == nil {
			t.Errorf("%s is %d", name, got)
		}
	}
}
