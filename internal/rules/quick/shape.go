package quick

import "strings"

// shape is a rule of text without a parameter. Some take less than validator does
// where that is simpler; those say what does certainly not pass as well.
type shape struct {
	holds func(string) bool
	fails func(string) bool // nil when holds is all there is to say
}

var shapes = map[string]shape{
	"alpha":    {holds: func(s string) bool { return all(s, letter) }},
	"alphanum": {holds: func(s string) bool { return all(s, letterOrDigit) }},
	"numeric":  {holds: numeric},
	"number":   {holds: func(s string) bool { return all(s, digit) }},
	"uuid":     {holds: func(s string) bool { return uuid(s, anyHex) }},
	"uuid4":    {holds: func(s string) bool { return uuid(s, lowerHex) && s[14] == '4' && strings.IndexByte("89ab", s[19]) >= 0 }},
	"email":    {email, func(s string) bool { return !strings.Contains(s, "@") }},
	"url":      {webURL, func(s string) bool { return !strings.Contains(s, ":") }},
	"http_url": {webURL, func(s string) bool { return !strings.Contains(s, ":") }},
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

// email takes the plain addresses that most people have: name@host.domain.
func email(s string) bool {
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
