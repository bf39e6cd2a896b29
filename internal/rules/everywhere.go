package rules

import (
	"reflect"
	"strings"
	"time"
)

// Whether a program starts must not depend on what a rule says of a default, unless it says
// the same on every machine, on every day and beside any other values.

// HoldEverywhere reports whether a rule of go-playground/validator says the same of a value of
// the type, or of what it holds, wherever, whenever and beside whatever it is asked. The
// rule is as a failure names it: "min", or alternatives such as "file|dir" and "gt=3|lt=1".
func HoldEverywhere(t reflect.Type, rule string) bool {
	for alternative := range strings.SplitSeq(rule, "|") {
		name, _, _ := strings.Cut(alternative, "=")
		if asksTheMachine(name) || asksOthers(name) || asksTheClock(name) && holdsTime(t) {
			return false
		}
	}
	return true
}

// asksTheMachine reports whether a rule looks at files, names of hosts or the database of
// time zones.
func asksTheMachine(rule string) bool {
	switch rule {
	case "file", "filepath", "dir", "dirpath", "image", "mimetype", "timezone", "unix_addr", "uds_exists",
		"tcp_addr", "tcp4_addr", "tcp6_addr", "udp_addr", "udp4_addr", "udp6_addr", "ip_addr", "ip4_addr", "ip6_addr":
		return true
	}
	return false
}

// asksOthers reports whether a rule looks at other fields, or is code that may.
func asksOthers(rule string) bool {
	return strings.HasPrefix(rule, "required_") || strings.HasPrefix(rule, "excluded_") || strings.HasPrefix(rule, "skip_") ||
		strings.HasSuffix(rule, "field") || strings.HasPrefix(rule, "field") || rule == "validateFn"
}

// asksTheClock reports whether a rule compares a time with now, whatever its parameter.
func asksTheClock(rule string) bool {
	switch rule {
	case "gt", "gte", "lt", "lte", "min", "max":
		return true
	}
	return false
}

// mostLayers is more than a type that text is read as has around its time.
const mostLayers = 8

func holdsTime(t reflect.Type) bool {
	for range mostLayers {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
		default:
			return t.ConvertibleTo(timeType)
		}
	}
	return false
}

// KnowsZones reports whether this machine, or this program, knows the names of time zones:
// every database has this one.
func KnowsZones() bool {
	_, err := time.LoadLocation("Europe/Paris")
	return err == nil
}
