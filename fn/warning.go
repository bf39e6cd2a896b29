package fn

// warnings is what may not be meant in the declarations of a unit's functions. Of a type that
// several have, the first tells.
func (u *Unit) warnings() []Problem {
	var told []Problem
	type at struct{ field, message string }
	seen := map[at]bool{}
	for _, f := range u.Functions() {
		if f.d.codecs == nil {
			continue
		}
		for _, p := range f.d.input().RuleWarnings(u.validator) {
			if !seen[at{p.Field, p.Message}] {
				seen[at{p.Field, p.Message}] = true
				told = append(told, Problem{Function: f.d.name, Place: f.d.at(), Field: p.Field, Message: p.Message})
			}
		}
	}
	return told
}
