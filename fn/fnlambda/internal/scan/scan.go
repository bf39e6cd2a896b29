// Package scan reads a JSON text that is in memory: forward, once, and without
// making values of what nobody asks for. Strings without escapes are cut out of
// the text.
//
//	s := scan.New(`{"a":"x","b":{"c":[1,2]}}`)
//	if s.Open('{') {
//		for s.More('}') {
//			switch s.Name() {
//			case "a":
//				a = s.String()
//			default:
//				s.Skip()
//			}
//		}
//	}
//	return a, !s.Failed()
//
// Its verdict on what is JSON is that of package jsontext (RFC 8259, strings in
// UTF-8, at most 10 000 brackets deep), to which a fuzz test holds it; names may
// come twice. What is behind the first value is not looked at.
//
// A Scanner that has met an error stands at the end of the text: there is
// nothing to open, there are no more items, and strings are empty. So its user
// looks at Failed once, when it is done.
package scan

import "strings"

// maxDepth is how deep brackets may be nested, as in jsontext.
const maxDepth = 10_000

// Scanner reads one JSON text. A copy of it goes on from the same place.
type Scanner struct {
	text   string
	at     int  // what comes next, which is no white space
	depth  int  // of open brackets
	opened bool // an opening bracket was the last that was read
	failed bool
}

// New returns a scanner of the text.
func New(text string) Scanner { return At(text, 0) }

// At returns a scanner that begins at a place of the text.
func At(text string, place int) Scanner {
	s := Scanner{text: text}
	s.pass(place)
	return s
}

// Source is the whole text.
func (s *Scanner) Source() string { return s.text }

// Failed reports whether the text is no JSON, as far as it was read.
func (s *Scanner) Failed() bool { return s.failed }

// fail ends the reading.
func (s *Scanner) fail() { s.at, s.failed = len(s.text), true }

// pass goes on at a place, and passes white space.
func (s *Scanner) pass(place int) {
	s.at = place
	if place < len(s.text) && s.text[place] <= ' ' {
		s.space()
	}
}

func (s *Scanner) space() {
	for s.at < len(s.text) && isSpace(s.text[s.at]) {
		s.at++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// Kind is the first byte of the next value: '"' for a string, '{' and '[', 'n'
// for null, 't' and 'f'. The byte alone says nothing about the rest. At the end
// of the text it is 0.
func (s *Scanner) Kind() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// Open passes the opening bracket if the next value begins with it.
func (s *Scanner) Open(bracket byte) bool {
	if s.Kind() != bracket {
		return false
	}
	if s.depth == maxDepth {
		s.fail()
		return false
	}
	s.depth, s.opened = s.depth+1, true
	s.pass(s.at + 1)
	return true
}

// More passes what is between the items of an open object or array and reports
// whether there is another item. If there is none it passes the closing bracket.
func (s *Scanner) More(closing byte) bool {
	next, first := s.Kind(), s.opened
	s.opened = false
	switch {
	case next == closing:
		s.depth--
		s.pass(s.at + 1)
		return false
	case first && next != 0:
		return true
	case next == ',':
		if s.pass(s.at + 1); s.Kind() != closing {
			return true
		}
	}
	s.fail()
	return false
}

// Name reads the name of a member, and passes the colon behind it.
func (s *Scanner) Name() string {
	if s.Kind() == '"' {
		from := s.at + 1
		to := plainTo(s.text, from)
		if end := to + len(behindName); end <= len(s.text) && s.text[to:end] == behindName {
			s.pass(end)
			return s.text[from:to]
		}
	}
	return s.string(s.NameText())
}

// behindName is what is behind a name as a rule.
const behindName = `":`

// NameText passes the name of a member, and the colon behind it.
func (s *Scanner) NameText() Text {
	t := s.Text()
	if s.Kind() != ':' {
		s.fail()
		return Text{}
	}
	s.pass(s.at + 1)
	return t
}

// Member passes the name of a member, the colon behind it, and the value too if it
// is a plain string, "value" or ["value"], and there is no white space; most
// members are so. Otherwise passed is false, and the value comes next.
func (s *Scanner) Member() (name Text, passed bool) {
	text := s.text
	if s.Kind() != '"' {
		s.fail()
		return Text{}, false
	}
	name.Span = Span{s.at + 1, plainTo(text, s.at+1)}
	i := name.To + len(behindName)
	if i > len(text) || text[name.To:i] != behindName {
		return s.NameText(), false
	}
	quote := i // from here on as in PlainValue; a call for each member would be felt
	if quote < len(text) && text[quote] == '[' {
		quote++
	}
	if quote < len(text) && text[quote] == '"' {
		to := plainTo(text, quote+1)
		switch rest := text[to:]; {
		case quote == i && strings.HasPrefix(rest, `"`):
			s.pass(to + len(`"`))
			return name, true
		case quote > i && strings.HasPrefix(rest, `"]`):
			s.pass(to + len(`"]`))
			return name, true
		}
	}
	s.pass(i)
	return name, false
}

// PlainValue returns the value at a place if it is a plain string, "value" or
// ["value"] without white space, and the place behind it. That is 0 if it is not.
func PlainValue(text string, place int) (value string, end int) {
	quote := place
	if quote < len(text) && text[quote] == '[' {
		quote++
	}
	if quote < len(text) && text[quote] == '"' {
		to := plainTo(text, quote+1)
		switch rest := text[to:]; {
		case quote == place && strings.HasPrefix(rest, `"`):
			return text[quote+1 : to], to + len(`"`)
		case quote > place && strings.HasPrefix(rest, `"]`):
			return text[quote+1 : to], to + len(`"]`)
		}
	}
	return "", 0
}

// Skip passes a value of any kind.
func (s *Scanner) Skip() {
	switch s.Kind() {
	case '"':
		s.Text()
	case '{':
		for s.Open('{'); s.More('}'); {
			if _, passed := s.Member(); !passed {
				s.Skip()
			}
		}
	case '[':
		for s.Open('['); s.More(']'); {
			s.Skip()
		}
	case 'n':
		s.literal("null")
	case 't':
		s.literal("true")
	case 'f':
		s.literal("false")
	default:
		s.number()
	}
}

// Value passes a value of any kind and returns it as it stands in the text.
func (s *Scanner) Value() string {
	from := s.at
	s.Skip()
	return strings.TrimRight(s.text[from:s.at], " \t\n\r")
}

func (s *Scanner) literal(word string) {
	if end := s.at + len(word); end <= len(s.text) && s.text[s.at:end] == word {
		s.pass(end)
		return
	}
	s.fail()
}
