package dotenv

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// references are the places of a statement that begin with $, in the order of the text. They
// are put in after godotenv has read the statement, since it drops what it does not know.
type references []reference

// reference is one such place, or a character that is to stay as it is.
type reference struct {
	text     string // as it was written
	name     string // "" when it names nothing
	fallback string // of ${NAME:-fallback} and ${NAME-fallback}
	has      bool   // a fallback
	empty    bool   // counts as not set: ":-"
	told     bool   // it looks like a reference
}

// The characters around the number of a reference while godotenv reads the statement. They
// are for private use in Unicode; where a file has the first, it is a reference to itself.
const (
	begin = "\uE000"
	end   = "\uE001"
)

// special is what stands for something else: \\ within double quotes, \$, ${NAME:-fallback},
// ${NAME}, $NAME, and what only looks like that.
var special = regexp.MustCompile(`\\\\|\\\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?-)([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)|\$[0-9{(]|` + begin)

// takeOut replaces the references of a statement by their numbers.
func takeOut(s *statement) (text string, found references) {
	if s.quote == '\'' {
		return string(s.text), nil
	}
	text = special.ReplaceAllStringFunc(string(s.text[s.value:]), func(match string) string {
		if match == `\\` {
			return match
		}
		found = append(found, newReference(match))
		return begin + strconv.Itoa(len(found)-1) + end
	})
	return string(s.text[:s.value]) + text, found
}

func newReference(match string) reference {
	switch {
	case match == `\$`:
		return reference{text: "$"}
	case match == begin:
		return reference{text: begin}
	}
	parts := special.FindStringSubmatch(match)
	return reference{text: match, name: parts[1] + parts[4], fallback: parts[3], has: parts[2] != "", empty: parts[2] == ":-", told: true}
}

// number is where a reference was.
var number = regexp.MustCompile(begin + `([0-9]+)` + end)

// putIn replaces the numbers by what the names stand for. What names nothing stays as it was
// written; unknown counts those that look like references.
func (all references) putIn(value string, lookup func(name string) (string, bool)) (expanded string, unknown int) {
	if len(all) == 0 {
		return value, 0
	}
	expanded = number.ReplaceAllStringFunc(value, func(match string) string {
		n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(match, begin), end))
		text, known := all[n].expand(lookup)
		if !known && all[n].told {
			unknown++
		}
		return text
	})
	return expanded, unknown
}

func (r reference) expand(lookup func(name string) (string, bool)) (text string, known bool) {
	if r.name == "" {
		return r.text, false
	}
	value, found := lookup(r.name)
	switch {
	case found && (value != "" || !r.empty):
		return value, true
	case r.has:
		return r.fallback, true
	}
	return r.text, false
}

// note says what was not expanded, without any of the value: it may be a secret.
func note(path string, line int, name string, unknown int) string {
	what := "a $ that names nothing which is set"
	if unknown > 1 {
		what = fmt.Sprintf("%d $ that name nothing which is set", unknown)
	}
	return fmt.Sprintf(`%s:%d: %s has %s, above it or in the environment, so the text stays as it is; write \$ or single quotes around the value if that is meant, or set the variable`,
		path, line, name, what)
}
