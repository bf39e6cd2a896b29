package coldstart_test

import (
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/coldstart"
)

// build builds a program, where binaries are built in tests at all.
func build(t *testing.T, p coldstart.Program) coldstart.Binary {
	t.Helper()
	if testing.Short() {
		t.Skip("builds binaries")
	}
	if err := coldstart.Supported(); err != nil {
		t.Skip(err)
	}
	b, err := p.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A start whose answer is wrong is an error, so this says that all are right.
func TestEveryProgramIsRight(t *testing.T) {
	programs := append(coldstart.Started(), coldstart.Sized()...)
	for _, p := range programs {
		t.Run(p.Name, func(t *testing.T) {
			b := build(t, p)
			s, err := b.Start(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if s.Next <= 0 || s.Response < s.Next || s.CPU <= 0 || s.Memory.Resident <= 0 || s.Memory.Peak < s.Memory.Resident {
				t.Errorf("measured %+v", s)
			}
			if b.Zip <= 0 || b.Zip >= b.Size {
				t.Errorf("%d bytes are %d in a zip", b.Size, b.Zip)
			}
		})
	}
}

// The parts of hello say what a library costs, so each has to be linked in.
func TestALibraryMakesHelloLarger(t *testing.T) {
	sized := coldstart.Sized()
	hello := build(t, sized[0])
	for _, p := range sized[1:] {
		if b := build(t, p); b.Size <= hello.Size {
			t.Errorf("%s has %d bytes, hello %d", p.Name, b.Size, hello.Size)
		}
	}
}
