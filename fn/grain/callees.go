package grain

import (
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// Callees is the setting that tells every unit where the functions of the others
// are, in the form of package remote, as short as it can be. Target is what
// stands in front of a unit's name: "lambda:shop-".
func Callees(d *fn.Description, units []Unit, target string) string {
	if len(units) == 1 {
		return "*=" + target + units[0].Name
	}
	home := homes(units)
	for _, placeholder := range []string{"{group}", "{name}"} {
		if regular(d, home, placeholder) {
			return "*=" + target + placeholder
		}
	}
	var rules []string
	for _, group := range groupsOf(d.Functions) {
		rules = append(rules, groupRules(inGroup(d.Functions, group), group, home, target)...)
	}
	return strings.Join(rules, " ")
}

// homes returns the unit's name of every function.
func homes(units []Unit) map[string]string {
	home := map[string]string{}
	for _, u := range units {
		for _, f := range u.Functions {
			home[f.Name()] = u.Name
		}
	}
	return home
}

// regular reports whether the placeholder gives the unit of every function.
func regular(d *fn.Description, home map[string]string, placeholder string) bool {
	for _, f := range d.Functions {
		group, own, _ := strings.Cut(f.Name(), ".")
		if home[f.Name()] != strings.NewReplacer("{group}", group, "{name}", group+"-"+own).Replace(placeholder) {
			return false
		}
	}
	return true
}

// groupRules has one rule for where most of the group's functions are, and one
// for each of the others.
func groupRules(functions []string, group string, home map[string]string, target string) []string {
	count := map[string]int{}
	most := home[functions[0]]
	for _, f := range functions {
		if count[home[f]]++; count[home[f]] > count[most] {
			most = home[f]
		}
	}
	rules := []string{group + ".*=" + target + most}
	for _, f := range functions {
		if home[f] != most {
			rules = append(rules, f+"="+target+home[f])
		}
	}
	return rules
}
