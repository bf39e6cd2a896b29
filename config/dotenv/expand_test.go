package dotenv_test

import (
	"os"
	"strings"
	"testing"

	"github.com/joho/godotenv"

	"github.com/anygrain/anygrain/config/dotenv"
)

func TestWhatADollarMeans(t *testing.T) {
	t.Setenv("DOTENV_TEST_HOME", "/srv/ada")
	t.Setenv("DOTENV_TEST_EMPTY", "")
	t.Setenv("DOTENV_TEST_TRICKY", `a"b' #c$DOTENV_TEST_HOME\n`)
	tests := map[string]struct {
		line, want string
		notes      int
	}{
		"of the environment":         {`A=$DOTENV_TEST_HOME/x`, "/srv/ada/x", 0},
		"in braces":                  {`A=${DOTENV_TEST_HOME}x`, "/srv/adax", 0},
		"in double quotes":           {`A="$DOTENV_TEST_HOME x"`, "/srv/ada x", 0},
		"in single quotes":           {`A='$DOTENV_TEST_HOME'`, "$DOTENV_TEST_HOME", 0},
		"of the file":                {"B=1\nA=${B}0", "10", 0},
		"the file goes before":       {"DOTENV_TEST_HOME=1\nA=$DOTENV_TEST_HOME", "1", 0},
		"below in the file":          {"A=$B\nB=1", "$B", 1},
		"a password":                 {`A=pa$7word`, "pa$7word", 1},
		"a password, quoted":         {`A="pa$word"`, "pa$word", 1},
		"a password, told":           {`A='pa$7word'`, "pa$7word", 0},
		"escaped":                    {`A=pa\$7word\$HOME`, "pa$7word$HOME", 0},
		"escaped, quoted":            {`A="pa\$HOME"`, "pa$HOME", 0},
		"a backslash before":         {`A="\\$DOTENV_TEST_HOME"`, `\/srv/ada`, 0},
		"a quote, escaped":           {`A="a\"$DOTENV_TEST_HOME"`, `a"/srv/ada`, 0},
		"two lines behind a space":   {"A= \"1\n$DOTENV_TEST_HOME\"", "1\n/srv/ada", 0},
		"nothing, then a line":       {"A=\nB=$DOTENV_TEST_HOME", "", 0},
		"no name":                    {`A=5$ and $% and a$`, "5$ and $% and a$", 0},
		"a command":                  {`A=$(date)`, "$(date)", 1},
		"a name that is not set":     {`A=$DOTENV_TEST_NONE/x`, "$DOTENV_TEST_NONE/x", 1},
		"two of them":                {`A=$DOTENV_TEST_NONE/${DOTENV_TEST_NOR}`, "$DOTENV_TEST_NONE/${DOTENV_TEST_NOR}", 1},
		"a fallback":                 {`A=${DOTENV_TEST_NONE:-x y}z`, "x yz", 0},
		"a fallback, empty":          {`A=${DOTENV_TEST_EMPTY:-x}`, "x", 0},
		"a fallback, empty is set":   {`A=[${DOTENV_TEST_EMPTY-x}]`, "[]", 0},
		"a fallback that is not due": {`A=${DOTENV_TEST_HOME:-x}`, "/srv/ada", 0},
		"another operator":           {`A=${DOTENV_TEST_HOME##x}`, "${DOTENV_TEST_HOME##x}", 1},
		"not in a comment":           {`A=1 # costs $DOTENV_TEST_NONE`, "1", 0},
		"what looks like syntax":     {`A=$DOTENV_TEST_TRICKY`, `a"b' #c$DOTENV_TEST_HOME\n`, 0},
		"a private character":        {"A=\uE0000\uE001$DOTENV_TEST_HOME", "\uE0000\uE001/srv/ada", 0},
		"an underscore":              {`A=$_dotenv_test`, "$_dotenv_test", 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			path := write(t, "# first\n"+test.line+"\n")
			s := dotenv.File(path)
			got, _, err := s.Lookup(t.Context(), "A")
			notes, notesErr := s.Notes()
			if got != test.want || len(notes) != test.notes || err != nil || notesErr != nil {
				t.Errorf("got %q, %q, %v; want %q", got, notes, err, test.want)
			}
			for _, note := range notes {
				if !strings.HasPrefix(note, path+":2: A has ") || strings.Contains(note, "pa$") || strings.Contains(note, "DOTENV") {
					t.Errorf("got %s", note)
				}
			}
		})
	}
}

func TestANoteCountsWhatNamesNothing(t *testing.T) {
	for line, want := range map[string]string{
		"A=$7":              "A has a $ that names nothing which is set, above it",
		"A=$7${x}$(y)":      "A has 3 $ that name nothing which is set, above it",
		"A=1\nBC=$1 \\$ $2": "BC has 2 $ that name nothing which is set, above it",
	} {
		if notes, err := dotenv.File(write(t, line)).Notes(); err != nil || len(notes) != 1 || !strings.Contains(notes[0], want) {
			t.Errorf("%q: got %q, %v; want %q", line, notes, err, want)
		}
	}
}

func TestMarksAtTheBeginning(t *testing.T) {
	for name, text := range map[string]string{"UTF-8": "\xEF\xBB\xBFA=1\r\nB=2\r\n", "none": "A=1\nB=2"} {
		s := dotenv.File(write(t, text))
		a, _, err := s.Lookup(t.Context(), "A")
		b, _, _ := s.Lookup(t.Context(), "B")
		if a != "1" || b != "2" || err != nil {
			t.Errorf("%s: got %q, %q, %v", name, a, b, err)
		}
	}
	for name, text := range map[string]string{"big": "\xFE\xFF\x00A\x00=\x001", "little": "\xFF\xFEA\x00=\x001\x00"} {
		if _, _, err := dotenv.File(write(t, text)).Lookup(t.Context(), "A"); err == nil || !strings.Contains(err.Error(), "UTF-16: save it in UTF-8") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestALongFileIsReadInOnePass has files for which the time was the square of their length.
func TestALongFileIsReadInOnePass(t *testing.T) {
	const size = 1 << 18
	for name, text := range map[string]string{
		"no newline":             strings.Repeat("x", size),
		"no newline, with an =":  strings.Repeat(`A="b"`, size/5) + "{",
		"exports":                strings.Repeat(`exportA="b"`, size/11) + "{",
		"quotes without an end":  strings.Repeat(`A="`, size/3),
		"returns":                strings.Repeat("A=1\r", size/4) + "{",
		"lines, the first wrong": "{\n" + strings.Repeat("A=1\n", size/4),
		"lines, the last wrong":  strings.Repeat("A=1\n", size/4) + "{",
		"comments":               strings.Repeat("#\n", size/2) + "{",
		"dollars":                "A=" + strings.Repeat("$B", size/2) + "\n{",
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := dotenv.File(write(t, text)).Lookup(t.Context(), "A"); err == nil || len(err.Error()) > 300 {
				t.Errorf("got %.300v", err)
			}
		})
	}
}

// FuzzSyntax holds the statements to godotenv, which reads the whole file.
func FuzzSyntax(f *testing.F) {
	f.Add("A=1\nexport B='two'\n# no\nC=\"a\\nb\" D: x # y\r\nE='1\n2'")
	f.Add("A = 1\rB=\u00a02\n=x\n")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "$\uE000\uFEFF") || strings.HasPrefix(text, "\xFE\xFF") || strings.HasPrefix(text, "\xFF\xFE") {
			return
		}
		path := t.TempDir() + "/.env"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		want, wantErr := godotenv.Unmarshal(text)
		s := dotenv.File(path)
		_, _, err := s.Lookup(t.Context(), "")
		if wantErr != nil && err == nil {
			t.Fatalf("it is taken, and godotenv says: %v", wantErr)
		}
		for name, value := range want {
			if got, found, _ := s.Lookup(t.Context(), name); err == nil && (got != value || !found) {
				t.Errorf("%q is %q, want %q", name, got, value)
			}
		}
	})
}
