package quick

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// compileRule compiles one rule for values of the type, nil when that is left to
// validator.
func compileRule(t reflect.Type, rule string) valueCheck {
	name, param, hasParam := strings.Cut(rule, "=")
	if strings.ContainsAny(rule, "|'\"") || strings.Contains(param, "0x") {
		return nil // alternatives, quotes and escapes
	}
	if name == "required" && !hasParam {
		return required(t)
	}
	switch t.Kind() {
	case reflect.String:
		return stringRule(name, param, hasParam)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if t == reflect.TypeFor[time.Duration]() {
			return nil // its parameters can be durations
		}
		return intRule(name, param)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return uintRule(name, param)
	case reflect.Float64:
		return floatRule(name, param)
	case reflect.Slice, reflect.Array, reflect.Map:
		return lengthRule(name, param, func(v reflect.Value) int { return v.Len() })
	}
	return nil
}

// required is what has a value: lists and maps that are not nil, anything else
// that is not zero.
func required(t reflect.Type) valueCheck {
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

func lengthRule(name, param string, length func(reflect.Value) int) valueCheck {
	holds := compare(name)
	want, err := strconv.Atoi(param)
	if holds == nil || err != nil {
		return nil
	}
	return func(v reflect.Value) bool { return holds(length(v) - want) }
}

func intRule(name, param string) valueCheck {
	if name == "oneof" {
		list := strings.Fields(param)
		return func(v reflect.Value) bool { return slices.Contains(list, strconv.FormatInt(v.Int(), 10)) }
	}
	holds := compare(name)
	want, err := strconv.ParseInt(param, 10, 64)
	if holds == nil || err != nil || octal(param) {
		return nil
	}
	return func(v reflect.Value) bool { return holds(order(v.Int(), want)) }
}

func uintRule(name, param string) valueCheck {
	holds := compare(name)
	want, err := strconv.ParseUint(param, 10, 64)
	if holds == nil || err != nil || octal(param) {
		return nil
	}
	return func(v reflect.Value) bool { return holds(order(v.Uint(), want)) }
}

// octal reports whether validator reads the number with another base.
func octal(param string) bool {
	digits := strings.TrimLeft(param, "+-")
	return len(digits) > 1 && digits[0] == '0'
}

func floatRule(name, param string) valueCheck {
	holds := compare(name)
	want, err := strconv.ParseFloat(param, 64)
	if holds == nil || err != nil || name == "ne" {
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

func stringRule(name, param string, hasParam bool) valueCheck {
	switch name {
	case "eq":
		return func(v reflect.Value) bool { return v.String() == param }
	case "ne":
		return func(v reflect.Value) bool { return v.String() != param }
	case "oneof":
		list := strings.Fields(param)
		return func(v reflect.Value) bool { return slices.Contains(list, v.String()) }
	case "startswith":
		return func(v reflect.Value) bool { return strings.HasPrefix(v.String(), param) }
	case "endswith":
		return func(v reflect.Value) bool { return strings.HasSuffix(v.String(), param) }
	case "contains":
		return func(v reflect.Value) bool { return strings.Contains(v.String(), param) }
	}
	if shape := shapes[name]; shape != nil && !hasParam {
		return func(v reflect.Value) bool { return shape(v.String()) }
	}
	return lengthRule(name, param, runes)
}
