package funcname

import "strings"

// Placeholder stands in the target of a rule for a part of the function's name:
// *=lambda:shop-{group}.
type Placeholder struct{ Text, Value string }

// Placeholders lists what there is, with the values for the function.
func Placeholders(function string) [3]Placeholder {
	group, own, _ := strings.Cut(function, ".")
	return [3]Placeholder{{"{group}", group}, {"{name}", group + "-" + own}, {"{function}", own}}
}

// Fill replaces the placeholders of a target.
func Fill(target, function string) string {
	p := Placeholders(function)
	return strings.NewReplacer(p[0].Text, p[0].Value, p[1].Text, p[1].Value, p[2].Text, p[2].Value).Replace(target)
}
