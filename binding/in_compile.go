package binding

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/anygrain/anygrain/binding/internal/bodysize"
	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/textvalue"
)

// compiler turns a type into a plan and collects what is wrong with it.
type compiler struct {
	plan      *In
	problems  []Problem
	seen      map[reflect.Type]bool // the types that were inspected
	durations bool                  // JSON may have to be read as a time.Duration
	clocks    bool                  // there is a json.Number, or a type that has the JSON of a time.Time which it embeds
}

func newCompiler(t reflect.Type) *compiler {
	return &compiler{plan: &In{typ: t, json: withDurations(), shapes: shapes{}}, seen: map[reflect.Type]bool{}}
}

func (c *compiler) problem(field, format string, args ...any) {
	p := Problem{Field: fieldPath(c.plan.typ, "") + step(".", field), Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(c.problems, p) { // the body and the direct form share their fields
		c.problems = append(c.problems, p)
	}
}

func (c *compiler) compile() {
	t := c.plan.typ
	if t.Kind() == reflect.Pointer {
		c.problem("", "is a pointer: declare the input as %s", t.Elem())
		return
	}
	if t.Kind() != reflect.Struct || gotype.ReadsItself(t) {
		c.compileBare(t)
	} else {
		c.fields(t, nil, "")
		c.checkTogether()
		c.objects()
	}
	c.inspect()
	c.checkValidateMethods()
	switch {
	case c.clocks:
		c.plan.json = withTimes()
	case !c.durations:
		c.plan.json = withoutDurations()
	}
	c.plan.ruled = typeOfRules(t)
	if c.plan.bare && c.plan.ruled != nil {
		c.plan.maps = holdsMap(c.plan.ruled, map[reflect.Type]bool{})
		c.plan.whole.maps = c.plan.maps
	}
	if whole := c.plan.whole; whole != nil && whole.raw == notRaw {
		c.plan.lists = bodysize.OfValue(whole.Type, whole.Rules)
	}
	if c.plan.broken = len(c.problems) > 0; !c.plan.broken {
		c.plan.checks = newChecks(c.plan)
	}
}

// compileBare makes the type itself the whole body.
func (c *compiler) compileBare(t reflect.Type) {
	if t.Kind() == reflect.Interface && t.NumMethod() > 0 {
		c.problem("", `is an interface that nothing can be read into: declare a struct, with a field tagged body:"" for the whole body`)
		return
	}
	c.plan.bare = true
	c.plan.whole = &part{Field: Field{Where: Body, Type: t}, place: string(Body), raw: rawOf(t)}
	c.plan.parts = []*part{c.plan.whole}
	if t.Kind() == reflect.Struct {
		c.noPlaces(t)
	}
}

// noPlaces refuses tags that a type which reads itself from JSON would ignore.
func (c *compiler) noPlaces(t reflect.Type) {
	for sf := range gotype.Fields(t) {
		if where, _, _ := placeOf(sf); where != "" {
			c.problem(sf.Name, "has a %s tag, but %s reads itself from the body: remove the tag, or the type's unmarshal method (an embedded field may have brought it)", where, t)
		}
	}
}

// fields compiles the fields of a struct that is the In or is embedded in it.
func (c *compiler) fields(t reflect.Type, index []int, prefix string) {
	for sf := range gotype.Fields(t) {
		sf.Index = append(index[:len(index):len(index)], sf.Index...)
		path := prefix + sf.Name
		where, name, problem := placeOf(sf)
		for _, problem := range tagProblems(sf) {
			c.problem(path, "%s", problem)
		}
		switch {
		case problem != "":
			c.problem(path, "%s", problem)
		case where == "" && sf.Inlined():
			c.embedded(sf, path)
		case !sf.IsExported():
			c.unexported(sf, where, path)
		case where == "" && sf.Tag.Get("json") == "-":
			c.excluded(sf, path)
		case where == "" && misplaced(sf): // that it is a member of the body would be no news
		default:
			c.field(sf, where, name, path)
		}
	}
}

func (c *compiler) embedded(sf gotype.Field, path string) {
	switch {
	case sf.Type.Kind() == reflect.Pointer:
		c.problem(path, "is an embedded pointer, which would be there or not: embed %s itself, or give it a json name", sf.Type.Elem())
	case sf.Tag.Get("json") == "-":
		c.problem(path, `is an embedded struct with json:"-": its fields count as if they were written here, so put the tag on those of them that are not for clients`)
	case gotype.ReadsItself(sf.Type):
		c.problem(path, "is an embedded %s, which reads itself from JSON as a whole: give it a json name", sf.Type)
	default:
		c.fields(sf.Type, sf.Index, path+".")
	}
}

func (c *compiler) unexported(sf gotype.Field, where Where, path string) {
	tag, ok := sf.Tag.Lookup("json")
	_, hasDefault := sf.Tag.Lookup("default")
	switch {
	case where != "":
		c.problem(path, "has a %s tag but is not exported: write it with a capital letter", where)
	case ok && tag != "-":
		c.problem(path, "has a json tag but is not exported: write it with a capital letter")
	case hasDefault:
		c.problem(path, "has a default tag but is not exported: write it with a capital letter")
	}
}

func (c *compiler) excluded(sf gotype.Field, path string) {
	if _, ok := sf.Tag.Lookup("default"); ok {
		c.problem(path, `has a default and json:"-": no request can set it, so set it in the handler`)
	}
}

// field compiles one bound field.
func (c *compiler) field(sf gotype.Field, where Where, name, path string) {
	p := &part{Field: Field{Go: path, Where: where, Name: name, Type: sf.Type, Index: sf.Index}, order: len(c.plan.parts)}
	p.Default, p.HasDef = sf.Tag.Lookup("default")
	p.Rules = sf.Tag.Get("validate")
	p.Doc = sf.Tag.Get("doc")
	p.Required = isRequired(p.Rules)
	c.name(p, sf)
	c.take(p)
	if p.HasDef {
		c.setDefault(p)
	}
	p.maps = holdsMap(p.Type, map[reflect.Type]bool{})
	c.plan.maps = c.plan.maps || p.maps
	c.plan.parts = append(c.plan.parts, p)
}

// name sets the names that the part has in JSON and in violations.
func (c *compiler) name(p *part, sf gotype.Field) {
	name, options := sf.JSON()
	switch {
	case name != "":
		p.JSON = name
	case p.Where == "":
		p.JSON = sf.Name
	case p.Where == Body:
		p.JSON = string(Body)
	default:
		p.JSON = p.Name
	}
	if sf.HasOption("embed") {
		c.problem(p.Go, `has json:",embed", which an input cannot have beside other members: name the members, or take the whole body with body:""`)
	}
	if strings.ContainsAny(p.JSON, ",\\'\"`") {
		c.problem(p.Go, "has the name %q in JSON, which a json tag cannot say: give it another, as in json:\"name\"", p.JSON)
	}
	p.tag = p.JSON + options
	if p.tag == "-" {
		p.tag = "-,case:strict" // "-" alone would leave the member out
	}
	p.place = string(p.Where) + "." + p.Name
}

// take finds how the field is filled, and puts the part where it belongs.
func (c *compiler) take(p *part) {
	switch p.Where {
	case Path, Query, Head, Cookie, Form:
		c.takeText(p)
	case Body:
		p.place, p.raw = string(Body), rawOf(p.Type)
		c.takeWhole(p)
	default: // a member of the body
		p.Where, p.Name, p.place = Body, p.JSON, string(Body)+"."+p.JSON
	}
}

func (c *compiler) takeWhole(p *part) {
	if c.plan.whole != nil {
		c.problem(p.Go, `has body:"", and so has %s: there is one body, so keep one`, c.plan.whole.Go)
		return
	}
	c.plan.whole = p
}

func (c *compiler) takeText(p *part) {
	list := c.list(p.Where)
	*list = append(*list, p)
	if p.Where == Form {
		if p.file = fileOf(p.Type); p.file != notFile {
			return
		}
	}
	text, ok := textvalue.Of(textvalue.Place(p.Where), p.Type)
	switch {
	case !ok && elementBehind(p.Type) == reflect.TypeFor[url.URL]():
		c.problem(p.Go, "has the type %s, which does not read text: use a string with the rule url, or a type of your own with UnmarshalText and MarshalText", p.Type)
	case !ok:
		c.problem(p.Go, "has the type %s, which cannot be read from a %s: use a string, bool, number, time.Time, time.Duration, []byte or a type with UnmarshalText, or a pointer to or a slice of one%s", p.Type, p.Where, fileHint(p))
	case text.List && p.Where == Path:
		c.problem(p.Go, "is a slice, but a path has each wildcard once: declare it as %s", p.Type.Elem())
	}
	if p.text = text; ok && text.List {
		p.most = bodysize.MostElements(p.Rules)
	}
	p.date = ok && text.IsTime() && p.Where == Head && (p.Name == "If-Modified-Since" || p.Name == "If-Unmodified-Since")
}

func fileHint(p *part) string {
	if p.Where == Form {
		return ", or File"
	}
	return ""
}

// list returns the parts of a place that is not the body.
func (c *compiler) list(w Where) *[]*part {
	switch w {
	case Path:
		return &c.plan.path
	case Query:
		return &c.plan.query
	case Head:
		return &c.plan.header
	case Cookie:
		return &c.plan.cookie
	}
	return &c.plan.form
}

func (c *compiler) setDefault(p *part) {
	switch {
	case p == c.plan.whole:
		c.problem(p.Go, "has a default, but it takes the whole body: give the handler's own value to an empty body")
	case p.file != notFile:
		c.problem(p.Go, "has a default, but it takes an uploaded file: use a pointer, which is nil when there is none")
	case p.located() && p.text == nil: // reported already
	default:
		var problem string
		if p.defaults, problem = defaultsOf(p.Type, p.Default); problem != "" {
			c.problem(p.Go, "%s", problem)
		}
	}
}
