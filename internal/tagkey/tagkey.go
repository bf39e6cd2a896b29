// Package tagkey finds the keys of struct tags that are misspelt: nothing reads them, and
// nothing else would say so.
package tagkey

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/suggest"
)

// Problem says what is wrong with the keys of a tag of which ours are read, "" when
// nothing is. Keys of other packages pass, and so do all that are like none of ours.
func Problem(tag reflect.StructTag, ours []string) string {
	var room [8]string
	keys, rest := keysOf(room[:0], string(tag))
	for _, key := range keys {
		if meant := Meant(key, ours); meant != "" {
			return "has the tag " + strconv.Quote(key) + ", which nothing reads: did you mean " + meant + "? If another package reads it, give it another name"
		}
	}
	for _, key := range ours {
		if strings.Contains(rest, key+":") {
			return "has a tag whose key " + key + " cannot be read: want " + key + `:"…", without space behind the colon, and spaces between such pairs`
		}
	}
	return ""
}

// keysOf appends the keys of a tag as reflect.StructTag.Lookup finds them, and returns what
// of the tag cannot be read.
func keysOf(keys []string, tag string) (found []string, rest string) {
	for {
		tag = strings.TrimLeft(tag, " ")
		colon := strings.IndexByte(tag, ':')
		if colon <= 0 || strings.ContainsAny(tag[:colon], " \"\x7f") {
			return keys, tag
		}
		value, err := strconv.QuotedPrefix(tag[colon+1:])
		if err != nil || value[0] != '"' {
			return keys, tag
		}
		keys, tag = append(keys, tag[:colon]), tag[colon+1+len(value):]
	}
}

// Meant returns the one of our keys that a key is a misspelling of, "" when it is ours,
// another package's, or like none.
func Meant(key string, ours []string) string {
	if slices.Contains(ours, key) || isDeliberate(key) {
		return ""
	}
	lower := strings.ToLower(key)
	if i := slices.IndexFunc(ours, func(our string) bool { return strings.EqualFold(our, key) }); i >= 0 {
		return ours[i]
	}
	if slices.Contains(foreign, lower) {
		return ""
	}
	best, least := "", 3
	for _, our := range ours {
		if d := suggest.Distance(lower, strings.ToLower(our)); d <= tolerance(our) && d < least {
			best, least = our, d
		}
	}
	return best
}

// isDeliberate reports whether a key was made different from ours on purpose: header2, _json.
func isDeliberate(key string) bool {
	return strings.ContainsAny(key, "0123456789") || strings.HasPrefix(key, "_") || strings.HasPrefix(key, "-")
}

// tolerance is how many mistakes a key of ours is recognised with. Short words are like
// too many others.
func tolerance(our string) int {
	switch n := len(our); {
	case n <= 3:
		return 0
	case n == 4:
		return 1
	}
	return 2
}
