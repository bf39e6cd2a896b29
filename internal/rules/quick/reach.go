package quick

import (
	"reflect"
	"strings"
)

// pointer follows a pointer to what is behind it. A nil pointer breaks no rule but
// required.
func (c *compiler) pointer(t reflect.Type, rules []string) valueCheck {
	if t.Elem().Kind() == reflect.Pointer && t.Name() != "" { // which can lead to itself
		return c.fail()
	}
	missing := c.missing(t, rules)
	inner := c.value(t.Elem(), rules, true)
	return func(v reflect.Value, to *report) bool {
		switch {
		case !v.IsNil():
			return inner == nil || inner(v.Elem(), to)
		case missing == nil:
			return true
		}
		return missing(v, to)
	}
}

// missing is the check of a nil pointer, nil when that is valid.
func (c *compiler) missing(t reflect.Type, rules []string) valueCheck {
	for _, rule := range rules {
		switch rule {
		case "omitempty", "omitnil", "dive":
			return nil
		case "required":
			return c.rule(t, rule, func(reflect.Value) bool { return false })
		}
	}
	return nil
}

// dive goes into the elements of a list or map.
func (c *compiler) dive(t reflect.Type, rules []string) valueCheck {
	if len(rules) > 0 && rules[0] == "keys" {
		return c.fail()
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return inList(c.value(t.Elem(), rules, false))
	case reflect.Map:
		return c.inMap(t.Key(), c.value(t.Elem(), rules, false))
	}
	return c.fail()
}

func inList(check valueCheck) valueCheck {
	return func(v reflect.Value, to *report) bool {
		valid := true
		for i := 0; check != nil && i < v.Len() && (to == nil || !to.enough); i++ {
			if to == nil {
				if !check(v.Index(i), nil) {
					return false
				}
				continue
			}
			around := to.enterElement(i)
			valid = check(v.Index(i), to) && valid
			to.leave(around)
		}
		return valid
	}
}

// inMap goes into the values of a map. What is wrong where the keys are no plain texts is left
// to validator: how it writes them is its own affair.
func (c *compiler) inMap(key reflect.Type, check valueCheck) valueCheck {
	plain := key.Kind() == reflect.String && key.NumMethod() == 0
	c.unsure = c.unsure || !plain && check != nil
	return func(v reflect.Value, to *report) bool {
		valid := true
		for r := v.MapRange(); check != nil && r.Next() && (to == nil || !to.enough); {
			if to == nil || !plain {
				if !check(r.Value(), nil) {
					to.ask()
					return false
				}
				continue
			}
			around := to.enterKey(r.Key().String())
			valid = check(r.Value(), to) && valid
			to.leave(around)
		}
		return valid
	}
}

// predicate is a test of a value.
type predicate func(v reflect.Value) bool

// rule is the check of one rule.
func (c *compiler) rule(t reflect.Type, rule string, holds predicate) valueCheck {
	r := &Rule{typ: t, words: c.words}
	r.Name, r.Param, _ = strings.Cut(rule, "=")
	return func(v reflect.Value, to *report) bool {
		if holds(v) {
			return true
		}
		to.broken(r)
		return false
	}
}
