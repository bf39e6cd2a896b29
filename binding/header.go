package binding

import (
	"net/textproto"
	"strings"
)

// HeaderField is one header line of a reply.
type HeaderField struct {
	Name  string // canonical form: X-Request-Id
	Value string // without line breaks
}

// Header is the header of a reply: fields in the order in which they were
// added, a name as often as it has values. The zero value is an empty header.
type Header []HeaderField

// Get returns the first value of the named field, or "".
func (h Header) Get(name string) string {
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			return h[i].Value
		}
	}
	return ""
}

// Values returns all values of the named field in order.
func (h Header) Values(name string) []string {
	var values []string
	for i := range h {
		if strings.EqualFold(h[i].Name, name) {
			values = append(values, h[i].Value)
		}
	}
	return values
}

// Add appends a field.
func (h *Header) Add(name, value string) {
	*h = append(*h, HeaderField{Name: textproto.CanonicalMIMEHeaderKey(name), Value: value})
}

// Set replaces all fields of that name by one.
func (h *Header) Set(name, value string) {
	h.Del(name)
	h.Add(name, value)
}

// Del removes all fields of that name.
func (h *Header) Del(name string) {
	kept := (*h)[:0]
	for _, f := range *h {
		if !strings.EqualFold(f.Name, name) {
			kept = append(kept, f)
		}
	}
	*h = kept
}
