package grain

import (
	"strings"

	"github.com/anygrain/anygrain/fn"
)

// Callees is the setting that tells every unit where the functions of the others
// are, in the form of package remote: one rule for everything, and rules for the
// groups and functions that are elsewhere. It has the fewest rules that say it, as
// the 4 KB that Lambda gives to all variables have to do. Target is what stands
// in front of a unit's name: "lambda:shop-".
func Callees(d *fn.Description, units []Unit, target string) string {
	s := setting{home: homes(units), groups: map[string][]string{}, target: target}
	groups := groupsOf(d.Functions)
	for _, group := range groups {
		s.groups[group] = inGroup(d.Functions, group)
	}
	if len(units) == 1 {
		return s.text([]rule{{"*", units[0].Name}})
	}
	var best []rule
	for _, to := range append([]string{"{group}", "{name}"}, namesOf(units)...) {
		if rules := s.rules(groups, to); best == nil || s.shorter(rules, best) {
			best = rules
		}
	}
	return s.text(best)
}

// setting is what all rules have in common.
type setting struct {
	home   map[string]string   // the unit of every function
	groups map[string][]string // the functions of every group
	target string
}

// rule says that what the pattern matches is in a unit, which may be a placeholder.
type rule struct{ pattern, unit string }

// rules has one rule for everything, and what else that needs.
func (s setting) rules(groups []string, everything string) []rule {
	rules := []rule{{"*", everything}}
	for _, group := range groups {
		rules = append(rules, s.groupRules(group, everything)...)
	}
	return rules
}

// groupRules has what one group needs beside the rule for everything: rules for
// some of its functions, or one for the group and rules for the others.
func (s setting) groupRules(group, everything string) []rule {
	functions := s.groups[group]
	best := s.exceptions(functions, everything)
	if len(best) == 0 {
		return nil
	}
	tried := map[string]bool{everything: true}
	try := func(to string) {
		if tried[to] {
			return
		}
		tried[to] = true
		rules := append([]rule{{group + ".*", to}}, s.exceptions(functions, to)...)
		if len(rules) < len(best) || len(rules) == 1 && best[0].pattern != rules[0].pattern { // names are plainer than a rule with exceptions
			best = rules
		}
	}
	for _, f := range functions {
		try(s.home[f])
	}
	try("{name}")
	return best
}

// exceptions has a rule for every function that is not where the others are.
func (s setting) exceptions(functions []string, others string) []rule {
	var rules []rule
	for _, f := range functions {
		if unit := s.home[f]; unit != fill(others, f) {
			rules = append(rules, rule{f, unit})
		}
	}
	return rules
}

// shorter reports whether a has fewer rules, or as many with fewer letters.
func (s setting) shorter(a, b []rule) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return len(s.text(a)) < len(s.text(b))
}

func (s setting) text(rules []rule) string {
	texts := make([]string, len(rules))
	for i, r := range rules {
		texts[i] = r.pattern + "=" + s.target + r.unit
	}
	return strings.Join(texts, " ")
}

// fill replaces a placeholder as package remote does.
func fill(unit, function string) string {
	switch unit {
	case "{group}":
		group, _, _ := strings.Cut(function, ".")
		return group
	case "{name}":
		return strings.Replace(function, ".", "-", 1)
	}
	return unit
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

func namesOf(units []Unit) []string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return names
}
