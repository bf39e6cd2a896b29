package fnlambda

import (
	"slices"
	"strings"
)

// origin is what stays of an event while its request is served: what is read
// only when somebody asks for it.
type origin struct {
	format         format
	header         merged
	cookies        []string // in the end the one value of a header
	pathParameters fields
	memory         memory
}

// headerValues returns the values of a header. They must not be changed.
func (o *origin) headerValues(name string) []string {
	if o.cookies != nil && strings.EqualFold(name, "Cookie") { // a Function URL has them in the header too
		return o.cookies
	}
	return o.header.get(name)
}

// headerNames lists the names that headerValues knows.
func (o *origin) headerNames() []string {
	names, _ := o.headerIndex()
	return names
}

// headerIndex returns the names, and headerValues for who asks for all of them.
func (o *origin) headerIndex() (names []string, valuesOf func(name string) []string) {
	names, values := o.header.index()
	if o.cookies != nil {
		names = slices.DeleteFunc(names, func(name string) bool { return strings.EqualFold(name, "Cookie") })
		names = append(names, "Cookie")
		values[folded("Cookie")] = o.cookies
	}
	return names, func(name string) []string { return values[folded(name)] }
}
