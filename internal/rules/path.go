package rules

import "strings"

// CutStep cuts the first step off a Go path: a field's name, or "[key]". A key ends
// at the first bracket after which a path can go on.
func CutStep(path string) (step, rest string) {
	if path[0] != '[' {
		path = strings.TrimPrefix(path, ".")
		if i := strings.IndexAny(path, ".["); i >= 0 {
			return path[:i], path[i:]
		}
		return path, ""
	}
	for i := range path {
		if path[i] == ']' && (i+1 == len(path) || path[i+1] == '.' || path[i+1] == '[') {
			return path[:i+1], path[i+1:]
		}
	}
	return path + "]", ""
}
