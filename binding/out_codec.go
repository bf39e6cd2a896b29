package binding

import (
	"net/textproto"

	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/binding/internal/jsonout"
	"github.com/anygrain/anygrain/internal/model"
)

// compile makes what renders a value of the model and the type.
func (p *Out) compile() {
	if p.model.Bare {
		p.typed = p.typ
	}
	var bound, members, direct []viewMember
	for i := range p.model.Fields {
		f := &p.model.Fields[i]
		member := viewMember{Field: f, typ: typeAt(p.typed, f.Index)}
		if f.JSON != "-" && !p.model.Bare {
			direct = append(direct, member)
		}
		if f.Member() {
			members = append(members, member)
			continue
		}
		bound = append(bound, member)
		p.add(member)
	}
	p.compileBody(bound, members)
	if !p.model.Bare && (len(bound) > 0 || p.empty) {
		p.direct = newView(direct)
	}
}

// add puts a field where it is written.
func (p *Out) add(f viewMember) {
	at := outPlace{f.Index, f.Go}
	switch f.Place {
	case model.InHeader:
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		p.headers = append(p.headers, outHeader{name: name, at: at, encode: headerEncoderOf(f.typ)})
		p.setsCT = p.setsCT || name == "Content-Type"
	case model.InCookie:
		p.cookies = append(p.cookies, outCookie{name: f.Name, at: at, get: cookieGetterOf(f.typ)})
	case model.InStatus:
		p.status = at
	default:
		p.body.as, p.body.at = f.As, at
		p.body.is = true
	}
}

// compileBody finds how the body is written.
func (p *Out) compileBody(bound, members []viewMember) {
	b := &p.body
	b.options = jsonoptions.ForOutput(p.model)
	typ := p.typed
	switch {
	case b.is && b.at.index != nil:
		typ = typeAt(p.typed, b.at.index)
	case b.is:
	case len(members) == 0:
		p.empty = true
		return
	default:
		b.is, b.as = true, model.AsJSON
		if len(bound) > 0 {
			b.view = newView(members)
			typ = b.view.typ
		}
	}
	if b.as == model.AsJSON {
		b.encoder = jsonout.Compile(typ, b.options)
	}
}
