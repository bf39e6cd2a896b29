package randomreq

import (
	"math"
	"reflect"
	"strconv"
	"strings"
)

// rules is what of a validate tag decides which values are good.
type rules struct {
	named    map[string]string // by the names, with the parameters
	elements *rules            // behind dive
}

// parseRules reads a tag. What stands between keys and endkeys is left to chance.
func parseRules(tag string) *rules {
	own, within, dives := strings.Cut(","+tag+",", ",dive,")
	r := &rules{named: map[string]string{}}
	for rule := range strings.SplitSeq(strings.Trim(own, ","), ",") {
		first, _, _ := strings.Cut(rule, "|")
		name, param, _ := strings.Cut(first, "=")
		r.named[name] = param
	}
	if _, elements, ok := strings.Cut(within, "endkeys,"); ok {
		within = elements
	}
	if dives {
		r.elements = parseRules(strings.Trim(within, ","))
	}
	return r
}

// within returns the rules of the elements.
func (r *rules) within() *rules {
	if r.elements == nil {
		return parseRules("")
	}
	return r.elements
}

func (r *rules) has(name string) bool {
	_, ok := r.named[name]
	return ok
}

// bounds returns the least and the greatest length or number that the rules take.
func (r *rules) bounds(least, greatest float64) (low, high float64) {
	low, high = least, greatest
	for name, param := range r.named {
		n, err := strconv.ParseFloat(param, 64)
		if err != nil {
			continue
		}
		switch name {
		case "min", "gte":
			low = max(low, n)
		case "gt":
			low = max(low, n+1)
		case "max", "lte":
			high = min(high, n)
		case "lt":
			high = min(high, n-1)
		case "len", "eq":
			low, high = n, n
		}
	}
	if r.has("required") {
		low = max(low, 1)
	}
	return low, max(low, high)
}

// ofKind returns the bounds of a number of the type.
func (r *rules) ofKind(t reflect.Type) (low, high float64) {
	const near = 1 << 20 // where floats and ints are the same
	switch k := t.Kind(); {
	case k >= reflect.Int && k <= reflect.Int64:
		limit := math.Min(near, math.Ldexp(1, t.Bits()-1)-1)
		return r.bounds(-limit, limit)
	case k >= reflect.Uint && k <= reflect.Uint64:
		return r.bounds(0, math.Min(near, math.Ldexp(1, t.Bits())-1))
	}
	return r.bounds(-near, near)
}
