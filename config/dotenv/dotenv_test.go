package dotenv_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/anygrain/anygrain/config"
	"github.com/anygrain/anygrain/config/dotenv"
)

var _ config.Source = dotenv.File("")

func write(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "shop.env")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheSyntaxIsThatOfGodotenv(t *testing.T) {
	s := dotenv.File(write(t, "# the shop\nA=1\nexport B='two words'\nC=\"${A}0\"\n"))
	for name, want := range map[string]string{"A": "1", "B": "two words", "C": "10"} {
		if got, found, err := s.Lookup(t.Context(), name); got != want || !found || err != nil {
			t.Errorf("%s is %q, %v, %v; want %q", name, got, found, err, want)
		}
	}
	if _, found, err := s.Lookup(t.Context(), "D"); found || err != nil {
		t.Errorf("D: %v, %v", found, err)
	}
}

func TestAFileThatIsNamedMustBeThereAndReadable(t *testing.T) {
	for name, path := range map[string]string{
		"missing":   filepath.Join(t.TempDir(), "none.env"),
		"malformed": write(t, "this is hunter22\n"),
	} {
		_, _, err := dotenv.File(path).Lookup(t.Context(), "A")
		if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnOptionalFileNeedNotBeThere(t *testing.T) {
	if _, found, err := dotenv.Optional(filepath.Join(t.TempDir(), "none.env")).Lookup(t.Context(), "A"); found || err != nil {
		t.Errorf("got %v, %v", found, err)
	}
	malformed := write(t, "this is hunter22\n")
	if _, _, err := dotenv.Optional(malformed).Lookup(t.Context(), "A"); err == nil {
		t.Error("a file that is there must be readable")
	}
}

func TestALineThatIsWrongIsNamed(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		line string
	}{
		"the first":                {"hunter22 {}\nA=1\n", ":1 "},
		"the last, without an end": {"A=1\n\n# B\n{hunter22", ":4 "},
		"behind a value of lines":  {"A=\"1\n2\n3\"\nB=2\nthis is hunter22\nC=3\n", ":5 "},
		"a quote without an end":   {"A=1\r\nB=\"hunter22\r\nC=3\r\n", ":2 "},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, test.text)
			_, err := config.Load[struct {
				Days int `env:"LOAN_DAYS"`
			}](t.Context(), config.From(dotenv.Optional(path)))
			if err == nil || !strings.HasPrefix(err.Error(), "config: read the .env file: "+path+test.line) || strings.Contains(err.Error(), "hunter22") {
				t.Errorf("got %v, want %s%s", err, path, test.line)
			}
		})
	}
}

func TestADirectoryIsNoFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), ".env")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, found, err := dotenv.Optional(dir).Lookup(t.Context(), "A"); found || err != nil {
		t.Errorf("optional: %v, %v", found, err)
	}
	if _, _, err := dotenv.File(dir).Lookup(t.Context(), "A"); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("named: %v", err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("A=1\nexport B='two'\n# no\nC=\"${A}\"")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), ".env")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Skip("the file cannot be written")
		}
		if _, found, err := dotenv.File(path).Lookup(t.Context(), "A"); found && err != nil {
			t.Error("a value and an error at once")
		}
	})
}
