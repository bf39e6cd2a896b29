// Package rules applies the rules of validate tags to Go values, for inputs (package binding)
// and configs (package config) alike. A Set is the rules of go-playground/validator, which
// defines what each of them means, with those of an app.
//
// It speaks of Go: a failure has the path of a field, the rule with its parameter, and in
// words what is expected. Binding makes a location in a request of the path, config the name
// of a variable.
//
// Who is asked about a value:
//
//	Set            judges by the rules that package quick knows, which are most of them,
//	  quick        and asks validator about everything else
//	  validator    is given tags as it takes them without panicking (playground_tag.go), but not
//	               values that it would write too much about (pathlength.go)
//
// When a program starts, Set.Check holds the tags of a type against the types they stand on,
// since validator finds a bad tag by a panic at the first request.
package rules
