package quick

import "strings"

// shapes are rules of text without a parameter. Each takes less than validator
// does where that is simpler.
var shapes = map[string]func(string) bool{
	"alpha":    func(s string) bool { return all(s, letter) },
	"alphanum": func(s string) bool { return all(s, letterOrDigit) },
	"numeric":  func(s string) bool { return all(s, digit) },
	"number":   func(s string) bool { return all(s, digit) },
	"uuid":     func(s string) bool { return uuid(s, 0) },
	"uuid4":    func(s string) bool { return uuid(s, '4') },
	"email":    email,
	"url":      webURL,
	"http_url": webURL,
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

// uuid takes the text of a UUID in lower case, of the version when it is not 0
// (RFC 9562 section 4).
func uuid(s string, version byte) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !digit(c) && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return version == 0 || s[14] == version && strings.IndexByte("89ab", s[19]) >= 0
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
