package scan

// number passes a number (RFC 8259 section 6). It ends where the grammar ends
// it: of 01 it passes the 0, and finds no comma.
func (s *Scanner) number() {
	if s.byteIs('-') {
		s.at++
	}
	if s.byteIs('0') {
		s.at++
	} else {
		s.digits()
	}
	if s.byteIs('.') {
		s.at++
		s.digits()
	}
	if s.byteIs('e') || s.byteIs('E') {
		s.at++
		if s.byteIs('+') || s.byteIs('-') {
			s.at++
		}
		s.digits()
	}
	s.pass(s.at)
}

// digits passes one digit or more.
func (s *Scanner) digits() {
	from := s.at
	for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
		s.at++
	}
	if s.at == from {
		s.fail()
	}
}

func (s *Scanner) byteIs(c byte) bool { return s.at < len(s.text) && s.text[s.at] == c }
