package config_test

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/anygrain/anygrain/config"
)

type lists struct {
	Text     []string                 `env:"TEXT"`
	Numbers  []int                    `env:"NUMBERS"`
	Pointers []*time.Duration         `env:"POINTERS"`
	Addrs    []netip.Addr             `env:"ADDRS"`
	Keys     []config.Secret          `env:"KEYS"`
	Semi     []string                 `env:"SEMI" envSeparator:";"`
	Labels   map[string]string        `env:"LABELS"`
	Limits   map[string]int           `env:"LIMITS" envSeparator:";" envKeyValSeparator:"="`
	Secrets  map[string]config.Secret `env:"SECRETS"`
	Default  []string                 `env:"DEFAULT" envDefault:" a , b ,"`
	One      string                   `env:"ONE"`
}

func TestThePartsOfListsAndMapsHaveNoSpacesAround(t *testing.T) {
	cfg, err := config.Load[lists](t.Context(), config.From(config.Map{
		"TEXT": "https://a, https://b ,\thttps://c\n", "NUMBERS": "1, 2 ,3,", "POINTERS": " 1s , 2s", "ADDRS": "10.0.0.1, ::1", "KEYS": "a, b",
		"SEMI": "a, b; c d ;", "LABELS": "k: v , l :w x:y", "LIMITS": "a = 1; b=2 ;", "SECRETS": "a: x, b :y", "ONE": " as it is, ",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][2]string{
		"text":     {strings.Join(cfg.Text, "|"), "https://a|https://b|https://c"},
		"numbers":  {fmt.Sprint(cfg.Numbers), "[1 2 3]"},
		"pointers": {fmt.Sprint(*cfg.Pointers[0], *cfg.Pointers[1], len(cfg.Pointers)), "1s 2s 2"},
		"texts":    {fmt.Sprint(cfg.Addrs), "[10.0.0.1 ::1]"},
		"secrets":  {cfg.Keys[0].Reveal() + "|" + cfg.Keys[1].Reveal(), "a|b"},
		"another":  {strings.Join(cfg.Semi, "|"), "a, b|c d"},
		"a map":    {fmt.Sprint(cfg.Labels), "map[k:v l:w x:y]"},
		"both":     {fmt.Sprint(cfg.Limits), "map[a:1 b:2]"},
		"values":   {cfg.Secrets["a"].Reveal() + "|" + cfg.Secrets["b"].Reveal(), "x|y"},
		"default":  {strings.Join(cfg.Default, "|"), "a|b"},
		"no list":  {cfg.One, " as it is, "},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: got %q, want %q", name, got[0], got[1])
		}
	}
}

func TestAnEmptyPartIsAProblem(t *testing.T) {
	_, err := config.Load[lists](t.Context(), config.From(config.Map{"TEXT": "hunter22,,b", "NUMBERS": ",1", "SEMI": "a; ;b", "LABELS": "k:v,,", "LIMITS": ";"}))
	want := []string{
		`TEXT cannot be read as a list of text: part 2 of 3 is empty; take out a separator, ","`,
		`NUMBERS cannot be read as a list of integer: part 1 of 2 is empty; take out a separator, ","`,
		`SEMI cannot be read as a list of text: part 2 of 3 is empty; take out a separator, ";"`,
		`LABELS cannot be read as a map of text to text: part 2 of 3 is empty; take out a separator, ","`,
		`LIMITS cannot be read as a map of text to integer: part 1 of 2 is empty; take out a separator, ";"`,
	}
	if got := told(err); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	type badDefault struct {
		A []string `env:"A" envDefault:"a,,b"`
	}
	if _, err := config.Describe[badDefault](); err == nil || !strings.Contains(err.Error(), "part 2 of 3 is empty") {
		t.Errorf("a default: got %v", err)
	}
	if cfg, err := config.Load[lists](t.Context(), config.From(config.Map{"TEXT": "  ", "LABELS": " "})); err != nil || len(cfg.Text)+len(cfg.Labels) != 0 {
		t.Errorf("spaces alone: got %q, %v", cfg.Text, err)
	}
}

func TestBytesAreTheTextAsItStands(t *testing.T) {
	type octet byte
	type key []byte
	type keys struct {
		Plain []byte  `env:"PLAIN"`
		Named key     `env:"NAMED"`
		Octet []octet `env:"OCTET"`
		Fixed [4]byte `env:"FIXED"`
		Size  []byte  `env:"SIZE" envDefault:"ab" validate:"len=2"`
		None  []byte  `env:"NONE"`
	}
	cfg, err := config.Load[keys](t.Context(), config.From(config.Map{"PLAIN": "12", "NAMED": "1, 2,", "OCTET": "hello", "FIXED": "\x00\xff,1"}))
	if err != nil {
		t.Fatal(err)
	}
	if string(cfg.Plain) != "12" || string(cfg.Named) != "1, 2," || len(cfg.Octet) != 5 || cfg.Octet[0] != 'h' || cfg.Fixed != [4]byte{0, 0xff, ',', '1'} || string(cfg.Size) != "ab" || cfg.None != nil {
		t.Errorf("got %+v", cfg)
	}
	_, err = config.Load[keys](t.Context(), config.From(config.Map{"FIXED": "hunter22", "SIZE": "abc"}))
	if got := told(err); !slices.Equal(got, []string{"FIXED cannot be read as 4 bytes: there are 8", "SIZE must have exactly 2 items"}) {
		t.Errorf("got %q", got)
	}
	variables, err := config.Describe[keys]()
	if err != nil || variables[1].Type != "bytes" || variables[3].Type != "4 bytes" {
		t.Errorf("got %+v, %v", variables, err)
	}
}

func TestAFileLosesTheNewlineAtItsEnd(t *testing.T) {
	type files struct {
		Token config.Secret  `env:"TOKEN,file"`
		Ptr   *config.Secret `env:"TOKEN_PTR,file"`
		Text  string         `env:"TEXT,file"`
		Port  int            `env:"PORT,file"`
		List  []string       `env:"LIST,file"`
		Key   []byte         `env:"KEY,file"`
	}
	for name, test := range map[string]struct{ text, want string }{
		"a newline":             {"12\n", "12"},
		"a newline of Windows":  {"12\r\n", "12"},
		"none":                  {"12", "12"},
		"one of two":            {"12\n\n", "12\n"},
		"one of two on Windows": {"12\r\n\r\n", "12\r\n"},
		"a return alone":        {"12\r", "12\r"},
		"the first of all":      {"\n12\n", "\n12"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "secret")
			if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			cfg, err := config.Load[files](t.Context(), config.From(config.Map{"TOKEN": path, "TOKEN_PTR": path, "TEXT": path, "LIST": path, "KEY": path}))
			if err != nil || cfg.Token.Reveal() != test.want || cfg.Ptr.Reveal() != test.want || cfg.Text != test.want || string(cfg.Key) != test.want ||
				cfg.List[0] != strings.TrimSpace(test.want) {
				t.Errorf("got %q %q, %v", cfg.Token.Reveal(), cfg.Text, err)
			}
			if cfg, err := config.Load[files](t.Context(), config.From(config.Map{"PORT": path})); test.want == "12" && (err != nil || cfg.Port != 12) {
				t.Errorf("a number: %d, %v", cfg.Port, err)
			}
		})
	}
}

func TestWhatIsReadKeepsTheOptionsOfItsTag(t *testing.T) {
	type all struct {
		Base string   `env:"BASE" envDefault:"a, b"`
		List []string `env:"LIST,expand" envDefault:"${BASE}, c"`
		Init *int     `env:"INIT,init"`
		Nil  *int     `env:"NIL"`
	}
	cfg, err := config.Load[all](t.Context(), config.From(config.Map{}))
	if err != nil || strings.Join(cfg.List, "|") != "a|b|c" || cfg.Init == nil || cfg.Nil != nil {
		t.Errorf("got %+v, %v", cfg, err)
	}
}
