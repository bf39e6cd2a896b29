package binding

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/internal/fieldline"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/rules"
)

// request is one Bind: what is read, and what was found to be wrong.
type request struct {
	ctx    context.Context
	codec  *In
	dst    reflect.Value // the In
	src    Source
	limits Limits
	faults faults
	client bool // it is of a client, whose lists may take so much memory and no more
	ruled  bool // the rules that are asked are those of package rules
	exact  bool // what AppendJSON wrote is read: zero means zero, whatever the default

	bounded bounded       // what a body is read through
	buffer  *bytes.Buffer // what it is read into
	lender  lender        // who has lent it instead
	json    []byte        // the JSON that was read
	refused error         // why it was not decoded

	seen    []int   // how often each field was given a value
	few     [16]int // seen, for an In of no more fields
	decoded bool    // members of the body have their values, or their defaults
}

// requests are used again. Nothing that is bound or found wrong points into one:
// values are the source's own strings or copies, and an Error has its own slice.
var requests = sync.Pool{New: func() any { return new(request) }}

// newRequest returns a request to be filled into dst, which it empties.
func (p *In) newRequest(dst any, src Source, limits Limits) *request {
	r, _ := requests.Get().(*request)
	r.codec, r.dst, r.src, r.limits = p, reflect.ValueOf(dst).Elem(), src, limits
	r.faults.from = r
	r.dst.SetZero()
	return r
}

// asks says that the request is of a client, and who judges what is read.
func (r *request) asks(v Validator) {
	r.client = true
	_, r.ruled = v.(*rules.Set)
}

// release gives the request back, with nothing of its client left in it.
func (r *request) release() {
	r.giveBack()
	*r = request{}
	requests.Put(r)
}

// read fills the In from the source. It returns an error only when the request
// is refused as a whole.
func (r *request) read() error {
	r.count()
	r.readPath()
	r.readQuery()
	r.readHeader()
	r.readCookies()
	if err := r.readBody(); err != nil {
		return err
	}
	r.setDefaults()
	return nil
}

// count makes memory to count the values of all fields.
func (r *request) count() {
	if n := len(r.codec.fields); n <= len(r.few) {
		r.seen = r.few[:n]
	} else {
		r.seen = make([]int, n)
	}
}

// readPath takes an empty value for an absent one: a wildcard of a route is
// never empty, but for {rest...}.
func (r *request) readPath() {
	for _, p := range r.codec.path {
		if value := r.src.PathValue(p.Name); value != "" {
			r.give(p, value)
		}
	}
}

// readHeader takes the one value that a header has, however often it was sent,
// and splits it where a list is wanted.
func (r *request) readHeader() {
	for _, p := range r.codec.header {
		value, there := r.header(p.Name)
		switch {
		case !there, p.date && r.isNoDate(p, value):
		case p.text.List:
			r.giveList(p, value)
		default:
			r.giveField(p, value)
		}
	}
}

// isNoDate reports whether a header is to be passed over since it is no date (RFC 9110
// sections 13.1.3 and 13.1.4).
func (r *request) isNoDate(p *inField, value string) bool {
	return !p.text.Put(reflect.New(p.typ).Elem(), value)
}

// header returns the value of a header.
func (r *request) header(name string) (value string, there bool) {
	values := fieldline.One(name, r.src.HeaderValues(name))
	if len(values) == 0 {
		return "", false
	}
	return values[0], true
}

// giveList gives the elements of a header's list (RFC 9110 section 5.6.1);
// empty ones do not count, and a comma in a quoted string does not separate.
func (r *request) giveList(p *inField, line string) {
	for line != "" {
		n := p.text.Element(line)
		if element := strings.Trim(line[:n], " \t"); element != "" {
			r.giveField(p, element)
		}
		line = strings.TrimPrefix(line[n:], ",")
	}
}

// giveField gives a field the value of a header. A server refuses what no header can have
// (RFC 9110 section 5.5); so does a function whose platform passes it on.
func (r *request) giveField(p *inField, value string) {
	if strings.IndexByte(value, 0) >= 0 || strings.IndexByte(value, '\r') >= 0 || strings.IndexByte(value, '\n') >= 0 {
		r.malformed(p, p.at(r.seen[p.order]), "syntax", "must be a header's value, without line breaks and NUL")
		r.seen[p.order]++
		return
	}
	r.give(p, value)
}

// giveInput gives a field a value of a query or a form. Both have empty values for
// what was left out, which only text and bytes can be.
func (r *request) giveInput(p *inField, value string) {
	if value == "" && !p.text.Plain {
		return
	}
	r.give(p, value)
}

// give gives a field one of its values.
func (r *request) give(p *inField, value string) {
	n := r.seen[p.order]
	r.seen[p.order]++
	switch {
	case p.most > 0 && n >= p.most && r.ruled: // its rules are broken already
	case n == 0 || p.text.List:
		if !p.text.Put(p.in(r.dst), value) {
			r.malformed(p, p.at(n), "type", p.text.Expected(value))
		}
	case n == 1:
		r.malformed(p, p.location, "duplicate", "must be given once")
	}
}

// malformed notes that a field's value cannot be read.
func (r *request) malformed(p *inField, location, rule, message string) {
	r.faults.cannotRead(p.order, p.location, location, rule, message)
}

// setDefaults fills what the request does not have.
func (r *request) setDefaults() {
	for _, p := range r.codec.fields {
		if p.defaults != nil && r.seen[p.order] == 0 && !(r.decoded && p.Place == model.InBody) {
			p.defaults.Put(p.in(r.dst))
		}
	}
}
