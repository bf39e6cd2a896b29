// Package gotype answers what the rest of the repository asks of a Go type: which fields a
// struct has and what their json tags say, whether a type has a JSON form of its own, and
// what stands behind pointers. It is the one place that goes through the fields of a struct
// by reflection, so that nobody has an opinion of their own about which fields there are.
package gotype
