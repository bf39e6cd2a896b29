package coldstart_test

import (
	"slices"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// A start whose answer is wrong is an error, so this says that all are right. Each
// library that hello is built with has to be linked in, so it has to be larger.
func TestEveryProgramIsRight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	if err := coldstart.Supported(); err != nil {
		t.Skip(err)
	}
	hello := int64(0)
	for _, p := range coldstart.Sized() {
		b, err := p.Build(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		s, err := b.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s.Next <= 0 || s.Response < s.Next || s.CPU <= 0 || s.Memory.Resident <= 0 || s.Memory.Peak < s.Memory.Resident {
			t.Errorf("%s: measured %+v", p.Name, s)
		}
		if b.Size <= hello {
			t.Errorf("%s has %d bytes, and hello has %d", p.Name, b.Size, hello)
		}
		if p.Name == "hello" {
			hello = b.Size
			packed(t, b)
		}
	}
}

// A service of a size of its own is built from what is written for it, and answers with
// and without the name of a route.
func TestServicesOfManyFunctionsAreRight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	if err := coldstart.Supported(); err != nil {
		t.Skip(err)
	}
	for _, named := range []bool{true, false} {
		for _, p := range coldstart.Many(3, named) {
			b, err := p.Build(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Start(t.Context()); err != nil {
				t.Errorf("named %v: %v", named, err)
			}
		}
	}
}

func packed(t *testing.T, b coldstart.Binary) {
	t.Helper()
	if zip, err := b.Zip(); err != nil || zip <= 0 || zip >= b.Size {
		t.Errorf("%d bytes are %d in a zip, %v", b.Size, zip, err)
	}
}

func TestWhatIsStartedIsSizedToo(t *testing.T) {
	for _, p := range coldstart.Started() {
		if !slices.ContainsFunc(coldstart.Sized(), func(s coldstart.Program) bool { return s.Name == p.Name }) {
			t.Errorf("%s is started and not among the sizes, so no test has looked at it", p.Name)
		}
	}
}

// Serve looks at the first answer.
func TestWhatIsServedIsRight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds binaries")
	}
	if err := coldstart.Supported(); err != nil {
		t.Skip(err)
	}
	for _, workload := range []string{"get", "post1k"} {
		for _, p := range append(coldstart.Served(workload), coldstart.Hello(workload)) {
			b, err := p.Build(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			r, err := b.Serve(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if took, err := r.Invoke(t.Context(), 3); err != nil || took.Time <= 0 || took.CPU <= 0 {
				t.Errorf("%s, %s: three requests took %+v, %v", p.Name, workload, took, err)
			}
			r.Stop()
		}
	}
}
