package scan

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Span is where a string stands in a text, without its quotes.
type Span struct{ From, To int }

// Text is a string that has been passed.
type Text struct {
	Span
	Escaped bool // it has escapes
	Wide    bool // it has bytes that are not ASCII
}

// Text passes a string and says where it stands.
func (s *Scanner) Text() Text {
	from := s.quote()
	to := plainTo(s.text, from)
	if to < len(s.text) && s.text[to] == '"' {
		s.pass(to + 1)
		return Text{Span: Span{from, to}}
	}
	return s.specialText(from, to)
}

// quote returns the place behind the opening quote of the next string.
func (s *Scanner) quote() int {
	if s.Kind() != '"' {
		s.fail()
		return s.at
	}
	return s.at + 1
}

// specialText is Text for a string that has something special at a place.
func (s *Scanner) specialText(from, place int) Text {
	t := Text{Span: Span{From: from}}
	for i := place; i < len(s.text); i = plainTo(s.text, i) {
		to := i
		switch c := s.text[i]; {
		case c == '"':
			t.To = i
			s.pass(i + 1)
			return t
		case c == '\\':
			t.Escaped = true
			_, size := escape(s.text, i)
			to += size
		default:
			t.Wide = true
			to = s.wideTo(i)
		}
		if to == i {
			break
		}
		i = to
	}
	s.fail()
	return Text{}
}

// wideTo returns the end of the characters from i on that are not ASCII. There
// are none in front of a control character, and of what is not UTF-8.
func (s *Scanner) wideTo(i int) int {
	for i < len(s.text) && s.text[i] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		if size == 1 {
			break
		}
		i += size
	}
	return i
}

// String reads a string. Without escapes it is a part of the text.
func (s *Scanner) String() string {
	if s.Kind() == '"' {
		from := s.at + 1
		to := plainTo(s.text, from)
		if to < len(s.text) && s.text[to] == '"' {
			s.pass(to + 1)
			return s.text[from:to]
		}
		return s.string(s.specialText(from, to))
	}
	s.fail()
	return ""
}

func (s *Scanner) string(t Text) string {
	if t.Escaped {
		return s.unescaped(t)
	}
	return s.text[t.From:t.To]
}

// unescaped decodes a string that has been passed.
func (s *Scanner) unescaped(t Text) string {
	again := Scanner{text: s.text}
	var few [256]byte
	room := few[:0]
	if need := t.To - t.From + wordSize; need > len(few) {
		room = make([]byte, 0, need)
	}
	return string(again.unescape(room, t.From))
}

// Unescape reads a string. If all of it is plain it is a part of the text;
// otherwise it is appended to dst, which can be nil.
func (s *Scanner) Unescape(dst []byte) (text string, unescaped []byte) {
	from := s.quote()
	to := plainTo(s.text, from)
	if to < len(s.text) && s.text[to] == '"' {
		s.pass(to + 1)
		return s.text[from:to], dst
	}
	return "", s.unescape(slices.Grow(dst, len(s.text)-from+wordSize), from)
}

// unescape passes a string and appends what it stands for. Dst has room for as
// many bytes as the string has with its escapes, none of which is shorter than
// what it stands for, and for one word more.
func (s *Scanner) unescape(dst []byte, from int) []byte {
	text, i, n := s.text, from, len(dst)
	dst = dst[:cap(dst)]
	for i < len(text) {
		if i+wordSize <= len(text) {
			w := word(text, i)
			binary.LittleEndian.PutUint64(dst[n:], w) // what is too much of it is written over
			m := marks(w)
			if m == 0 {
				i, n = i+wordSize, n+wordSize
				continue
			}
			size := lowest(m)
			i, n = i+size, n+size
		}
		switch c := text[i]; {
		case c == '"':
			s.pass(i + 1)
			return dst[:n]
		case plain[c]:
			dst[n] = c
			i, n = i+1, n+1
		case c == '\\':
			r, size := escape(text, i)
			if size == 0 {
				s.fail()
				return nil
			}
			i, n = i+size, n+utf8.EncodeRune(dst[n:], r)
		default:
			to := s.wideTo(i)
			if to == i {
				s.fail()
				return nil
			}
			i, n = to, n+copy(dst[n:], text[i:to])
		}
	}
	s.fail()
	return nil
}
