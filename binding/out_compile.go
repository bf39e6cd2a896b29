package binding

import (
	"fmt"
	"reflect"

	"github.com/anygrain/anygrain/internal/gotype"
)

// outCompiler builds the plan of an Out and collects what is wrong with it.
type outCompiler struct {
	plan     *Out
	problems []Problem
	bound    []outField // fields with a tag of their own
	members  []outField // the others: members of a JSON body
	pointers []outField // structs that are embedded by pointer
}

func (c *outCompiler) problem(field, format string, args ...any) {
	c.problems = append(c.problems, Problem{Field: fieldPath(c.plan.typed, field), Message: fmt.Sprintf(format, args...)})
}

func (c *outCompiler) compile() {
	p := c.plan
	if p.typ == nil {
		c.problems = append(c.problems, Problem{Field: "Out", Message: "there is no type to compile a plan for: want the type of a value"})
		return
	}
	p.typed = gotype.PointedStruct(p.typ)
	if p.typed.Kind() != reflect.Struct || kindOf(p.typ) == bodyStream || gotype.WritesItself(p.typed) {
		c.compileWhole()
		return
	}
	if problem := foreignForm(p.typed); problem != "" {
		c.problem("", "%s", problem)
	}
	c.walk(p.typed, nil, "", []reflect.Type{p.typed})
	c.members = dominant(c.members)
	c.bindAll()
	c.compileBody()
	c.compileDirect()
	c.listFields()
}

// compileWhole compiles a type whose value is the body as it is.
func (c *outCompiler) compileWhole() {
	p := c.plan
	if p.typed.Kind() == reflect.Struct {
		c.refuseTags()
	}
	p.typed = p.typ
	p.body.kind = kindOf(p.typ)
	p.fields = []Field{{Where: Body, Type: p.typ}}
	if p.body.kind == bodyJSON {
		c.checkJSON("", p.typ)
	}
}

// refuseTags refuses tagged fields in a struct that is a body as a whole.
func (c *outCompiler) refuseTags() {
	for sf := range gotype.Fields(c.plan.typed) {
		if where, _ := c.tagOf(sf, sf.Name); where != "" {
			c.problem(sf.Name, "is bound to the %s, but the type is an io.Reader or has a JSON or text form of its own, which is the whole reply: remove the tag or the methods", where)
		}
	}
}

// compileBody decides what the body is once all fields are known.
func (c *outCompiler) compileBody() {
	p := c.plan
	switch {
	case p.body.at.index != nil:
		for _, m := range c.members {
			c.problem(m.path, `is a member of a JSON body, but %s is the whole body: bind it to a header or a cookie, leave it out with json:"-", or make it a part of %s`, p.body.at.field, p.body.at.field)
		}
		return
	case len(c.members) == 0:
		p.empty = true
		c.refuseHidden()
		return
	}
	p.body.kind = bodyJSON
	for _, m := range c.members {
		c.checkJSON(m.path, m.sf.Type)
	}
	if len(c.bound) > 0 {
		p.body.view = newOutView(membersOf(c.members))
	}
}

// refuseHidden refuses a struct that has fields of which none can be written.
func (c *outCompiler) refuseHidden() {
	if n := c.plan.typed.NumField(); n > 0 && len(c.bound) == 0 && len(c.pointers) == 0 && !c.leavesOut() {
		c.problem("", "has %d fields and none is exported, so that the reply would say nothing: export them, or use struct{} for a reply without a body", n)
	}
}

// leavesOut reports whether a field is left out on purpose.
func (c *outCompiler) leavesOut() bool {
	for sf := range gotype.Fields(c.plan.typed) {
		if sf.Anonymous || sf.Name == "_" || sf.Tag.Get("json") == "-" {
			return true
		}
	}
	return false
}

// listFields lists the fields for descriptions, in the order of declaration.
func (c *outCompiler) listFields() {
	for _, f := range append(c.bound, c.members...) {
		d := Field{
			Go: f.path, Where: f.where, Name: f.tag, JSON: f.json, Type: f.sf.Type,
			Rules: f.sf.Tag.Get("validate"), Doc: f.sf.Tag.Get("doc"), Index: f.index,
		}
		if f.where == "" {
			d.Where, d.Name = Body, f.json
		}
		c.plan.fields = append(c.plan.fields, d)
	}
	sortByIndex(c.plan.fields)
}
