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
	names := o.header.names()
	if o.cookies == nil {
		return names
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.EqualFold(name, "Cookie") })
	return append(names, "Cookie")
}
