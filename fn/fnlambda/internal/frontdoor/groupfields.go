package frontdoor

import (
	"net/textproto"
	"strings"

	"github.com/anygrain/anygrain/binding"
)

// fewFields is how many fields are compared each with each. Of more, names are looked
// up, so that the time grows with their number and not with its square.
const fewFields = 16

// grouped returns the fields with those of one name next to each other, the
// names in the order in which they first came.
func grouped(header binding.Header) binding.Header {
	if len(header) <= fewFields && isGrouped(header) {
		return header
	}
	groups := make(map[string]int, len(header)) // by name
	var sizes []int
	for _, f := range header {
		name := textproto.CanonicalMIMEHeaderKey(f.Name)
		if _, known := groups[name]; !known {
			groups[name] = len(sizes)
			sizes = append(sizes, 0)
		}
		sizes[groups[name]]++
	}
	next := starts(sizes)
	sorted := make(binding.Header, len(header))
	for _, f := range header {
		group := groups[textproto.CanonicalMIMEHeaderKey(f.Name)]
		sorted[next[group]] = f
		next[group]++
	}
	return sorted
}

// starts says where each of the groups begins that follow each other.
func starts(sizes []int) []int {
	at, sum := make([]int, len(sizes)), 0
	for i, size := range sizes {
		at[i] = sum
		sum += size
	}
	return at
}

// isGrouped reports whether fields of one name stand next to each other already.
func isGrouped(header binding.Header) bool {
	for i := 1; i < len(header); i++ {
		name := header[i].Name
		if strings.EqualFold(header[i-1].Name, name) {
			continue
		}
		for _, before := range header[:i-1] {
			if strings.EqualFold(before.Name, name) {
				return false
			}
		}
	}
	return true
}

// countOfFirst is how many fields at the beginning have the first one's name.
func countOfFirst(header binding.Header) int {
	n := 1
	for n < len(header) && strings.EqualFold(header[n].Name, header[0].Name) {
		n++
	}
	return n
}
