package dotenv_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/config/dotenv"
)

// What the file says goes before the default, and what stands before the file in
// the list goes before the file.
func ExampleFile() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "shop.env")
	if err := os.WriteFile(path, []byte("CURRENCY=CHF\nREGION=alps\n"), 0o600); err != nil {
		panic(err)
	}

	type settings struct {
		Currency string `env:"CURRENCY" envDefault:"EUR"`
		Region   string `env:"REGION"`
	}
	cfg, err := config.Load[settings](context.Background(), config.From(config.Map{"REGION": "coast"}, dotenv.File(path)))
	fmt.Println(cfg.Currency, cfg.Region, err)
	// Output: CHF coast <nil>
}
