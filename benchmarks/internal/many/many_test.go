package many_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/anygrain/anygrain/benchmarks/internal/many"
)

// The programs build as they stand, and what a larger one is made of stands in them.
func TestTheServicesInTheRepositoryAreWhatIsWritten(t *testing.T) {
	for _, program := range []string{"anygrain", "byhand"} {
		want, err := many.Source(program, many.Small)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "programs", "many", program, "functions.go")
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s differs from what is generated (%v); run UPDATE=1 go test ./internal/many", path, err)
		}
	}
}

func TestThereAreTwoServices(t *testing.T) {
	if _, err := many.Source("others", 1); err == nil {
		t.Error("a service that does not exist was written")
	}
}
