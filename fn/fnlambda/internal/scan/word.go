package scan

import "math/bits"

// Strings are read eight bytes at a time: as the bytes of a word, which is
// looked through for the bytes that are special with a few operations on the
// whole (S. Anderson, "Bit Twiddling Hacks", "Determine if a word has a byte
// less than n").
const (
	wordSize = 8
	each     = 0x0101010101010101 // times c: c in all bytes
	tops     = 0x80 * each
)

// word returns the eight bytes at i, the first one lowest. The compiler makes
// one load of it.
func word(text string, i int) uint64 {
	b := text[i : i+wordSize]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// marks marks the bytes of a word that are not plain: quotes, backslashes,
// control characters and all that is not ASCII. Above the lowest mark there can
// be false ones: a subtraction borrows from the next byte.
func marks(w uint64) uint64 {
	const swap = '"' ^ ' ' // makes a space of a quote, and of control characters others
	small := (w ^ swap*each) - (' '+1)*each
	backslash := (w ^ '\\'*each) - each
	return (small | backslash | w) & tops
}

// lowest returns which byte has the lowest mark. There is one.
func lowest(marked uint64) int { return bits.TrailingZeros64(marked) / wordSize }

// plain has the bytes that marks does not mark.
var plain = func() (set [256]bool) {
	for c := ' '; c < 0x80; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}()

// plainTo returns the end of the plain bytes from i on.
func plainTo(text string, i int) int {
	for i+wordSize <= len(text) {
		if m := marks(word(text, i)); m != 0 {
			return i + lowest(m)
		}
		i += wordSize
	}
	for i < len(text) && plain[text[i]] {
		i++
	}
	return i
}
