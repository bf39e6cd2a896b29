package bodysize

import (
	"strconv"
	"strings"

	"github.com/anygrain/anygrain/internal/rules"
)

// MostElements returns how many elements of a list can be stored before its rules are broken
// for certain, one more than they allow; 0 when they do not say.
func MostElements(tag string) int {
	own, _ := rules.CutDive(tag)
	most := 0
	for rule := range strings.SplitSeq(own, ",") {
		name, param, _ := strings.Cut(rule, "=")
		n, err := strconv.ParseInt(param, 0, 32)
		switch name {
		case "max", "lte", "len", "eq":
			n++
		case "lt":
		default:
			continue
		}
		if err == nil && n > 0 && (most == 0 || int(n) < most) {
			most = int(n)
		}
	}
	return most
}
