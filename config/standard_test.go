package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/anygrain/anygrain/config"
)

type three struct {
	A string `env:"CONFIG_TEST_A" envDefault:"default"`
	B string `env:"CONFIG_TEST_B" envDefault:"default"`
	C string `env:"CONFIG_TEST_C" envDefault:"default"`
}

func TestWhereValuesComeFrom(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("CONFIG_TEST_A=file\nCONFIG_TEST_B=\"file\" # comment\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	t.Setenv("CONFIG_TEST_A", "environment")
	cfg, err := config.Load[three](t.Context())
	if err != nil || cfg != fromStandard {
		t.Errorf("got %+v, %v; want %+v", cfg, err, fromStandard)
	}
}
