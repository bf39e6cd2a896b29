package frontdoor

import "strings"

// MayBeEvent reports whether a text can be the event of a front door, so that
// payloads of direct invokes need not be read to see that they are none.
func MayBeEvent(text string) bool {
	for _, first := range firstMembers {
		if strings.HasPrefix(text, first) {
			return true
		}
	}
	return HasContext(text)
}

// firstMembers are what events begin with as a rule, and when they are sorted.
var firstMembers = []string{`{"version":`, `{"resource":`, `{"requestContext":`, `{"headers":`, `{"body":`, `{"cookies":`}

// HasContext reports whether the text has the name of a member that all front
// doors send. Quotes, with which it begins, are everywhere in JSON; its capital is
// not, so that is looked for.
func HasContext(text string) bool {
	const first, second = `"request`, `Context"`
	for {
		i := strings.Index(text, second)
		if i < 0 || strings.HasSuffix(text[:i], first) {
			return i >= 0
		}
		text = text[i+1:] // the quote can be that of the next
	}
}
