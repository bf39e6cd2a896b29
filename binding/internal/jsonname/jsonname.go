// Package jsonname compares the names of members as the JSON package does where names are read
// loosely.
package jsonname

import (
	"strings"
	"unicode"
)

// Fold returns what names have in common that are the same for the JSON package where it
// looks neither at the case of letters nor at - and _.
func Fold(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == '_' {
			return -1
		}
		least := c
		for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, name)
}
