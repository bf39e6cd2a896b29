package quick

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// compileRule compiles one rule for values of the type, nil when that is left to
// validator.
func (c *compiler) compileRule(t reflect.Type, rule string) valueCheck {
	name, param, hasParam := strings.Cut(rule, "=")
	if strings.ContainsAny(rule, "|'\"") || strings.Contains(param, "0x") {
		return nil // alternatives, quotes and escapes
	}
	if form, ok := forms[name]; ok && t.Kind() == reflect.String && !hasParam {
		return c.rule(t, rule, func(v reflect.Value) bool { return form(v.String()) })
	}
	holds := predicateOf(t, name, param, hasParam)
	if holds == nil {
		return nil
	}
	return c.rule(t, rule, holds)
}

// predicateOf returns what a rule says of values of the type, no more and no less, nil
// when only validator knows.
func predicateOf(t reflect.Type, name, param string, hasParam bool) predicate {
	if name == "required" && !hasParam {
		return required(t)
	}
	switch t.Kind() {
	case reflect.String:
		return stringRule(name, param)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if t == reflect.TypeFor[time.Duration]() {
			return durationRule(name, param)
		}
		return intRule(name, param)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return uintRule(name, param)
	case reflect.Float64:
		return floatRule(name, param)
	case reflect.Slice, reflect.Array, reflect.Map:
		return lengthRule(name, param, reflect.Value.Len)
	}
	return nil
}

// required is what has a value: lists and maps that are not nil, anything else
// that is not zero.
func required(t reflect.Type) predicate {
	switch t.Kind() {
	case reflect.Func, reflect.Chan:
		return nil
	case reflect.String:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	}
	return func(v reflect.Value) bool { return !empty(v) }
}

// compare returns the comparison of a rule with its parameter: what is compared
// with the parameter is negative, zero or positive.
func compare(name string) func(order int) bool {
	switch name {
	case "min", "gte":
		return func(order int) bool { return order >= 0 }
	case "max", "lte":
		return func(order int) bool { return order <= 0 }
	case "gt":
		return func(order int) bool { return order > 0 }
	case "lt":
		return func(order int) bool { return order < 0 }
	case "len", "eq":
		return func(order int) bool { return order == 0 }
	case "ne":
		return func(order int) bool { return order != 0 }
	}
	return nil
}

func lengthRule(name, param string, length func(reflect.Value) int) predicate {
	holds := compare(name)
	want, err := strconv.ParseInt(param, 10, 64)
	if holds == nil || err != nil || octal(param) {
		return nil
	}
	return func(v reflect.Value) bool { return holds(order(int64(length(v)), want)) }
}

func intRule(name, param string) predicate {
	if name == "oneof" {
		list, known := choices(param)
		if !known {
			return nil
		}
		return func(v reflect.Value) bool { return slices.Contains(list, strconv.FormatInt(v.Int(), 10)) }
	}
	holds := compare(name)
	want, err := strconv.ParseInt(param, 10, 64)
	if holds == nil || err != nil || octal(param) {
		return nil
	}
	return func(v reflect.Value) bool { return holds(order(v.Int(), want)) }
}

// durationRule compares with a duration, or a number of nanoseconds.
func durationRule(name, param string) predicate {
	holds := compare(name)
	want, err := time.ParseDuration(param)
	if holds == nil || err != nil {
		return intRule(name, param)
	}
	return func(v reflect.Value) bool { return holds(order(v.Int(), int64(want))) }
}

func uintRule(name, param string) predicate {
	holds := compare(name)
	want, err := strconv.ParseUint(param, 10, 64)
	if holds == nil || err != nil || octal(param) {
		return nil
	}
	return func(v reflect.Value) bool { return holds(order(v.Uint(), want)) }
}

// choices are the texts of a oneof. They are not known when another space than " "
// may separate them, of which validator has its own opinion.
func choices(param string) (list []string, known bool) {
	if strings.ContainsFunc(param, func(c rune) bool { return c != ' ' && (unicode.IsSpace(c) || c == utf8.RuneError) }) {
		return nil, false
	}
	return strings.Fields(param), true
}

// octal reports whether validator reads the number with another base.
func octal(param string) bool {
	digits := strings.TrimLeft(param, "+-")
	return len(digits) > 1 && digits[0] == '0'
}

func floatRule(name, param string) predicate {
	holds := compare(name)
	want, err := strconv.ParseFloat(param, 64)
	if holds == nil || err != nil || name == "ne" || want != want { // NaN
		return nil
	}
	return func(v reflect.Value) bool {
		f := v.Float()
		return f == f && holds(order(f, want)) // not NaN
	}
}

func order[T int64 | uint64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func runes(v reflect.Value) int { return utf8.RuneCountInString(v.String()) }

func stringRule(name, param string) predicate {
	switch name {
	case "eq":
		return func(v reflect.Value) bool { return v.String() == param }
	case "ne":
		return func(v reflect.Value) bool { return v.String() != param }
	case "oneof":
		list, known := choices(param)
		if !known {
			return nil
		}
		return func(v reflect.Value) bool { return slices.Contains(list, v.String()) }
	case "startswith":
		return func(v reflect.Value) bool { return strings.HasPrefix(v.String(), param) }
	case "endswith":
		return func(v reflect.Value) bool { return strings.HasSuffix(v.String(), param) }
	case "contains":
		return func(v reflect.Value) bool { return strings.Contains(v.String(), param) }
	}
	return lengthRule(name, param, runes)
}
