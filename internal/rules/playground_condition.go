//go:build !quickrules

package rules

// conditions are the rules about presence that depend on the values of other fields. A
// value that cannot be compared with the parameter is another one.
var conditions = map[string]func(ask asking, value any, param string) bool{
	"required_if":     func(ask asking, value any, param string) bool { return !ask.all(param) || ask.present(value) },
	"skip_unless":     func(ask asking, value any, param string) bool { return !ask.all(param) || ask.present(value) },
	"required_unless": func(ask asking, value any, param string) bool { return ask.any(param) || ask.present(value) },
	"excluded_if":     func(ask asking, value any, param string) bool { return !ask.all(param) || !ask.present(value) },
	"excluded_unless": func(ask asking, value any, param string) bool { return ask.any(param) || !ask.present(value) },
}

// asking asks validator for one rule on a value beside others.
type asking func(value any, rule string) (holds, panicked bool)

func (ask asking) present(value any) bool {
	holds, _ := ask(value, "required")
	return holds
}

// equal reports whether another field has a value: what is there is excluded if it does.
func (ask asking) equal(pair string) bool {
	excluded, panicked := ask(true, "excluded_if="+pair)
	return !excluded && !panicked
}

func (ask asking) all(param string) bool {
	for _, pair := range pairsOf(param) {
		if !ask.equal(pair) {
			return false
		}
	}
	return true
}

func (ask asking) any(param string) bool {
	for _, pair := range pairsOf(param) {
		if ask.equal(pair) {
			return true
		}
	}
	return false
}

// pairsOf splits the parameter of a condition into fields with their values.
func pairsOf(param string) []string {
	var pairs []string
	all := words().FindAllString(param, -1)
	for i := 0; i+1 < len(all); i += 2 {
		pairs = append(pairs, all[i]+" "+all[i+1])
	}
	return pairs
}
