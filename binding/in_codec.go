package binding

import (
	"reflect"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/internal/model"
)

// compile makes what a request runs of the model and the type.
func (p *In) compile() {
	p.fields = make([]*inField, 0, len(p.model.Fields))
	for i := range p.model.Fields {
		p.add(newInField(p.typ, i, &p.model.Fields[i]))
	}
	p.compileObjects()
	p.json = jsonoptions.ForInput(p.model)
	if p.model.Bare && p.ruled != nil {
		p.maps = holdsMap(p.ruled, map[reflect.Type]bool{})
		p.whole.maps = p.maps
	}
	if p.whole != nil && p.whole.As == model.AsJSON {
		p.lists = bodysize.OfValue(p.whole.typ, p.whole.Rules)
	}
	p.checks = newChecks(p)
}

// add puts a field where it is looked for.
func (p *In) add(f *inField) {
	p.fields = append(p.fields, f)
	p.maps = p.maps || f.maps
	switch f.Place {
	case model.InPath:
		p.path = append(p.path, f)
	case model.InQuery:
		p.query = append(p.query, f)
	case model.InHeader:
		p.header = append(p.header, f)
	case model.InCookie:
		p.cookie = append(p.cookie, f)
	case model.InForm:
		p.form = append(p.form, f)
	case model.InBody:
		if f.Whole() {
			p.whole = f
		}
	}
}

// compileObjects makes the objects that are read: that of the body, and the direct form.
func (p *In) compileObjects() {
	if p.model.Bare {
		return
	}
	var members []*inField
	for _, f := range p.fields {
		if f.Member() {
			members = append(members, f)
		}
	}
	if len(members) > 0 && len(members) == len(p.fields) {
		p.body = &object{fields: members, lists: listsOf(members)}
		p.direct = p.body
		return
	}
	if len(members) > 0 {
		p.body = newObject(members)
	}
	p.direct = newObject(p.fields)
}
