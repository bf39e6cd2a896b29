// Package urlencoded reads the form application/x-www-form-urlencoded, in which queries and
// forms are: binding asks it for both.
package urlencoded

import "strings"

// bytestring is what pairs are read from: a query, which is a string, or a body,
// which is bytes that somebody else uses again.
type bytestring interface{ string | []byte }

// wellFormed reports whether every % begins a byte. A semicolon is refused:
// some take it for a separator and others do not.
func wellFormed[T bytestring](raw T) bool {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case ';':
			return false
		case '%':
			if !IsEscape(raw[i:]) {
				return false
			}
			i += 2
		}
	}
	return true
}

// Decode reads a string of the form application/x-www-form-urlencoded: pairs
// separated by &, in which + is a space and %XX a byte. It reports false, and has
// given nothing, when one of them is malformed: the pairs do not arrive in the same
// order on every host.
//
// Names and values share a piece of memory, which is theirs alone, with those
// beside them: of most forms, all. They are given when it is full, so that a form
// of many small pairs takes no more memory than its own size.
func Decode[T bytestring](raw T, pair func(name, value string)) bool {
	var buffer [usualText]byte
	var ends [pairsAtOnce]pairEnd
	text, pairs := buffer[:0], ends[:0]
	if len(raw) > len(buffer) {
		text = make([]byte, 0, len(raw)) // decoding never makes anything longer
	}
	for at, sound := 0, false; at < len(raw); at++ {
		if len(pairs) == len(ends) {
			if sound = sound || wellFormed(raw[at:]); !sound {
				return false
			}
			givePairs(text, pairs, pair)
			text, pairs = text[:0], pairs[:0]
		}
		var end pairEnd
		var length int
		if text, end, length = decodePair(text, raw[at:]); length < 0 {
			return false
		}
		if length > 0 {
			pairs = append(pairs, end)
		}
		at += length
	}
	givePairs(text, pairs, pair)
	return true
}

// Scan is Decode of a query. One that needs no decoding, as most, needs no memory.
func Scan(raw string, pair func(name, value string)) bool {
	if strings.ContainsAny(raw, "%+;") {
		return Decode(raw, pair)
	}
	for raw != "" {
		var one string
		one, raw, _ = strings.Cut(raw, "&")
		if one == "" {
			continue
		}
		name, value, _ := strings.Cut(one, "=")
		pair(name, value)
	}
	return true
}

const (
	usualText   = 512 // what most forms have in bytes
	pairsAtOnce = 16  // how many pairs share their memory: more than most forms have
)

// pairEnd is where a name and its value end in the decoded text.
type pairEnd struct{ name, value int }

func givePairs(text []byte, pairs []pairEnd, pair func(name, value string)) {
	memory, start := string(text), 0
	for _, end := range pairs {
		pair(memory[start:end.name], memory[end.name:end.value])
		start = end.value
	}
}

// decodePair appends the name and the value of the first pair to the text, and
// returns how much of raw that pair is, -1 when it is malformed.
func decodePair[T bytestring](text []byte, raw T) (_ []byte, end pairEnd, length int) {
	named := false
loop:
	for ; length < len(raw); length++ {
		c := raw[length]
		switch c {
		case '&':
			break loop
		case ';':
			return text, end, -1
		case '=':
			if !named { // later ones are part of the value
				end.name, named = len(text), true
				continue
			}
		case '+':
			c = ' '
		case '%':
			if !IsEscape(raw[length:]) {
				return text, end, -1
			}
			c = hexValue(raw[length+1])<<4 | hexValue(raw[length+2])
			length += 2
		}
		text = append(text, c)
	}
	if end.value = len(text); !named {
		end.name = end.value
	}
	return text, end, length
}

// IsEscape reports whether a % begins a byte.
func IsEscape[T bytestring](s T) bool { return len(s) > 2 && isHex(s[1]) && isHex(s[2]) }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// hexValue is the value of a hexadecimal digit.
func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
