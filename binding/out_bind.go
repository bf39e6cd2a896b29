package binding

import (
	"net/textproto"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/fieldline"
)

// bindAll compiles the fields that have a tag.
func (c *outCompiler) bindAll() {
	for i := range c.bound {
		f := &c.bound[i]
		if explicit, _, _ := strings.Cut(f.sf.Tag.Get("json"), ","); explicit == "" {
			f.json = f.tag
		}
		switch f.where {
		case Head:
			c.bindHeader(f)
		case Cookie:
			c.bindCookie(f)
		case Status:
			c.bindStatus(f)
		default:
			c.bindBody(f)
		}
	}
	if len(c.bound) > 0 {
		for _, f := range c.pointers {
			c.problem(f.path, "is a struct embedded by pointer, next to fields that are bound by tags: embed %s by value", f.sf.Type.Elem())
		}
	}
}

func (c *outCompiler) bindHeader(f *outField) {
	p := c.plan
	name := textproto.CanonicalMIMEHeaderKey(f.tag)
	encode := headerEncoderOf(f.sf.Type)
	switch {
	case !fieldline.IsToken(f.tag):
		c.problem(f.path, `has the tag header:%q, which is no name of a header: want letters, digits and dashes, as in header:"X-Total-Count"`, f.tag)
	case fieldline.IsHosts(name):
		c.problem(f.path, "sets the header %s, which belongs to the host that writes the response: remove the field", name)
	case encode == nil:
		c.problem(f.path, "is a %s, which is no value of a header: want a string, bool, number, time.Time, time.Duration, an encoding.TextMarshaler, or a pointer to or slice of these", f.sf.Type)
	case name == "Content-Type" && f.sf.Type.Kind() != reflect.String:
		c.problem(f.path, "is a %s and bound to Content-Type: want a string", f.sf.Type)
	}
	if problem := foreignText(elementBehind(f.sf.Type)); problem != "" {
		c.problem(f.path, "%s", problem)
	}
	for _, h := range p.headers {
		if h.name == name {
			c.problem(f.path, "is bound to the header %s, as is %s: use one field, a slice for several values", name, h.at.field)
		}
	}
	p.setsCT = p.setsCT || name == "Content-Type"
	p.headers = append(p.headers, outHeader{name: name, at: outPlace{f.index, f.path}, encode: encode})
}

func (c *outCompiler) bindCookie(f *outField) {
	p := c.plan
	get := cookieGetterOf(f.sf.Type)
	switch {
	case !fieldline.IsToken(f.tag):
		c.problem(f.path, `has the tag cookie:%q, which is no name of a cookie: want letters, digits and dashes, as in cookie:"session"`, f.tag)
	case get == nil:
		c.problem(f.path, "is a %s, which is no cookie: want a string, binding.SetCookie, a pointer to it or a slice of it", f.sf.Type)
	}
	for _, other := range p.cookies {
		if other.name == f.tag {
			c.problem(f.path, "is bound to the cookie %s, as is %s: use one field, []binding.SetCookie for several", f.tag, other.at.field)
		}
	}
	p.cookies = append(p.cookies, outCookie{name: f.tag, at: outPlace{f.index, f.path}, get: get})
}

func (c *outCompiler) bindStatus(f *outField) {
	if f.json == "" {
		f.json = string(Status)
	}
	switch {
	case f.tag != "":
		c.problem(f.path, `has the tag status:%q: write status:"" and set the field`, f.tag)
	case f.sf.Type.Kind() < reflect.Int || f.sf.Type.Kind() > reflect.Int64:
		c.problem(f.path, "is a %s: a status is an int", f.sf.Type)
	case c.plan.status.index != nil:
		c.problem(f.path, "is a second status, after %s: a reply has one", c.plan.status.field)
	}
	c.plan.status = outPlace{f.index, f.path}
}

func (c *outCompiler) bindBody(f *outField) {
	if f.json == "" {
		f.json = string(Body)
	}
	b := &c.plan.body
	switch {
	case f.tag != "":
		c.problem(f.path, `has the tag body:%q: write body:"", and header:"Content-Type" on a string field for the media type`, f.tag)
	case b.at.index != nil:
		c.problem(f.path, "is a second body, after %s: a reply has one", b.at.field)
	}
	b.kind, b.at = kindOf(f.sf.Type), outPlace{f.index, f.path}
	if b.kind == bodyJSON {
		c.checkJSON(f.path, f.sf.Type)
	}
}
