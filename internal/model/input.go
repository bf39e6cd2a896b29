package model

import (
	"net/url"
	"reflect"
	"strings"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// Input returns the model of an In, and all that is wrong with its declaration. A type with
// problems has a model all the same, of what could be made out.
func Input(t reflect.Type) (*Model, []Problem) { return inputs.of(t, makeInput) }

var inputs cache

func makeInput(t reflect.Type) (*Model, []Problem) {
	b := inputBuilder{problems: problems{of: t}, model: &Model{Name: FieldPath(t, "")}, seen: map[reflect.Type]bool{}}
	b.build(t)
	b.model.setFields(t, b.fields)
	return b.model, b.list
}

// inputBuilder makes the model of an In.
type inputBuilder struct {
	problems
	model  *Model
	fields []*field
	whole  *field                // the one that takes the whole body
	seen   map[reflect.Type]bool // the types that were checked
}

func (b *inputBuilder) build(t reflect.Type) {
	if t.Kind() == reflect.Pointer {
		b.add("", "is a pointer: declare the input as %s", t.Elem())
		return
	}
	if t.Kind() != reflect.Struct || gotype.ReadsItself(t) {
		b.buildBare(t)
	} else {
		b.walk(t, nil, "")
		b.checkConflicts()
	}
	b.checkTypes()
	b.checkValidateMethods()
}

// buildBare makes the type itself the whole body.
func (b *inputBuilder) buildBare(t reflect.Type) {
	if t.Kind() == reflect.Interface && t.NumMethod() > 0 {
		b.add("", `is an interface that nothing can be read into: declare a struct, with a field tagged body:"" for the whole body`)
		return
	}
	b.model.Bare = true
	b.whole = &field{Field: Field{Place: InBody, As: inputBody(t)}, typ: t}
	b.fields = []*field{b.whole}
	if t.Kind() == reflect.Struct {
		b.refusePlaces(t)
	}
}

// refusePlaces refuses tags that a type which reads itself from JSON would ignore.
func (b *inputBuilder) refusePlaces(t reflect.Type) {
	for sf := range gotype.Fields(t) {
		if place, _, _ := placeOf(sf); place != "" {
			b.add(sf.Name, "has a %s tag, but %s reads itself from the body: remove the tag, or the type's unmarshal method (an embedded field may have brought it)", place, t)
		}
	}
}

// walk goes through the fields of a struct that is the In or is embedded in it.
func (b *inputBuilder) walk(t reflect.Type, index []int, prefix string) {
	for sf := range gotype.Fields(t) {
		sf.Index = append(index[:len(index):len(index)], sf.Index...)
		path := prefix + sf.Name
		place, name, problem := placeOf(sf)
		for _, problem := range tagProblems(sf) {
			b.add(path, "%s", problem)
		}
		switch {
		case problem != "":
			b.add(path, "%s", problem)
		case place == "" && sf.Inlined():
			b.embedded(sf, path)
		case !sf.IsExported():
			b.unexported(sf, place, path)
		case place == "" && sf.Excluded():
			b.excluded(sf, path)
		case place == "" && misplaced(sf): // that it is a member of the body would be no news
		default:
			b.field(sf, place, name, path)
		}
	}
}

func (b *inputBuilder) embedded(sf gotype.Field, path string) {
	switch {
	case sf.Type.Kind() == reflect.Pointer:
		b.add(path, "is an embedded pointer, which would be there or not: embed %s itself, or give it a json name", sf.Type.Elem())
	case sf.Excluded():
		b.add(path, `is an embedded struct with json:"-": its fields count as if they were written here, so put the tag on those of them that are not for clients`)
	case gotype.ReadsItself(sf.Type):
		b.add(path, "is an embedded %s, which reads itself from JSON as a whole: give it a json name", sf.Type)
	default:
		b.walk(sf.Type, sf.Index, path+".")
	}
}

func (b *inputBuilder) unexported(sf gotype.Field, place Place, path string) {
	tag, ok := sf.Tag.Lookup("json")
	_, hasDefault := sf.Tag.Lookup("default")
	switch {
	case place != "":
		b.add(path, "has a %s tag but is not exported: write it with a capital letter", place)
	case ok && tag != "-":
		b.add(path, "has a json tag but is not exported: write it with a capital letter")
	case hasDefault:
		b.add(path, "has a default tag but is not exported: write it with a capital letter")
	}
}

func (b *inputBuilder) excluded(sf gotype.Field, path string) {
	if _, ok := sf.Tag.Lookup("default"); ok {
		b.add(path, `has a default and json:"-": no request can set it, so set it in the handler`)
	}
}

// field adds one bound field.
func (b *inputBuilder) field(sf gotype.Field, place Place, name, path string) {
	f := &field{typ: sf.Type, Field: Field{
		Go: path, Place: place, Name: name, Index: sf.Index, Rules: sf.Tag.Get("validate"), Doc: sf.Tag.Get("doc"),
	}}
	f.Default, f.HasDefault = sf.Tag.Lookup("default")
	b.nameInJSON(f, sf)
	b.place(f)
	if f.HasDefault {
		b.checkDefault(f)
	}
	b.fields = append(b.fields, f)
}

// nameInJSON sets the name that the field has in JSON.
func (b *inputBuilder) nameInJSON(f *field, sf gotype.Field) {
	name, options := sf.JSON()
	switch {
	case name != "":
		f.JSON = name
	case f.Place == "":
		f.JSON = sf.Name
	case f.Place == InBody:
		f.JSON = string(InBody)
	default:
		f.JSON = f.Name
	}
	if sf.HasOption("embed") {
		b.add(f.Go, `has json:",embed", which an input cannot have beside other members: name the members, or take the whole body with body:""`)
	}
	if strings.ContainsAny(f.JSON, ",\\'\"`") {
		b.add(f.Go, "has the name %q in JSON, which a json tag cannot say: give it another, as in json:\"name\"", f.JSON)
	}
	f.Tag = f.JSON + options
	if f.Tag == "-" {
		f.Tag = "-,case:strict" // "-" alone would leave the member out
	}
}

// place finds how the field is carried.
func (b *inputBuilder) place(f *field) {
	switch f.Place {
	case InPath, InQuery, InHeader, InCookie, InForm:
		b.placeText(f)
	case InBody:
		f.As = inputBody(f.typ)
		if b.whole != nil {
			b.add(f.Go, `has body:"", and so has %s: there is one body, so keep one`, b.whole.Go)
			return
		}
		b.whole = f
	default: // a member of the body
		f.Place, f.Name = InBody, f.JSON
	}
}

func (b *inputBuilder) placeText(f *field) {
	if f.Place == InForm && isUpload(f.typ) {
		f.As = AsFile
		return
	}
	f.As = AsText
	text, ok := textvalue.Of(textvalue.Place(f.Place), f.typ)
	switch {
	case !ok && headerElement(f.typ) == reflect.TypeFor[url.URL]():
		b.add(f.Go, "has the type %s, which does not read text: use a string with the rule url, or a type of your own with UnmarshalText and MarshalText", f.typ)
	case !ok:
		b.add(f.Go, "has the type %s, which cannot be read from a %s: use a string, bool, number, time.Time, time.Duration, []byte or a type with UnmarshalText, or a pointer to or a slice of one%s", f.typ, f.Place, fileHint(f))
	case text.List && f.Place == InPath:
		b.add(f.Go, "is a slice, but a path has each wildcard once: declare it as %s", f.typ.Elem())
	}
	f.text = text
}

func fileHint(f *field) string {
	if f.Place == InForm {
		return ", or File"
	}
	return ""
}

// isUpload reports whether the type takes uploaded files.
func isUpload(t reflect.Type) bool {
	return isOurs(t, "File") || (t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice && t.Name() == "") && isOurs(t.Elem(), "File")
}

// inputBody finds how a type takes a whole body. Types that read themselves from JSON, such as
// json.RawMessage, do.
func inputBody(t reflect.Type) As {
	switch {
	case t == readerType:
		return AsStream
	case gotype.ReadsItself(t), gotype.IsNumber(t):
		return AsJSON
	case t.Kind() == reflect.String:
		return AsString
	case t.Kind() == reflect.Slice && t.Elem() == byteType:
		return AsBytes
	}
	return AsJSON
}

// checkDefault reports a default that cannot be given to its field.
func (b *inputBuilder) checkDefault(f *field) {
	switch {
	case f == b.whole:
		b.add(f.Go, "has a default, but it takes the whole body: give the handler's own value to an empty body")
	case f.As == AsFile:
		b.add(f.Go, "has a default, but it takes an uploaded file: use a pointer, which is nil when there is none")
	case f.located() && f.text == nil: // reported already
	default:
		if _, problem := textvalue.DefaultOf(f.typ, f.Default); problem != "" {
			b.add(f.Go, "%s", problem)
		}
	}
}
