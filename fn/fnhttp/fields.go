package fnhttp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/fn"
	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/httpstatus"
)

// fieldList is the header of a handler's response when it was decided.
type fieldList struct {
	header  fn.Header
	length  int64      // the Content-Length that was declared, -1 for none
	guess   bool       // the Content-Type is to be detected
	trailer []string   // the field Trailer
	hop     []hopField // for the server that holds the connection: to close it, to offer another protocol
	removed []string   // what stood there before, and was removed
	nothing []string   // fields without a value, which keep the server from setting its own
}

// hopField is a field of the connection. No reply has it.
type hopField struct {
	name   string
	values []string
}

// take takes over the handler's header, but for what stood there before.
func (l *fieldList) take(from, before http.Header) {
	*l = fieldList{length: -1, guess: true}
	if len(from) > 0 {
		l.header = make(fn.Header, 0, len(from)+1)
	}
	for name, values := range from {
		l.add(name, values, before[name])
	}
	for name := range before {
		if _, kept := from[name]; !kept {
			l.removed = append(l.removed, name)
		}
	}
	slices.SortStableFunc(l.header, func(a, b binding.HeaderField) int { return strings.Compare(a.Name, b.Name) })
}

// add takes over one field.
func (l *fieldList) add(name string, values, before []string) {
	switch name {
	case "Content-Type":
		l.guess = false
	case "Content-Encoding", "Transfer-Encoding":
		l.guess = l.guess && len(values) > 0 && values[0] == ""
	case "Content-Length":
		if n, err := strconv.ParseInt(first(values), 10, 64); err == nil && n >= 0 {
			l.length = n
		}
		return // the host's to say
	case "Trailer":
		l.trailer = values
		return
	case "Connection", "Upgrade":
		l.hop = append(l.hop, hopField{name, values})
		return
	}
	switch {
	case !fieldline.IsToken(name): // trailers, and what net/http leaves out
		return
	case len(values) == 0:
		l.nothing = append(l.nothing, name)
		return
	case fieldline.AddsUp(name) && len(before) <= len(values) && slices.Equal(before, values[:len(before)]):
		values = values[len(before):]
	case slices.Equal(before, values):
		return
	case before != nil:
		l.removed = append(l.removed, name)
	}
	for _, value := range values {
		l.header = append(l.header, binding.HeaderField{Name: name, Value: onOneLine(value)})
	}
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// detect sets the Content-Type by what is written, as net/http does when the header
// goes out: unless there is one, or the body is encoded.
func (l *fieldList) detect(status int, body, next []byte) {
	if len(body) == 0 {
		body = next
	}
	if l.guess && len(body) > 0 && httpstatus.HasBody(status) {
		l.header = append(l.header, binding.HeaderField{Name: "Content-Type", Value: http.DetectContentType(body)})
	}
	l.guess = false
}

// prepare removes from the server's header what the handler removed, and says there what
// the handler says of the connection.
func (l *fieldList) prepare(to http.Header) {
	for _, name := range l.removed {
		delete(to, name)
	}
	for _, name := range l.nothing {
		to[name] = nil
	}
	for _, f := range l.hop {
		to[f.name] = f.values
	}
}

// announceTrailers says which trailers there will be.
func (l *fieldList) announceTrailers(to http.Header) {
	if len(l.trailer) > 0 {
		to["Trailer"] = l.trailer
	}
}

// onOneLine is a value as net/http writes it.
func onOneLine(value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return value
	}
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
}

// putTrailers hands over the trailers, declared or with the prefix.
func putTrailers(to, from http.Header) {
	for name, values := range from {
		if strings.HasPrefix(name, http.TrailerPrefix) || declares(from, name) {
			to[name] = values
		}
	}
}

// hasTrailers reports whether there are trailers that were not declared.
func hasTrailers(header http.Header) bool {
	for name := range header {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			return true
		}
	}
	return false
}

// declares reports whether the field Trailer names the field.
func declares(header http.Header, name string) bool {
	for _, list := range header["Trailer"] {
		for trailer := range strings.SplitSeq(list, ",") {
			if strings.EqualFold(strings.TrimSpace(trailer), name) {
				return true
			}
		}
	}
	return false
}
