package frontdoor

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn/fnlambda/internal/scan"
)

// Response writes the response as the front door of the format reads it.
func (f Format) Response(status int, header binding.Header, body []byte) []byte {
	text := len(body) == 0 || mayBeText(header)
	dst := append(make([]byte, 0, responseSize(header, body, text)), `{"statusCode":`...)
	dst = strconv.AppendInt(dst, int64(status), 10)
	if f.LoadBalancer() {
		dst = append(dst, `,"statusDescription":`...)
		dst = scan.AppendQuoteString(dst, statusLine(status))
	}
	header = grouped(passedOn(header))
	switch {
	case f.Payload2():
		dst = appendCookies(append(dst, `,"headers":`...), header)
	case f == ALB:
		dst = appendSingle(append(dst, `,"headers":`...), header)
	default:
		dst = appendMulti(append(dst, `,"multiValueHeaders":`...), header)
	}
	return append(appendBody(dst, body, text), '}')
}

// responseSize is how many bytes a response has if little in it is to be escaped.
func responseSize(header binding.Header, body []byte, text bool) int {
	size := len(`{"statusCode":200,"statusDescription":"200 OK","headers":{},"cookies":[],"body":"","isBase64Encoded":false}`)
	for _, f := range header {
		size += len(f.Name) + len(f.Value) + len(`"":[""],`)
	}
	if !text {
		return size + base64.StdEncoding.EncodedLen(len(body))
	}
	return size + len(body) + len(body)/8
}

// statusLine is a status with its phrase, "200 OK", as load balancers want it.
func statusLine(status int) string {
	phrase := http.StatusText(status)
	if phrase == "" {
		phrase = "Status"
	}
	return strconv.Itoa(status) + " " + phrase
}

// appendBody appends the body, as text when it may be and is UTF-8, as base64 when not.
func appendBody(dst, body []byte, text bool) []byte {
	dst = append(dst, `,"body":`...)
	if text {
		if quoted, valid := scan.AppendQuote(dst, body); valid {
			return append(quoted, `,"isBase64Encoded":false`...)
		}
	}
	dst = append(dst, '"')
	dst = base64.StdEncoding.AppendEncode(dst, body)
	return append(dst, `","isBase64Encoded":true`...)
}

// passedOn leaves out what the front door writes itself, the length. The fields of the
// connection are in no reply.
func passedOn(header binding.Header) binding.Header {
	own := func(f binding.HeaderField) bool { return strings.EqualFold(f.Name, "Content-Length") }
	if !slices.ContainsFunc(header, own) {
		return header
	}
	return slices.DeleteFunc(slices.Clone(header), own)
}

// appendMulti writes each name with the list of its values.
func appendMulti(dst []byte, header binding.Header) []byte {
	dst = append(dst, '{')
	for len(header) > 0 {
		n := countOfFirst(header)
		dst = append(appendName(dst, header[0].Name), '[')
		for i, f := range header[:n] {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendValue(dst, f.Value)
		}
		dst, header = append(dst, ']'), header[n:]
	}
	return append(dst, '}')
}

// appendCookies writes the headers of payload 2.0, several values of a name as
// one list (RFC 9110 section 5.3), and Set-Cookie, which is no list, apart.
func appendCookies(dst []byte, header binding.Header) []byte {
	dst = append(appendJoined(append(dst, '{'), header), '}')
	separator := `,"cookies":[`
	for _, f := range header {
		if strings.EqualFold(f.Name, "Set-Cookie") {
			dst = appendValue(append(dst, separator...), f.Value)
			separator = ","
		}
	}
	if separator == "," {
		dst = append(dst, ']')
	}
	return dst
}

// appendSingle writes the headers for a load balancer that takes one value a
// name. Of cookies it can be given several under names that differ in case.
func appendSingle(dst []byte, header binding.Header) []byte {
	dst = appendJoined(append(dst, '{'), header)
	cookies := 0
	for _, f := range header {
		if strings.EqualFold(f.Name, "Set-Cookie") {
			dst = appendValue(appendName(dst, caseVariant("set-cookie", cookies)), f.Value)
			cookies++
		}
	}
	return append(dst, '}')
}

// caseVariant returns the n-th way to write a lower-case name.
func caseVariant(name string, n int) string {
	b := []byte(name)
	for i := 0; i < len(b) && n > 0; i++ {
		if b[i] < 'a' || b[i] > 'z' {
			continue
		}
		if n&1 == 1 {
			b[i] -= 'a' - 'A'
		}
		n >>= 1
	}
	return string(b)
}

// appendJoined writes all headers but Set-Cookie, one value a name.
func appendJoined(dst []byte, header binding.Header) []byte {
	for len(header) > 0 {
		n := countOfFirst(header)
		if !strings.EqualFold(header[0].Name, "Set-Cookie") {
			dst = appendValue(appendName(dst, header[0].Name), joined(header[:n]))
		}
		header = header[n:]
	}
	return dst
}

// joined is the values of the fields as one list (RFC 9110 section 5.3).
func joined(header binding.Header) string {
	if len(header) == 1 {
		return header[0].Value
	}
	values := make([]string, len(header))
	for i, f := range header {
		values[i] = f.Value
	}
	return strings.Join(values, ", ")
}

// appendName appends a member's name, with a comma unless it is the first.
func appendName(dst []byte, name string) []byte {
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(scan.AppendQuoteString(dst, name), ':')
}

// appendValue appends a header's value. Line breaks, which would end the
// header, become spaces, as in net/http. Invalid UTF-8 is replaced by U+FFFD.
func appendValue(dst []byte, value string) []byte {
	if strings.IndexByte(value, '\r') >= 0 || strings.IndexByte(value, '\n') >= 0 {
		value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
	}
	return scan.AppendQuoteString(dst, value)
}
