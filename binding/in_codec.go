package binding

import (
	"reflect"
	"strconv"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/binding/internal/jsonoptions"
	"github.com/anygrain/anygrain/internal/model"
	"github.com/anygrain/anygrain/internal/textvalue"
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

// inField is the codec of a field of an In: what is needed to fill it.
type inField struct {
	*model.Field
	typ      reflect.Type
	order    int                // among the fields of the In
	location string             // in violations: "query.limit"
	text     *textvalue.Reader  // of a field that is read from text
	file     fileKind           // of one that takes uploaded files
	defaults *textvalue.Default // nil when there is no default tag
	most     int                // texts that a list is given at most, one more than its rules allow; 0 when they do not say
	maps     bool               // there is a map in the type
	date     bool               // a header that is passed over when it is no date
}

// newInField compiles a field of an In of the type.
func newInField(in reflect.Type, order int, f *model.Field) *inField {
	c := &inField{Field: f, typ: typeAt(in, f.Index), order: order, location: string(f.Place)}
	if !f.Whole() {
		c.location += "." + f.Name
	}
	switch f.As {
	case model.AsText:
		c.text, _ = textvalue.Of(textvalue.Place(f.Place), c.typ)
		if c.text.List {
			c.most = bodysize.MostElements(f.Rules)
		}
		c.date = c.text.IsTime() && f.Place == model.InHeader && (f.Name == "If-Modified-Since" || f.Name == "If-Unmodified-Since")
	case model.AsFile:
		c.file = fileOf(c.typ)
	}
	if f.HasDefault {
		c.defaults, _ = textvalue.DefaultOf(c.typ, f.Default)
	}
	c.maps = holdsMap(c.typ, map[reflect.Type]bool{})
	return c
}

// typeAt is the type of the field at an index, and the type itself for none.
func typeAt(t reflect.Type, index []int) reflect.Type {
	if len(index) == 0 {
		return t
	}
	return t.FieldByIndex(index).Type
}

// in returns the field of an In.
func (f *inField) in(v reflect.Value) reflect.Value {
	if len(f.Index) == 1 {
		return v.Field(f.Index[0])
	}
	return v.FieldByIndex(f.Index) // never through a pointer: those are refused
}

// located reports whether the field comes from elsewhere than the body.
func (f *inField) located() bool { return f.Place != model.InBody }

// at is the location of the nth value of the field.
func (f *inField) at(n int) string {
	if f.text != nil && f.text.List || f.file == fileList {
		return f.location + "[" + strconv.Itoa(n) + "]"
	}
	return f.location
}
