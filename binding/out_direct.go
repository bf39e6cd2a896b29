package binding

import (
	"slices"
	"sort"
	"strings"
)

// compileDirect makes the direct form, unless it is the JSON body as it is.
func (c *outCompiler) compileDirect() {
	p := c.plan
	if len(c.bound) == 0 && !p.empty {
		c.refuseNames(c.members)
		c.probe("", p.typed)
		return
	}
	var all []outField
	for _, f := range append(c.bound[:len(c.bound):len(c.bound)], c.members...) {
		if f.sf.Tag.Get("json") != "-" {
			all = append(all, f)
		}
	}
	sort.Slice(all, func(i, j int) bool { return slices.Compare(all[i].index, all[j].index) < 0 })
	if c.refuseNames(all) || len(c.problems) > 0 {
		return
	}
	p.direct = newOutView(membersOf(all))
	c.probe("", p.direct.typ)
}

// refuseNames refuses names that cannot be, or that two members share.
func (c *outCompiler) refuseNames(fields []outField) (refused bool) {
	seen := map[string]outField{}
	for _, f := range fields {
		switch other, taken := seen[f.json]; {
		case f.where != "" && (f.json == "-" || strings.ContainsAny(f.json, "\\,'\"`")):
			c.problem(f.path, `cannot be called %q in the JSON of direct invokes: give it a name there with json:"name"`, f.json)
			refused = true
		case taken && f.where != "" && f.where == other.where && f.sf.Tag.Get("json") == other.sf.Tag.Get("json"):
			refused = true // two of one place, which is reported already
		case taken:
			c.problem(f.path, `is called %q in JSON, as is %s: give one another name with json:"name"`, f.json, other.path)
			refused = true
		}
		seen[f.json] = f
	}
	return refused
}

// membersOf says what a view of the fields is made of.
func membersOf(fields []outField) []viewMember {
	var members []viewMember
	for _, f := range fields {
		members = append(members, viewMember{
			viewField: viewField{index: f.index, stream: f.where == Body && kindOf(f.sf.Type) == bodyStream},
			name:      f.sf.Name, typ: f.sf.Type, tag: f.viewTag(),
		})
	}
	return members
}

// viewTag is the json tag of the field in a view: its name there and its options.
func (f *outField) viewTag() string {
	tag := f.sf.Tag.Get("json")
	_, options, more := strings.Cut(tag, ",")
	switch {
	case !more:
		return f.json
	case slices.Contains(strings.Split(options, ","), "embed"):
		return tag // its members have names, it has none
	default:
		return f.json + "," + options
	}
}
