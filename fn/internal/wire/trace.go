package wire

import "strings"

// The parts of a trace parent (W3C Trace Context, section 3.2): version, trace,
// parent and flags in lower-case hexadecimal, with hyphens between them.
const (
	traceLength  = 55
	longestTrace = 256 // of a version that is not known yet, which can have more parts
)

// TraceParent reports whether the text is a trace parent: what is none is not
// passed on, whatever carries the call.
func TraceParent(text string) bool {
	if len(text) < traceLength || len(text) > longestTrace {
		return false
	}
	for i := range traceLength {
		if hyphen := i == 2 || i == 35 || i == 52; hyphen != (text[i] == '-') || !hyphen && !hexDigit(text[i]) {
			return false
		}
	}
	version, trace, parent, more := text[:2], text[3:35], text[36:52], text[traceLength:]
	return version != "ff" && strings.Trim(trace, "0") != "" && strings.Trim(parent, "0") != "" && furtherParts(version, more)
}

// furtherParts reports whether the text can stand behind the parts that are known.
func furtherParts(version, text string) bool {
	if text == "" {
		return true
	}
	return version != "00" && text[0] == '-' && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

func hexDigit(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }
