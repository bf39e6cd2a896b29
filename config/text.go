package config

import (
	"cmp"
	"os"
	"strings"
)

// text returns the text of a variable: its value, or else its default, expanded or from a
// file as its env tag says, "" when there is none. Refused says why there is none although
// the env tag wants one. The options mean what they mean to github.com/caarlos0/env.
func (l *loader) text(v *variable) (text, refused string) {
	if v.has("-") {
		return "", ""
	}
	value, set := l.values[v.name]
	text = cmp.Or(value, v.preset)
	if v.has("expand") {
		text = l.expand(text, map[string]bool{v.name: true})
	}
	if l.plan.expands {
		l.expanded[v.name] = text
	}
	if v.has("unset") && !l.lenient {
		_ = os.Unsetenv(v.name)
	}
	_, hasDefault := v.tag.Lookup("envDefault")
	if v.has("required") && !set && !hasDefault || (v.has("notEmpty") || v.isNeeded()) && text == "" {
		return "", "is missing"
	}
	switch {
	case !v.has("file") || text == "":
		return text, ""
	case l.lenient:
		return "", "" // what is only described is the same on every machine
	}
	return contents(text)
}

// expand puts values into a text, those of variables that come earlier in the config with
// what was put into them, and into those in turn what they name. One that leads back to
// itself is empty there.
func (l *loader) expand(text string, open map[string]bool) string {
	return os.Expand(text, func(name string) string {
		if open[name] {
			return ""
		}
		open[name] = true
		defer delete(open, name)
		return l.expand(cmp.Or(l.expanded[name], l.values[name]), open)
	})
}

// contents returns what is in a file, without the one newline that editors and echo end it with.
func contents(path string) (text, refused string) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", "names a file that cannot be read"
	}
	text, ended := strings.CutSuffix(string(data), "\n")
	if ended {
		text = strings.TrimSuffix(text, "\r")
	}
	return text, ""
}
