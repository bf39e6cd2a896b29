package model

import "strings"

// Requires reports whether the rules of the field itself, not those of its elements, have
// required.
func (f *Field) Requires() bool { return requires(f.Rules) }

// Requires reports whether the rules of the member itself have required.
func (m *Member) Requires() bool { return requires(m.Rules) }

func requires(rules string) bool {
	for rule := range strings.SplitSeq(rules, ",") {
		switch rule {
		case "required":
			return true
		case "dive":
			return false
		}
	}
	return false
}
