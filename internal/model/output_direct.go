package model

import "strings"

// checkDirect checks the direct form, in which all fields are members of one object.
func (b *outputBuilder) checkDirect() {
	if len(b.bound) == 0 && len(b.members) > 0 {
		b.checkNames(b.members)
		b.probeWritten("", b.of)
	}
	var all []*field
	for _, f := range b.fields() {
		f.Tag = f.objectTag()
		if f.tag != "-" {
			all = append(all, f)
		}
	}
	if len(b.bound) == 0 && len(b.members) > 0 || b.checkNames(all) || len(b.list) > 0 {
		return
	}
	b.probeWritten("", objectOf(all))
}

// checkNames refuses names that cannot be, or that two members share.
func (b *outputBuilder) checkNames(fields []*field) (refused bool) {
	seen := map[string]*field{}
	for _, f := range fields {
		switch other, taken := seen[f.JSON]; {
		case f.bound && (f.JSON == "-" || strings.ContainsAny(f.JSON, "\\,'\"`")):
			b.add(f.Go, `cannot be called %q in the JSON of direct invokes: give it a name there with json:"name"`, f.JSON)
			refused = true
		case taken && f.bound && other.bound && f.Place == other.Place && f.tag == other.tag:
			refused = true // two of one place, which is reported already
		case taken:
			b.add(f.Go, `is called %q in JSON, as is %s: give one another name with json:"name"`, f.JSON, other.Go)
			refused = true
		}
		seen[f.JSON] = f
	}
	return refused
}

// objectTag is the json tag of the field in an object: its name there and its options.
func (f *field) objectTag() string {
	_, options := splitTag(f.tag)
	switch {
	case options == "":
		return f.JSON
	case strings.Contains(options+",", ",embed,"):
		return f.tag // its members have names, it has none
	}
	return f.JSON + options
}

// splitTag splits a json tag into the name that it gives and its options with their comma.
func splitTag(tag string) (name, options string) {
	name, options, found := strings.Cut(tag, ",")
	if found {
		options = "," + options
	}
	return name, options
}
