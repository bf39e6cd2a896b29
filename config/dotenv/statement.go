package dotenv

import (
	"bytes"
	"unicode"
)

// statement is one NAME=value of a file.
type statement struct {
	text  []byte
	line  int  // on which it begins, from 1
	value int  // where the value begins
	quote byte // around the value, 0 for none
}

// scanner takes a file apart into statements as github.com/joho/godotenv does, so that
// each can be given to it alone: a mistake has its line, and takes no longer to find than
// the file is long.
type scanner struct {
	rest []byte
	line int
}

// next returns the next statement, nil at the end of the file. It reports false for what is
// none, of which the statement has the line alone.
func (s *scanner) next() (found *statement, ok bool) {
	s.skip(unicode.IsSpace)
	for len(s.rest) > 0 && s.rest[0] == '#' {
		s.skip(func(c rune) bool { return c != '\n' })
		s.skip(unicode.IsSpace)
	}
	if len(s.rest) == 0 {
		return nil, true
	}
	found = &statement{line: s.line}
	end := bytes.IndexAny(s.rest, "=:\n")
	if end < 0 || s.rest[end] == '\n' {
		return found, false
	}
	end = len(s.rest) - len(bytes.TrimLeftFunc(s.rest[end+1:], isBlank))
	if value := s.rest[end:]; len(value) > 0 && (value[0] == '"' || value[0] == '\'') {
		found.quote = value[0]
	}
	found.value = end
	length, ok := valueLength(s.rest[end:], found.quote)
	found.text = s.take(end + length)
	return found, ok
}

// valueLength is the length of a value, and whether its quotes end.
func valueLength(value []byte, quote byte) (length int, ok bool) {
	if quote == 0 {
		if end := bytes.IndexAny(value, "\r\n"); end >= 0 {
			return end, true
		}
		return len(value), true
	}
	for i := 1; i < len(value); i++ {
		if value[i] == quote && value[i-1] != '\\' {
			return i + 1, true
		}
	}
	return len(value), false
}

// isBlank is what godotenv takes for a space within a line.
func isBlank(c rune) bool { return c != '\n' && unicode.IsSpace(c) && c <= 0xA0 }

func (s *scanner) skip(what func(rune) bool) {
	s.take(len(s.rest) - len(bytes.TrimLeftFunc(s.rest, what)))
}

// take moves on.
func (s *scanner) take(n int) []byte {
	taken := s.rest[:n]
	s.line += bytes.Count(taken, []byte("\n"))
	s.rest = s.rest[n:]
	return taken
}
