package rules

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/anygrain/anygrain/internal/gotype"
)

// namesField are the rules whose parameter is a field with which a value is compared.
var namesField = []string{"eqfield", "nefield", "gtfield", "gtefield", "ltfield", "ltefield", "eqcsfield", "necsfield", "gtcsfield",
	"gtecsfield", "ltcsfield", "ltecsfield", "fieldcontains", "fieldexcludes", "postcode_iso3166_alpha2_field"}

// namesFields are the rules whose parameter is a list of fields.
var namesFields = []string{"required_with", "required_with_all", "required_without", "required_without_all",
	"excluded_with", "excluded_with_all", "excluded_without", "excluded_without_all"}

// namesValues are the rules whose parameter is a list of fields with a value each.
var namesValues = []string{"required_if", "required_unless", "excluded_if", "excluded_unless", "skip_unless"}

// aboutOthers reports whether a rule looks at other fields, so that it cannot
// be tried on a value by itself.
func aboutOthers(rule string) bool {
	return slices.Contains(namesField, rule) || slices.Contains(namesFields, rule) || slices.Contains(namesValues, rule)
}

// others checks the fields that a rule of a field names, as the validator looks for them: from
// the struct that the field stands in.
func (c *ruleCheck) others(at ruleSpot, name, rule string) {
	_, param, _ := strings.Cut(rule, "=")
	named := words().FindAllString(param, -1)
	switch {
	case len(named) == 0:
		c.problem(at.path, "the rule %q names no field; write one, as in %s=Name", rule, name)
	case slices.Contains(namesValues, name):
		c.values(at, named, rule)
	case slices.Contains(namesField, name):
		c.other(at, param, rule)
	default:
		for _, field := range named {
			c.other(at, field, rule)
		}
	}
}

// words are what validator splits a parameter into: a text with spaces stands in quotes.
var words = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`'[^']*'|\S+`) })

// values checks a list of fields with a value each.
func (c *ruleCheck) values(at ruleSpot, named []string, rule string) {
	if len(named)%2 != 0 {
		c.problem(at.path, "the rule %q has a field without a value; write pairs of a field and a value, with '' around a value with spaces", rule)
		return
	}
	seen := map[string]bool{}
	for i := 0; i < len(named); i += 2 {
		field, value := named[i], strings.Trim(named[i+1], "'")
		t, ok := c.other(at, field, rule)
		switch {
		case seen[field]:
			c.problem(at.path, "the rule %q names the field %q twice, which the validator does not take; write two rules", rule, field)
		case ok && !comparesWith(t, value):
			c.problem(at.path, "the rule %q compares the field %q, which is %s, with %q; write a value that it can have", rule, field, t, value)
		}
		seen[field] = true
	}
}

// comparesWith reports whether validator can compare a field of the type with the text. Of
// what the type does not say it cannot be known.
func comparesWith(t reflect.Type, text string) bool {
	var err error
	switch t = gotype.Indirect(t); t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		_, err = strconv.ParseInt(text, 0, 64)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		_, err = strconv.ParseUint(text, 0, 64)
	case reflect.Float32, reflect.Float64:
		_, err = strconv.ParseFloat(text, 64)
	case reflect.Bool:
		return text == "true" || text == "false" || text == "nil"
	case reflect.Slice, reflect.Map, reflect.Array:
		_, err = strconv.ParseInt(text, 0, 64)
	}
	return err == nil || text == "nil"
}

// other checks one field that a rule names, and returns its type; it is not ok when that
// cannot be known.
func (c *ruleCheck) other(at ruleSpot, named, rule string) (t reflect.Type, ok bool) {
	if named == at.field {
		c.problem(at.path, "the rule %q names the field %q, on which it stands itself; name another one", rule, named)
		return nil, false
	}
	t = at.parent
	for step, rest := "", named; rest != ""; {
		if t = gotype.Indirect(t); t.Kind() == reflect.Interface {
			return nil, false
		}
		step, rest = CutStep(rest)
		if strings.HasPrefix(step, "[") {
			elem, has := elementOf(t)
			if !has {
				c.problem(at.path, "the rule %q names the field %q, but %s has no elements", rule, named, t)
				return nil, false
			}
			t = elem
			continue
		}
		f, has := fieldNamed(t, step)
		if !has {
			c.problem(at.path, "the rule %q names the field %q, which %s does not have%s", rule, named, t, goName(t, step))
			return nil, false
		}
		t = f.Type
	}
	return t, true
}

// fieldNamed returns the exported field of that name.
func fieldNamed(t reflect.Type, name string) (reflect.StructField, bool) {
	if t.Kind() != reflect.Struct {
		return reflect.StructField{}, false
	}
	f, ok := t.FieldByName(name)
	return f, ok && (f.IsExported() || f.Anonymous)
}

// goName suggests the field that a client knows by the name, or that differs in the case of
// its letters.
func goName(t reflect.Type, name string) string {
	if t.Kind() != reflect.Struct {
		return ""
	}
	for _, f := range reflect.VisibleFields(t) {
		source, _ := sourceOf(gotype.Field{StructField: f})
		member, _ := gotype.Field{StructField: f}.JSON()
		if f.IsExported() && (member == name || strings.EqualFold(source, name) || strings.EqualFold(f.Name, name)) {
			return ": rules name fields as Go does, so write " + f.Name
		}
	}
	return ": rules name fields as Go does"
}

// unique checks a rule that there are no two equal elements, or none with an equal field.
func (c *ruleCheck) unique(at ruleSpot, t reflect.Type, rule string) {
	_, field, has := strings.Cut(rule, "=")
	if t = gotype.Indirect(t); t.Kind() == reflect.Interface {
		return
	}
	elem, isList := elementOf(t)
	switch {
	case !has && isList:
		c.alone(t, "unique", rule, at.path)
	case !has, isList && gotype.Indirect(elem).Kind() != reflect.Struct:
		c.problem(at.path, "the rule %q cannot stand on %s; remove it or change the type", rule, t)
	case isList:
		c.other(ruleSpot{parent: elem, path: at.path}, field, rule)
	default:
		c.other(at, field, rule)
	}
}
