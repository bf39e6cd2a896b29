package binding

import (
	"encoding"
	"errors"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/anygrain/anygrain/internal/gotype"
	"github.com/anygrain/anygrain/internal/promotion"
)

// inspect walks the types that the In's values are made of, notes their shapes,
// and reports what JSON cannot be read into, so that it shows at registration
// and not with the first request.
func (c *compiler) inspect() {
	if c.plan.bare {
		c.inspectType("", c.plan.typ)
		return
	}
	c.checkForm("", c.plan.typ)
	for _, p := range c.plan.parts {
		switch {
		case p.text != nil:
			c.inspectText(p)
			c.note(p.Type)
		case p.raw == rawReader, p.located() && p.file == notFile: // not JSON, or reported already
		default:
			c.inspectType(p.Go, p.Type)
		}
	}
	for _, o := range []*object{c.plan.body, c.plan.direct} {
		if o != nil && o.view != nil {
			c.probe("", o.view.typ)
		} else if o != nil {
			c.probe("", c.plan.typ)
		}
	}
}

// unmarshalerFromType is what types have that read the JSON of anything within
// them with the options of the whole.
var unmarshalerFromType = reflect.TypeFor[json.UnmarshalerFrom]()

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

var textMarshalers = []reflect.Type{
	reflect.TypeFor[encoding.TextMarshaler](),
	reflect.TypeFor[encoding.TextAppender](),
	reflect.TypeFor[json.Marshaler](),
	reflect.TypeFor[json.MarshalerTo](),
}

// inspectText reports a type that can be read from text and not written as it:
// a call from another unit writes it.
func (c *compiler) inspectText(p *part) {
	t := p.Type
	if p.text.List || p.text.Pointer {
		t = t.Elem()
	}
	c.durations = c.durations || gotype.IsDuration(t)
	c.noteClock(t)
	if problem := foreignText(t); problem != "" {
		c.problem(p.Go, "%s", problem)
	}
	if !reflect.PointerTo(t).Implements(textUnmarshalerType) {
		return
	}
	for _, m := range textMarshalers {
		if reflect.PointerTo(t).Implements(m) {
			return
		}
	}
	c.problem(p.Go, "has the type %s, which has UnmarshalText and no MarshalText: a call of the function from another unit writes it as JSON, so add MarshalText", p.Type)
}

// noteClock notes types that would be read by the rules of package time, which takes more,
// and numbers that would be text.
func (c *compiler) noteClock(t reflect.Type) {
	c.clocks = c.clocks || gotype.IsNumber(t)
	if !gotype.IsTime(t) && !c.clocks {
		_, c.clocks = promotion.Time(t, timeType)
	}
}

// note remembers the shape of a type without asking whether JSON can be read into it.
func (c *compiler) note(t reflect.Type) {
	if t = gotype.Indirect(t); t.Kind() == reflect.Slice {
		t = gotype.Indirect(t.Elem())
	}
	if t.Kind() == reflect.Struct {
		c.plan.shapes.add(t)
	}
}

// inspectType reports what in a type JSON cannot be read into.
func (c *compiler) inspectType(path string, t reflect.Type) {
	if c.seen[t] {
		return
	}
	c.seen[t] = t.Name() != "" // only through its name can a type contain itself
	c.checkForm(path, t)
	c.durations = c.durations || gotype.IsDuration(t) || reflect.PointerTo(t).Implements(unmarshalerFromType)
	c.noteClock(t)
	switch t.Kind() {
	case reflect.Struct:
		c.inspectStruct(path, t)
		return
	case reflect.Pointer:
		c.inspectType(path, t.Elem())
		return
	}
	if gotype.ReadsItself(t) {
		return
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		c.inspectType(path+"[]", t.Elem())
	case reflect.Map:
		c.inspectKey(path, t.Key())
		c.inspectType(path+"[key]", t.Elem())
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		c.problem(path, "has the type %s, which JSON has no form for: %s", t, without(path))
	case reflect.Interface:
		if t.NumMethod() > 0 {
			c.problem(path, `has the type %s, an interface, and JSON does not say which type to make: use a concrete type or any, or %s`, t, without(path))
		}
	}
}

func (c *compiler) inspectKey(path string, t reflect.Type) {
	switch k := t.Kind(); {
	case gotype.ReadsItself(t), k == reflect.String, k >= reflect.Int && k <= reflect.Float64:
	default:
		c.problem(path, "is a map with keys of type %s: JSON names its members by strings, so use a string, a number or a type with UnmarshalText", t)
	}
}

func (c *compiler) inspectStruct(path string, t reflect.Type) {
	c.plan.shapes.add(t)
	if gotype.ReadsItself(t) {
		return
	}
	c.probe(path, t)
	for sf := range gotype.Fields(t) {
		tag := sf.Tag.Get("json")
		if _, ok := sf.Tag.Lookup("default"); ok {
			c.problem(join(path, sf.Name), "has a default inside a value of the body, where it is never applied: only the fields of the input itself have defaults")
		}
		for _, problem := range tagProblems(sf) {
			c.problem(join(path, sf.Name), "%s", problem)
		}
		if tag != "-" && (sf.IsExported() || sf.Anonymous) {
			c.inspectType(join(path, sf.Name), sf.Type)
		}
	}
}

// without says what to do without a type that stands at a Go path.
func without(path string) string {
	if strings.Trim(path, "[]key") == "" {
		return "use another type"
	}
	return `exclude the field with json:"-"`
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// probe lets the JSON package read an empty object into the struct, which tells
// what it finds wrong with the tags and runs no method of its fields.
func (c *compiler) probe(path string, t reflect.Type) {
	err := json.Unmarshal([]byte("{}"), reflect.New(t).Interface(), c.plan.json.lenient...)
	if semantic, ok := errors.AsType[*json.SemanticError](err); ok && semantic.Err != nil {
		err = semantic.Err
	}
	if err != nil {
		c.problem(path, "the JSON package refuses it: %v", err)
	}
}
