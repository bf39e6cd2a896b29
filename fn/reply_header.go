package fn

import (
	"fmt"
	"net/textproto"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/binding"
	"github.com/anygrain/anygrain/internal/fieldline"
)

// finish makes the reply what every host can send, so that no host has an opinion of
// its own. A reply that says no status is 200.
func (r *Reply) finish(added Header) error {
	if r.Status == 0 {
		r.Status = 200
	}
	if r.Status < 200 || r.Status > 999 {
		return fmt.Errorf("the reply's status is %d; a final status has three digits and is at least 200", r.Status)
	}
	return r.finishHeader(added)
}

// finishHeader adds the fields to the header, and leaves out those of the connection and
// those that the status does not have.
func (r *Reply) finishHeader(added Header) error {
	mergeHeader(&r.Header, added)
	if err := checkFields(r.Header); err != nil {
		return fmt.Errorf("the reply's header cannot be sent: %w", err)
	}
	header := without(trimValues(r.Header), fieldline.OfConnection) // a function does not know the connection; some hosts have none
	r.Header = withoutBodyFields(r.Status, header)
	return nil
}

// smallHeader is how many fields are compared one by one. Of more, names are looked up.
const smallHeader = 8

// mergeHeader adds the fields that middleware set to those of the reply, which
// they replace, but for the two that add up.
func mergeHeader(to *Header, from Header) {
	if len(from) > smallHeader {
		*to = append(without(*to, replacedBy(from)), from...)
		return
	}
	for i := range from {
		if name := from[i].Name; !fieldline.AddsUp(name) {
			*to = without(*to, func(other string) bool { return strings.EqualFold(name, other) })
		}
	}
	*to = append(*to, from...)
}

// replacedBy reports whether the header replaces fields of a name.
func replacedBy(header Header) func(name string) bool {
	names := make(map[string]bool, len(header))
	for _, f := range header {
		names[textproto.CanonicalMIMEHeaderKey(f.Name)] = !fieldline.AddsUp(f.Name)
	}
	return func(name string) bool { return names[textproto.CanonicalMIMEHeaderKey(name)] }
}

// checkFields returns what is wrong with the first field that is none.
func checkFields(header Header) error {
	for i := range header {
		if err := checkField(header[i]); err != nil {
			return err
		}
	}
	return nil
}

// checkField refuses a name that is no token, and a value that would end its line,
// or that clients refuse (RFC 9110 sections 5.1, 5.5 and 5.6.2).
func checkField(f binding.HeaderField) error {
	if !fieldline.IsToken(f.Name) {
		return fmt.Errorf("%.100q is no name of a field: want letters, digits and dashes", f.Name)
	}
	for i := range len(f.Value) {
		if c := f.Value[i]; c < ' ' && c != '\t' || c == 0x7f {
			return fmt.Errorf("the value of %.100s has the control character %#02x at byte %d, want text without line breaks", f.Name, c, i)
		}
	}
	return nil
}

// sendable returns the fields that can be sent.
func sendable(header Header) Header {
	return slices.DeleteFunc(slices.Clone(header), func(f binding.HeaderField) bool { return checkField(f) != nil })
}

// trimValues returns the header with values without the spaces around them, as they
// are on the wire (RFC 9110 section 5.5).
func trimValues(header Header) Header {
	padded := func(f binding.HeaderField) bool { return strings.Trim(f.Value, " \t") != f.Value }
	if !slices.ContainsFunc(header, padded) {
		return header
	}
	header = slices.Clone(header) // a function may give the same to every request
	for i := range header {
		header[i].Value = strings.Trim(header[i].Value, " \t")
	}
	return header
}

// withoutBodyFields leaves out the fields that speak of a body, where the status has none:
// the length, as net/http does, and the type with 304 (RFC 9110 sections 8.6, 15.3.5 and 15.4.5).
func withoutBodyFields(status int, header Header) Header {
	switch status {
	case 204:
		return without(header, isBodyField)
	case 304:
		return without(header, func(name string) bool { return isBodyField(name) || strings.EqualFold(name, "Content-Type") })
	}
	return header
}

func isBodyField(name string) bool { return strings.EqualFold(name, "Content-Length") }

// without returns the header without some fields. It is a copy if there were any.
func without(header Header, left func(name string) bool) Header {
	gone := func(f binding.HeaderField) bool { return left(f.Name) }
	if !slices.ContainsFunc(header, gone) {
		return header
	}
	return slices.DeleteFunc(slices.Clone(header), gone)
}
