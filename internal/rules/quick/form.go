package quick

import (
	"net/mail"
	"net/url"
	"strings"
)

// forms are the rules of text without a parameter.
var forms = map[string]func(string) bool{
	"alpha":    func(s string) bool { return all(s, letter) },
	"alphanum": func(s string) bool { return all(s, letterOrDigit) },
	"numeric":  numeric,
	"number":   func(s string) bool { return all(s, digit) },
	"uuid":     func(s string) bool { return uuid(s, anyHex) },
	"uuid4":    func(s string) bool { return uuid(s, lowerHex) && s[14] == '4' && strings.IndexByte("89ab", s[19]) >= 0 },
	"email":    isEmail,
	"url":      isURL,
	"http_url": isHTTPURL,
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func digit(c byte) bool { return '0' <= c && c <= '9' }

func letterOrDigit(c byte) bool { return letter(c) || digit(c) }

// all reports whether there is text, and all of it is of the class.
func all(s string, class func(byte) bool) bool {
	for i := range len(s) {
		if !class(s[i]) {
			return false
		}
	}
	return s != ""
}

// numeric takes digits with a sign and a fraction.
func numeric(s string) bool {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	return all(whole, digit) && (!point || all(fraction, digit))
}

func lowerHex(c byte) bool { return digit(c) || 'a' <= c && c <= 'f' }

func anyHex(c byte) bool { return digit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// uuid takes the text of a UUID (RFC 9562 section 4) in digits of the class.
func uuid(s string, class func(byte) bool) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch i {
		case 8, 13, 18, 23:
			if s[i] != '-' {
				return false
			}
		default:
			if !class(s[i]) {
				return false
			}
		}
	}
	return true
}

// isEmail takes what net/mail reads and has the form of an address and nothing else.
func isEmail(s string) bool {
	if plainEmail(s) {
		return true
	}
	at := strings.LastIndexByte(s, '@')
	if at < 0 || !isLocalPart(s[:at]) || !isMailDomain(strings.TrimSuffix(s[at+1:], ".")) {
		return false
	}
	_, err := mail.ParseAddress(s)
	return err == nil
}

// isLocalPart takes atoms with dots between them, or a quoted text, of which net/mail knows more.
func isLocalPart(s string) bool {
	if strings.HasPrefix(s, `"`) {
		return len(s) > 1 && strings.HasSuffix(s, `"`) && !strings.ContainsFunc(s, func(c rune) bool { return c == 0 || c == '\n' || c > '~' && c != 0x7f && !isWide(c) })
	}
	for atom := range strings.SplitSeq(s, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(c rune) bool { return !isAlnum(c) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", c) }) {
			return false
		}
	}
	return true
}

// isMailDomain takes names with a dot somewhere between two that may stand there: the last
// name neither begins nor ends with a digit.
func isMailDomain(s string) bool {
	c := []rune(s)
	if len(c) == 0 || !isAlnum(c[0]) || !isLetter(c[len(c)-1]) ||
		strings.ContainsFunc(s, func(c rune) bool { return !isAlnum(c) && !strings.ContainsRune("-.~", c) }) {
		return false
	}
	for i := 1; i < len(c)-1; i++ {
		if c[i] == '.' && isAlnum(c[i-1]) && isLetter(c[i+1]) {
			return true
		}
	}
	return false
}

func isLetter(c rune) bool { return c < 0x80 && letter(byte(c)) || isWide(c) }

func isAlnum(c rune) bool { return isLetter(c) || '0' <= c && c <= '9' }

// isWide are the characters behind ASCII that validator takes in an address.
func isWide(c rune) bool {
	return 0xa0 <= c && c <= 0xd7ff || 0xf900 <= c && c <= 0xfdcf || 0xfdf0 <= c && c <= 0xffef
}

// plainEmail takes the plain addresses that most people have: name@host.domain.
func plainEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	if !ok || len(s) > 254 {
		return false
	}
	for atom := range strings.SplitSeq(name, ".") {
		if !all(atom, func(c byte) bool { return letterOrDigit(c) || c == '_' || c == '-' || c == '+' }) {
			return false
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	return len(last) < len(host) && all(last, letter) && domain(host)
}

// domain takes names of letters, digits and hyphens (RFC 1123 section 2.1).
func domain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if !all(label, func(c byte) bool { return letterOrDigit(c) || c == '-' }) || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

// isURL takes what has a scheme and something behind it.
func isURL(s string) bool {
	if webURL(s) {
		return true
	}
	u, err := url.Parse(strings.ToLower(s))
	switch {
	case err != nil || u.Scheme == "":
		return false
	case u.Scheme == "file":
		return u.Path != "" && u.Path != "/"
	}
	return u.Host != "" || u.Fragment != "" || u.Opaque != ""
}

// isHTTPURL takes a URL of a host, by http or https.
func isHTTPURL(s string) bool {
	if webURL(s) {
		return true
	}
	u, err := url.Parse(strings.ToLower(s))
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// webURL takes http and https with a plain host and path.
func webURL(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	host, path, _ := strings.Cut(rest, "/")
	return ok && domain(host) && (path == "" || all(path, func(c byte) bool {
		return letterOrDigit(c) || strings.IndexByte("/-_.~=&", c) >= 0
	}))
}
